"""Count, mean, median and 90th percentile of durations per group, from sums and a histogram."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
from ibis import _

from zichtlijn.analysis.chains.answers import Answer, Numbers
from zichtlijn.analysis.chains.time_scale import DAY_US, SECOND_US, bin_starts_us, time_bin

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


def sums(table: ir.Table, keys: Sequence[str], duration: str) -> ir.Table:
    """Per group (``keys``): ``count``, and the sum as ``whole_s`` seconds and ``rest_us`` microseconds.

    The sum is split so that no engine's integers overflow, however many years the durations add up to.
    """
    return table.group_by(*keys).agg(
        count=_.count(),
        whole_s=(_[duration] // SECOND_US).sum(),
        rest_us=(_[duration] % SECOND_US).sum(),
    )


def steps(table: ir.Table, keys: Sequence[str], duration: str) -> ir.Table:
    """Per group and step of duration (``packed`` in one number) the ``count``.

    One number, because an engine groups by one faster than by three. The keys are codes that are known.
    """
    group = functools.reduce(lambda packed, key: packed * CODES + table[key].cast("int64"), keys, ibis.literal(0))
    return table.group_by((group * STEPS_PER_GROUP + time_bin(table[duration])).name("packed")).agg(count=_.count())


def times_per_group(summed: Answer, stepped: Answer, keys: Sequence[str]) -> dict[tuple[int, ...], Times]:
    """The answers to ``sums`` and ``steps`` as times per group."""
    packed, counts = stepped["packed"], stepped["count"]
    if not (np.diff(packed) > 0).all():
        order = np.argsort(packed)
        packed, counts = packed[order], counts[order]
    found = {}
    for row, group in enumerate(zip(*(summed[key].tolist() for key in keys), strict=True)):
        number = functools.reduce(lambda so_far, code: so_far * CODES + code, group, 0) * STEPS_PER_GROUP
        start, end = np.searchsorted(packed, (number, number + STEPS_PER_GROUP))
        total_us = int(summed["whole_s"][row]) * SECOND_US + int(summed["rest_us"][row])
        bins = packed[start:end] - number
        found[group] = _times(int(summed["count"][row]), total_us, bins, counts[start:end])
    return found


def _times(count: int, total_us: int, bins: Numbers, counts: Numbers) -> Times:
    total_s = total_us / SECOND_US
    median_s, p90_s = percentile_s(bins, counts, 1, 2), percentile_s(bins, counts, 9, 10)
    return Times(count, total_s, total_s / count, median_s, p90_s)


def percentile_s(bins: Numbers, counts: Numbers, parts: int, of: int) -> float:
    """The duration (seconds) that ``parts / of`` do not exceed. ``bins`` ascending, ``counts`` above 0."""
    below = np.cumsum(counts)
    wanted = int(below[-1]) * parts
    place = int(np.searchsorted(below * of, wanted))
    places = [place, place + 1] if int(below[place]) * of == wanted and place + 1 < len(bins) else [place]
    return float(bin_starts_us(bins[places]).mean()) / SECOND_US
