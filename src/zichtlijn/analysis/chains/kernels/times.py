"""Count, mean, median and 90th percentile of durations, from the histograms that the loops fill."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zichtlijn.analysis.chains import timing
from zichtlijn.analysis.chains.answers import Numbers
from zichtlijn.analysis.chains.kernels import time_loops
from zichtlijn.analysis.chains.kernels.parts import Array
from zichtlijn.analysis.chains.timing import Times
from zichtlijn.analysis.eventlogs.time_scale import SECOND_US, bin_starts_us, time_bins

Flags = NDArray[np.bool_]
ALL: Flags = np.empty(0, np.bool_)
"""No flags: every case or row counts."""
PairTimes = dict[tuple[int, ...], Times]
MOST_CELLS = 2**23
"""Up to so many groups times steps a histogram of all of them is used, of 32 MB for each part of a log."""


def steps_within(duration_us: int) -> int:
    """How many steps the scale of times has up to this duration."""
    return int(time_bins(np.array([max(0, duration_us)]))[0]) + 1


def times_of_cells(cells: Array, sums: Numbers) -> dict[int, Times]:
    """Per group with durations; ``cells`` and ``sums``: see ``time_loops.add_time``."""
    counts = cells.sum(axis=1, dtype=np.int64)
    median_s, p90_s = (_percentiles_s(cells, counts, *share).tolist() for share in ((1, 2), (9, 10)))
    found = {}
    for group in np.flatnonzero(counts).tolist():
        total_us = int(sums[group, 0]) * SECOND_US + int(sums[group, 1])
        found[group] = timing.times_of(int(counts[group]), total_us, median_s[group], p90_s[group])
    return found


def _percentiles_s(cells: Array, counts: Numbers, parts: int, of: int) -> NDArray[np.float64]:
    found = np.zeros((len(cells), 2), np.int64)
    time_loops.percentile_steps(cells, counts, parts, of, found)
    seconds: NDArray[np.float64] = bin_starts_us(found).mean(axis=1) / SECOND_US
    return seconds


def timed_rows(groups: Array, durations_us: Array, chosen: Flags, many: int, steps: int) -> dict[int, Times]:
    """Times of the chosen rows per group, from 0 up to ``many``."""
    if many * steps > MOST_CELLS:
        return times_of_rows(*(each[chosen] if len(chosen) else each for each in (groups, durations_us)))
    return times_of_cells(*histogram_of_rows(groups, durations_us, chosen, many, steps))


def histogram_of_rows(
    groups: Array, durations_us: Array, chosen: Flags, many: int, steps: int
) -> tuple[Array, Numbers]:
    """The cells and sums of ``time_loops.add_time``."""
    cells, sums = np.zeros((many, steps), np.uint32), np.zeros((many, 2), np.int64)
    time_loops.time_rows(groups, durations_us, chosen, cells, sums)
    return cells, sums


def times_of_rows(groups: Array, durations_us: Array) -> dict[int, Times]:
    """The same by sorting, where a histogram of all groups and steps would not fit."""
    order = np.lexsort((durations_us, groups))
    groups, durations_us = groups[order], durations_us[order]
    found = {}
    for rows in np.split(np.arange(len(groups)), np.flatnonzero(np.diff(groups)) + 1):
        if len(rows):
            bins, counts = np.unique(time_bins(durations_us[rows]), return_counts=True)
            found[int(groups[rows[0]])] = timing.times_in(bins, counts, timing.summed(durations_us[rows]))
    return found
