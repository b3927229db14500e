"""The ages of those who wait at the end of each day, exactly, in memory that a long log does not let grow."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from zichtlijn.analysis.chains.answers import Numbers

Floats = npt.NDArray[np.float64]
DAYS_AT_ONCE = 64


def daily_ages(came: Numbers, left: Numbers, count: Numbers, days: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Mean, median, 90th percentile and highest age per day, shape (days,), NaN when nobody waits.

    ``came`` and ``left`` are day numbers; who came before day 0 is there from then on. ``left`` is ``days`` or
    more for those who still wait. Someone who leaves on a day does not wait at its end. The percentiles are the
    lowest age that at least that share of those who wait does not exceed.
    """
    found = np.full((4, days), np.nan)
    stayed = left >= 0
    came, left, count = came[stayed], left[stayed], count[stayed]
    # Only days on which someone came are looked at, so that a case of long ago costs no more than another.
    days_came, column = np.unique(came, return_inverse=True)
    waiting = np.zeros(len(days_came), dtype=np.int64)
    by_came, by_left = np.argsort(came, kind="stable"), np.argsort(left, kind="stable")
    came_sorted, left_sorted = np.maximum(came[by_came], 0), left[by_left]
    for start in range(0, days, DAYS_AT_ONCE):
        end = min(start + DAYS_AT_ONCE, days)
        new = by_came[slice(*np.searchsorted(came_sorted, [start, end]))]
        gone = by_left[slice(*np.searchsorted(left_sorted, [start, end]))]
        # Nobody who came before this day waits any more, so the days before it need not be looked at.
        known, over = np.searchsorted(days_came, [start if start else came.min(initial=0), end]).tolist()
        oldest = int(np.argmax(waiting[:known] > 0)) if waiting[:known].any() else known
        if oldest == over:
            continue
        change = np.zeros((end - start, over - oldest), dtype=np.int64)
        np.add.at(change, (np.maximum(came[new] - start, 0), column[new] - oldest), count[new])
        np.add.at(change, (left[gone] - start, column[gone] - oldest), -count[gone])
        there = waiting[oldest:over] + np.cumsum(change, axis=0)
        waiting[oldest:over] = there[-1]
        found[:, start:end] = _ages(there, np.arange(start, end), days_came[oldest:over])
    return found[0], found[1], found[2], found[3]


def _ages(there: Numbers, today: Numbers, came: Numbers) -> Floats:
    """``there``: per day (``today``, rows) those who wait, by the day they ``came`` (columns, ascending)."""
    level = there.sum(axis=1)
    earlier = np.cumsum(there, axis=1) - there
    found = np.full((4, len(today)), np.nan)
    some = level > 0
    # Whole numbers until the last step, so that the answer does not depend on where the columns begin.
    found[0, some] = (today[some] * level[some] - there[some] @ came) / level[some]
    for row, (parts, of) in ((1, (1, 2)), (2, (9, 10))):
        needed = -(-level[some] * parts // of)
        # The latest to have come of whom enough came no earlier: ages rise as days of coming fall.
        last = (earlier[some] <= (level[some] - needed)[:, None]).sum(axis=1) - 1
        found[row, some] = today[some] - came[last]
    found[3, some] = today[some] - came[(there[some] > 0).argmax(axis=1)]
    return found
