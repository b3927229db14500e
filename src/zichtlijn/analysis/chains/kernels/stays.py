"""The stays of a log, worked out of its events: see ``STAYS`` of the prepared log."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zichtlijn.analysis.chains import hand_overs
from zichtlijn.analysis.chains.answers import Answer, Numbers
from zichtlijn.analysis.chains.kernels import case_loops
from zichtlijn.analysis.chains.kernels.parts import Array, Part, parts_of, together
from zichtlijn.analysis.chains.kernels.times import ALL, Flags, PairTimes, timed_rows


class Stays(NamedTuple):
    """Per stay the place of its case, its organisation, and its first and last moment; in order."""

    case: Numbers
    organisation: Array
    from_us: Numbers
    last_us: Numbers

    def chosen(self, cases: Flags) -> Flags:
        """The stays of chosen cases."""
        return cases[self.case] if len(cases) else ALL

    def times(self, known: int, cases: Flags, steps: int) -> PairTimes:
        """Per pair of organisations the time between the last event at the one and the first at the other."""
        giving = self._giving(cases)
        pairs, numbers = self._pairs(giving, known)
        waited_us = self.from_us[giving + 1] - self.last_us[giving]
        found = timed_rows(numbers, waited_us, ALL, len(pairs), steps)
        return {divmod(int(pairs[number]), known): times for number, times in found.items()}

    def returns(self, known: int, cases: Flags) -> Answer:
        """The answer to ``hand_overs.returns``."""
        giving = self._giving(cases)
        middle = giving[1:][np.diff(giving) == 1]
        back = middle[self.organisation[middle - 1] == self.organisation[middle + 1]] - 1
        pairs, numbers = self._pairs(back, known)
        return _answer(pairs, known, count=np.bincount(numbers, minlength=len(pairs)))

    def arrivals(self, filled: Array, required: int, known: int, cases: Flags) -> Answer:
        """The answer to ``hand_overs.arrivals``; ``filled``: of every stay."""
        giving = self._giving(cases)
        arrived = filled[giving + 1].astype(np.int64)
        giving, arrived = giving[arrived >= 0], arrived[arrived >= 0]
        pairs, numbers = self._pairs(giving, known)
        sums = np.zeros((3, len(pairs)), np.int64)
        for total, values in zip(sums, (np.ones_like(arrived), arrived, arrived >= required), strict=True):
            np.add.at(total, numbers, values)
        return _answer(pairs, known, count=sums[0], filled=sums[1], complete=sums[2])

    def until(self, end_us: Array, closed: Flags) -> tuple[Numbers, Flags]:
        """When each stay ends, and whether it does: the next begins or the case is closed; at once when that was
        before it began."""
        next_us = np.append(self.from_us[1:], 0)
        goes_on = np.append(self.case[1:] == self.case[:-1], np.zeros(min(1, len(self.case)), np.bool_))
        next_us = next_us[: len(goes_on)]
        case_closed, case_end_us = closed[self.case], end_us[self.case]
        gone_us = np.where(goes_on, np.minimum(next_us, case_end_us), case_end_us)
        until_us = np.where(case_closed, np.maximum(self.from_us, gone_us), next_us)
        return until_us, case_closed | goes_on

    def _giving(self, cases: Flags) -> Numbers:
        """The places of stays after which the case went to another."""
        goes_on = self.case[1:] == self.case[:-1]
        return np.flatnonzero(goes_on & cases[self.case[:-1]] if len(cases) else goes_on)

    def _pairs(self, giving: Numbers, known: int) -> tuple[Numbers, Numbers]:
        """The pairs of organisations, as one number each, between these stays and the next; and which it is of each."""
        numbers = self.organisation[giving].astype(np.int64) * known + self.organisation[giving + 1]
        counts = np.bincount(numbers) if known <= MOST_KNOWN else np.unique(numbers)
        if known > MOST_KNOWN:
            return counts, np.searchsorted(counts, numbers)
        pairs = np.flatnonzero(counts)
        places = np.zeros(len(counts), np.int64)
        places[pairs] = np.arange(len(pairs))
        return pairs, places[numbers]


MOST_KNOWN = 1_000
"""Up to so many organisations pairs are looked up in a table of all of them."""


def stays_of(organisation: Array, at_us: Array, first_events: NDArray[np.int64]) -> Stays:
    """The stays of a log, in order of case."""
    work = partial(_stays_in, organisation, first_events)
    case, first, last = np.concatenate(together(work, parts_of(first_events)), axis=1)
    return Stays(case, organisation[first], at_us[first], at_us[last])


def _stays_in(organisation: Array, first_events: NDArray[np.int64], part: Part) -> Numbers:
    found = np.empty((3, int(first_events[part[1]] - first_events[part[0]])), np.int64)
    return found[:, : case_loops.list_stays(organisation, first_events, part, found)]


def _answer(pairs: Numbers, known: int, **columns: Numbers) -> Answer:
    return dict(zip(hand_overs.KEYS, np.divmod(pairs, known), strict=True)) | columns
