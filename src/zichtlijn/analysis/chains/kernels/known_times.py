"""Times of cases or stays as known at the cut-off, as ``open_cases.known_at`` says it."""

from __future__ import annotations

import numpy as np

from zichtlijn.analysis.chains.answers import UNKNOWN, Answer
from zichtlijn.analysis.chains.kernels import case_loops
from zichtlijn.analysis.chains.kernels.parts import Array
from zichtlijn.analysis.chains.kernels.times import Flags

MOST_CELLS = 2**22
"""Up to so many groups times units a table of all of them is used, of 32 MB."""
Rows = tuple[Array, Array, Flags, Array]
"""Start, end, whether there is an end, and group of each row."""


def time_histogram(rows: Rows, chosen: Flags, limits: tuple[int, int], groups: int, key: str | None) -> Answer:
    """The answer to ``lead_times.histogram``; ``limits``: the cut-off, and the unit, in microseconds."""
    starts_us, cut_off_us, unit_us = rows[0], *limits
    times = max(0, cut_off_us - int(starts_us.min(initial=cut_off_us))) // unit_us + 1
    if (groups + 1) * 2 * times > MOST_CELLS:
        return _by_sorting(rows, chosen, limits, key)
    counts = np.zeros((groups + 1, 2, times), np.int64)
    case_loops.count_known_times(rows, chosen, limits, counts)
    group, ended, time = np.nonzero(counts)
    return _answer(group + UNKNOWN, ended, time, counts[group, ended, time], key)


def _by_sorting(rows: Rows, chosen: Flags, limits: tuple[int, int], key: str | None) -> Answer:
    cut_off_us, unit_us = limits
    starts_us, ends_us, has_end, group = (each[chosen] if len(chosen) else each for each in rows)
    there = starts_us <= cut_off_us
    ended = has_end & (ends_us <= cut_off_us)
    time = (np.where(ended, ends_us, cut_off_us) - starts_us) // unit_us
    found, count = np.unique(np.stack((group, ended, time))[:, there], axis=1, return_counts=True)
    return _answer(found[0], found[1], found[2], count, key)


def _answer(group: Array, ended: Array, time: Array, count: Array, key: str | None) -> Answer:
    found = {"time": time, "ended": ended, "count": count}
    return found | {key: group} if key else found
