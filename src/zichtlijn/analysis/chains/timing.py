"""Count, mean, median and 90th percentile of durations per group, from a histogram with sums."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import ibis
import ibis.expr.types as ir
import numpy as np
from ibis import _

from zichtlijn.analysis.chains.answers import Answer, Numbers
from zichtlijn.analysis.eventlogs.time_scale import DAY_US, SECOND_US, bin_starts_us

CODES, STEPS_PER_GROUP = 2**15, 2**22
"""More codes than a dimension can have, and more steps than a duration of ten thousand years."""


@dataclass(frozen=True, slots=True)
class Times:
    """Durations of one group, in seconds.

    ``total_s`` and ``mean_s`` are exact. The percentiles are of the durations rounded down to the steps of
    ``time_scale``: the smallest one that at least that share does not exceed, or the mean of that one and the next
    when exactly that share does not (Hyndman & Fan 1996, American Statistician 50(4), 361-365, definition 2).
    """

    count: int
    total_s: float
    mean_s: float
    median_s: float
    p90_s: float

    @property
    def mean_days(self) -> float:
        """The mean in days of 24 hours."""
        return self.mean_s * SECOND_US / DAY_US


def histogram(table: ir.Table, keys: Sequence[str], step: str, duration: str) -> ir.Table:
    """Per group and step of duration (``packed`` in one number) the ``count``, and the durations together.

    ``step`` and ``duration`` are the columns of a prepared log. One number, because an engine groups by one faster
    than by three. The keys are codes that are known.
    """
    group = functools.reduce(lambda packed, key: packed * CODES + table[key].cast("int64"), keys, ibis.literal(0))
    packed = (group * STEPS_PER_GROUP + table[step]).name("packed")
    return table.group_by(packed).agg(count=_.count(), total_us=_[duration].sum())


def times_per_group(answer: Answer, keys: int) -> dict[tuple[int, ...], Times]:
    """The answer to ``histogram`` as times per group; ``keys``: how many there were."""
    packed, counts, totals_us = (answer[name] for name in ("packed", "count", "total_us"))
    if not len(packed):
        return {}
    if not (np.diff(packed) > 0).all():
        order = np.argsort(packed)
        packed, counts, totals_us = packed[order], counts[order], totals_us[order]
    groups, bins = np.divmod(packed, STEPS_PER_GROUP)
    edges = [*np.flatnonzero(np.diff(groups, prepend=-1)).tolist(), len(groups)]
    found = {}
    for start, end in pairwise(edges):
        part = slice(start, end)
        found[_unpacked(int(groups[start]), keys)] = times_in(bins[part], counts[part], summed(totals_us[part]))
    return found


def summed(numbers: Numbers) -> int:
    """Exactly, however large: a sum of microseconds passes 63 bits sooner than one would think."""
    return int((numbers // SECOND_US).sum()) * SECOND_US + int((numbers % SECOND_US).sum())


def _unpacked(group: int, keys: int) -> tuple[int, ...]:
    return tuple(group // CODES**place % CODES for place in reversed(range(keys)))


def times_in(bins: Numbers, counts: Numbers, total_us: int) -> Times:
    """Of one group; ``bins`` ascending, ``counts`` above 0."""
    return times_of(int(counts.sum()), total_us, percentile_s(bins, counts, 1, 2), percentile_s(bins, counts, 9, 10))


def times_of(count: int, total_us: int, median_s: float, p90_s: float) -> Times:
    """Of ``count`` durations, at least one, that take ``total_us`` together."""
    total_s = total_us / SECOND_US
    return Times(count, total_s, total_s / count, median_s, p90_s)


def percentile_s(bins: Numbers, counts: Numbers, parts: int, of: int) -> float:
    """The duration (seconds) that ``parts / of`` do not exceed. ``bins`` ascending, ``counts`` above 0."""
    below = np.cumsum(counts)
    wanted = int(below[-1]) * parts
    place = int(np.searchsorted(below * of, wanted))
    places = [place, place + 1] if int(below[place]) * of == wanted and place + 1 < len(bins) else [place]
    return float(bin_starts_us(bins[places]).mean()) / SECOND_US
