"""Figures at once: directly-follows, hand-overs, rework, throughput and durations, with any selection."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zichtlijn.analysis.chains import directly_follows, durations, hand_overs, rework, throughput, timing
from zichtlijn.analysis.chains.answers import Answer, Numbers
from zichtlijn.analysis.chains.kernels import compiled
from zichtlijn.analysis.chains.kernels.columns import Array, Columns
from zichtlijn.analysis.chains.local_days import LocalDays
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.prepared import Prepared

Flags = NDArray[np.bool_]
MOST_CODES = 2_000
"""Up to so many codes a table of all pairs of them is used, of at most 96 MB."""
MOST_CELLS = 2**23
"""Up to so many pairs times steps a table of all of them is used, of at most 128 MB."""
ALL: Flags = np.empty(0, np.bool_)
"""No flags: every row counts."""


class Instant:
    """Computes over columns in memory what the metrics compute through an engine, with the same results.

    Selections are remembered, so the next figure of the same one is quicker still.
    """

    def __init__(self, log: Prepared) -> None:
        self.log = log
        self.columns = Columns(log)
        self._cases = lru_cache(maxsize=16)(self._find_cases)
        self._events = lru_cache(maxsize=4)(self._find_events)

    def directly_follows(
        self, selection: Selection = EVERYTHING, *, with_times: bool = True
    ) -> directly_follows.DirectlyFollows:
        """As ``directly_follows.compute``."""
        first, last = self.columns.of("cases", "first_activity", "last_activity")
        known, chosen = len(self.log.values("activity")), self._cases(selection)
        outer = (_counted(first, chosen, known, "first_activity"), _counted(last, chosen, known, "last_activity"))
        one, other = self.columns.of("events", "activity", "next_activity")
        pairs = Pairs(one, other, known)
        if not with_times:
            counts = pairs.counted(directly_follows.KEYS, self._events(selection))
            return directly_follows.result(self.log, counts, outer)
        step, to_next_us = self.columns.of("events", "to_next_step", "to_next_us")
        return directly_follows.result(self.log, pairs.timed(step, to_next_us, self._events(selection)), outer)

    def hand_overs(self, selection: Selection = EVERYTHING) -> hand_overs.HandOvers:
        """As ``hand_overs.compute``."""
        if not self.log.has("stays"):
            return hand_overs.HandOvers(())
        known, chosen = len(self.log.values("organisation")), self._stays(selection)
        names = ("organisation", "previous_organisation", "next_organisation", "to_next_step", "to_next_us")
        here, before, after, step, to_next_us = self.columns.of("stays", *names)
        timed = Pairs(here, after, known).timed(step, to_next_us, chosen)
        back = Pairs(before, here, known).counted(hand_overs.KEYS, _both(chosen, before == after))
        return hand_overs.result(self.log, timed, back, self._arrivals(before, here, known, chosen))

    def _arrivals(self, before: Array, here: Array, known: int, chosen: Flags) -> Answer | None:
        required = len(self.log.manifest.mapping.required)
        if not required:
            return None
        (filled,) = self.columns.of("stays", "filled")
        codes, numbers = Pairs(before, here, known).laid_out()
        sums = np.zeros((len(numbers), 3), np.int64)
        compiled.fields_filled(codes, filled, required, chosen, sums)
        found = np.flatnonzero(sums[:, 0])
        pairs = dict(zip(hand_overs.KEYS, np.divmod(numbers[found], known), strict=True))
        return pairs | dict(zip(("count", "filled", "complete"), sums[found].T, strict=True))

    def rework(self, selection: Selection = EVERYTHING) -> rework.Rework:
        """As ``rework.compute``."""
        known, chosen = len(self.log.values("activity")), self._cases(selection)
        columns = self.columns.of("events", "activity", "next_activity", "done_before")
        sums = np.zeros((known, 3), np.int64)
        compiled.repeats(tuple(columns), self._events(selection), sums)
        again, on_the_spot = np.flatnonzero(sums[:, 0]), np.flatnonzero(sums[:, 2])
        repeats = {"activity": again, "cases": sums[again, 0], "repeats": sums[again, 1]}
        loops = {"activity": on_the_spot, "count": sums[on_the_spot, 2]}
        return rework.result(self.log, self._rework_totals(chosen), repeats, loops)

    def _rework_totals(self, chosen: Flags) -> Answer:
        columns = self.columns.of("cases", "events", "activities", "self_loops")
        events, activities, self_loops = (column[chosen] if len(chosen) else column for column in columns)
        found = [(events > activities) == repeated for repeated in (False, True)]
        return {
            "repeated": np.array([0, 1]),
            "cases": np.array([rows.sum() for rows in found]),
            "events": np.array([events[rows].sum(dtype=np.int64) for rows in found]),
            "activities": np.array([activities[rows].sum(dtype=np.int64) for rows in found]),
            "on_the_spot": np.array([self_loops[rows].sum(dtype=np.int64) for rows in found]),
        }

    def throughput(self, selection: Selection = EVERYTHING) -> throughput.Throughput:
        """As ``throughput.compute``."""
        days, chosen = LocalDays.of(self.log), self._cases(selection)
        start_day, end_day, closed = self.columns.of("cases", "start_day", "end_day", "closed")
        (day,) = self.columns.of("events", "day")
        first, last = (days.day_of(us) for us in (self.log.manifest.first_us, self.log.manifest.last_us))
        return throughput.result(
            self.log,
            _per_day(start_day, chosen, first, last),
            _per_day(end_day, _both(chosen, closed), first, last),
            _per_day(day, self._events(selection), first, last),
        )

    def durations(self, selection: Selection = EVERYTHING) -> durations.Durations:
        """As ``durations.compute``."""
        start_us, end_us, step, closed = self.columns.of("cases", "start_us", "end_us", "duration_step", "closed")
        closed_or_not = Pairs(np.zeros(len(closed), np.int16), closed.astype(np.int16), 2)
        return durations.result(closed_or_not.timed(step, end_us - start_us, self._cases(selection)))

    def _find_cases(self, selection: Selection) -> Flags:
        if selection.is_all:
            return ALL
        (start_us,) = self.columns.of("cases", "start_us")
        chosen = np.ones(len(start_us), np.bool_)
        if selection.from_us is not None:
            chosen &= start_us >= selection.from_us
        if selection.until_us is not None:
            chosen &= start_us < selection.until_us
        picked = {"region": selection.regions, "group": selection.groups, "citizen_group": selection.citizen_groups}
        for name, codes in picked.items():
            if codes:
                chosen &= np.isin(self.columns.of("cases", name)[0], codes)
        return chosen & self._at(selection.organisations) if selection.organisations else chosen

    def _at(self, organisations: tuple[int, ...]) -> Flags:
        wanted = np.zeros(max(len(self.log.values("organisation")), *organisations, 0) + 1, np.bool_)
        wanted[list(organisations)] = True
        (organisation,) = self.columns.of("events", "organisation")
        found: Flags = compiled.cases_with(organisation, wanted, self.columns.first_events)
        return found

    def _find_events(self, selection: Selection) -> Flags:
        if selection.is_all:
            return ALL
        found: Flags = compiled.spread(self._cases(selection), self.columns.first_events)
        return found

    def _stays(self, selection: Selection) -> Flags:
        return ALL if selection.is_all else self._cases(selection)[self.columns.cases_of_stays]


def _both(chosen: Flags, also: Flags) -> Flags:
    return chosen & also if len(chosen) else also


def _counted(codes: Array, chosen: Flags, known: int, name: str) -> Answer:
    """Rows per code that occurs."""
    counts = np.zeros(known, np.int64)
    compiled.pair_counts((codes, np.zeros(len(codes), np.int16), 1), chosen, counts)
    found = np.flatnonzero(counts)
    return {name: found, "count": counts[found]}


def _per_day(days: Array, chosen: Flags, first: int, last: int) -> Answer:
    counts = np.zeros(last - first + 1, np.int64)
    compiled.day_counts(days, chosen, first, counts)
    return {"day": np.arange(first, last + 1), "count": counts}


class Pairs(NamedTuple):
    """Per row two codes, each from 0 up to ``known``, or below 0."""

    one: Array
    other: Array
    known: int

    def counted(self, keys: tuple[str, str], chosen: Flags) -> Answer:
        """Rows per pair that occurs."""
        codes, numbers = self.laid_out()
        found = np.zeros(len(numbers), np.int64)
        compiled.pair_counts(codes, chosen, found)
        places = np.flatnonzero(found)
        return dict(zip(keys, np.divmod(numbers[places], self.known), strict=True)) | {"count": found[places]}

    def timed(self, steps: Array, durations_us: Array, chosen: Flags) -> Answer:
        """What ``timing.histogram`` asks for."""
        codes, numbers = self.laid_out()
        counts = np.zeros(len(numbers), np.int64)
        longest = compiled.pair_counts_and_longest(codes, steps, chosen, counts)
        occur = np.flatnonzero(counts)
        rank = np.full(len(numbers), -1, np.int64)
        rank[occur] = np.arange(len(occur))
        width = longest + 1
        if len(occur) * width <= MOST_CELLS:
            cells = np.zeros((len(occur) * width, 2), np.int64)
            compiled.pair_times(codes, (rank, width), (steps, durations_us), chosen, cells)
            found = np.flatnonzero(cells[:, 0])
            count, total_us = cells[found].T
        else:
            # A table of all pairs and steps would not fit: sort the ones that occur
            packed = compiled.packed_rows(codes, (rank, width), steps, chosen)
            there = packed >= 0
            found, place, count = np.unique(packed[there], return_inverse=True, return_counts=True)
            total_us = np.zeros(len(found), np.int64)
            np.add.at(total_us, place, durations_us[there])
        pair, step = np.divmod(found, width)
        one, other = np.divmod(numbers[occur[pair]], self.known)
        packed = (one * timing.CODES + other) * timing.STEPS_PER_GROUP + step
        return {"packed": packed, "count": count, "total_us": total_us}

    def laid_out(self) -> tuple[tuple[Array, Array, int], Numbers]:
        """The codes for a loop, and the number of the pair at each place that it fills."""
        if self.known <= MOST_CODES:
            return (self.one, self.other, self.known), np.arange(self.known**2)
        # A table of all pairs would not fit: first look which ones occur
        both = (self.one >= 0) & (self.other >= 0)
        numbers = self.one[both].astype(np.int64) * self.known + self.other[both]
        pairs, places = np.unique(np.append(numbers, 0), return_inverse=True)
        place = np.full(len(self.one), -1, np.int64)
        place[both] = places[:-1]
        return (place, np.zeros(len(place), np.int16), 1), pairs
