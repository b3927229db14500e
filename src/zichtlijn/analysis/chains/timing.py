"""Count, mean, median and 90th percentile of durations per group, from one group-by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
from ibis import _

from zichtlijn.analysis.chains.answers import Answer, Numbers
from zichtlijn.analysis.chains.time_scale import DAY_US, SECOND_US, bin_starts_us, time_bin


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


def timed(table: ir.Table, keys: Sequence[str], duration: str) -> ir.Table:
    """Per group and step of duration: ``count``, and the sum as ``whole_s`` seconds and ``rest_us`` microseconds.

    The sum is split so that no engine's integers overflow, however many years the durations add up to.
    """
    binned = table.group_by(*keys, time_bin(table[duration]).name("bin"))
    return binned.agg(
        count=_.count(),
        whole_s=(_[duration] // SECOND_US).sum(),
        rest_us=(_[duration] % SECOND_US).sum(),
    )


def times_per_group(answer: Answer, keys: Sequence[str]) -> dict[tuple[int, ...], Times]:
    """The rows of ``timed`` as times per group."""
    if not len(answer["bin"]):
        return {}
    order = np.lexsort([answer[name] for name in ("bin", *reversed(keys))])
    rows = {name: column[order] for name, column in answer.items()}
    starts = np.flatnonzero(_is_new_group(rows, keys))
    ends = np.append(starts[1:], len(order))
    return {
        tuple(int(rows[key][start]) for key in keys): _times(rows, slice(start, end))
        for start, end in zip(starts, ends, strict=True)
    }


def _is_new_group(rows: Answer, keys: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    new = np.zeros(len(rows["bin"]), dtype=np.bool_)
    new[0] = True
    for key in keys:
        new[1:] |= rows[key][1:] != rows[key][:-1]
    return new


def _times(rows: Answer, group: slice) -> Times:
    bins, counts = rows["bin"][group], rows["count"][group]
    count = int(counts.sum())
    total_s = (int(rows["whole_s"][group].sum()) * SECOND_US + int(rows["rest_us"][group].sum())) / SECOND_US
    median_s, p90_s = percentile_s(bins, counts, 1, 2), percentile_s(bins, counts, 9, 10)
    return Times(count, total_s, total_s / count, median_s, p90_s)


def percentile_s(bins: Numbers, counts: Numbers, parts: int, of: int) -> float:
    """The duration (seconds) that ``parts / of`` do not exceed. ``bins`` ascending, ``counts`` above 0."""
    below = np.cumsum(counts)
    wanted = int(below[-1]) * parts
    place = int(np.searchsorted(below * of, wanted))
    places = [place, place + 1] if int(below[place]) * of == wanted and place + 1 < len(bins) else [place]
    return float(bin_starts_us(bins[places]).mean()) / SECOND_US
