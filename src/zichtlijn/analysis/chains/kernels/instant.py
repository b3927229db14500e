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
            return directly_follows.result(self.log, counts, None, outer)
        (to_next_us,) = self.columns.of("events", "to_next_us")
        timed = pairs.timed(directly_follows.KEYS, to_next_us, self._events(selection))
        return directly_follows.result(self.log, *timed, outer)

    def hand_overs(self, selection: Selection = EVERYTHING) -> hand_overs.HandOvers:
        """As ``hand_overs.compute``."""
        if not self.log.has("stays"):
            return hand_overs.HandOvers(())
        known, chosen = len(self.log.values("organisation")), self._stays(selection)
        names = ("organisation", "previous_organisation", "next_organisation", "last_us", "until_us")
        here, before, after, last_us, until_us = self.columns.of("stays", *names)
        timed = Pairs(here, after, known).timed(hand_overs.KEYS, until_us - last_us, chosen)
        back = Pairs(before, here, known).counted(hand_overs.KEYS, _both(chosen, before == after))
        return hand_overs.result(self.log, timed, back, self._arrivals(before, here, known, chosen))

    def _arrivals(self, before: Array, here: Array, known: int, chosen: Flags) -> Answer | None:
        required = len(self.log.manifest.mapping.required)
        if not required:
            return None
        (filled,) = self.columns.of("stays", "filled")
        looked_at = (filled >= 0) & (before >= 0) & (chosen if len(chosen) else True)
        pair = before[looked_at].astype(np.int64) * known + here[looked_at]
        fields = filled[looked_at].astype(np.int64)
        found, place, count = np.unique(pair, return_inverse=True, return_counts=True)
        return {
            **dict(zip(hand_overs.KEYS, np.divmod(found, known), strict=True)),
            "count": count,
            "filled": np.bincount(place, fields, len(found)).astype(np.int64),
            "complete": np.bincount(place, fields >= required, len(found)).astype(np.int64),
        }

    def rework(self, selection: Selection = EVERYTHING) -> rework.Rework:
        """As ``rework.compute``."""
        known, chosen = len(self.log.values("activity")), self._cases(selection)
        activity, following = self.columns.of("events", "activity", "next_activity")
        cases, times = np.zeros(known, np.int64), np.zeros(known, np.int64)
        compiled.repeats(activity, self.columns.first_events, chosen, cases, times)
        again = np.flatnonzero(cases)
        repeats = {"activity": again, "cases": cases[again], "repeats": times[again]}
        loops = _counted(activity, _both(self._events(selection), activity == following), known, "activity")
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
        start_us, end_us, closed = self.columns.of("cases", "start_us", "end_us", "closed")
        (at_us,) = self.columns.of("events", "at_us")
        return throughput.result(
            self.log,
            days,
            self._per_day(days, start_us, chosen),
            self._per_day(days, end_us, _both(chosen, closed)),
            self._per_day(days, at_us, self._events(selection)),
        )

    def _per_day(self, days: LocalDays, moments_us: Array, chosen: Flags) -> Answer:
        first = days.day_of(self.log.manifest.first_us)
        last = days.day_of(max(self.log.manifest.last_us, self.log.manifest.cut_off_us))
        counts = np.zeros(last - first + 1, np.int64)
        compiled.day_counts(moments_us, chosen, days.offset_arrays, first, counts)
        return {"day": np.arange(first, last + 1), "count": counts}

    def durations(self, selection: Selection = EVERYTHING) -> durations.Durations:
        """As ``durations.compute``."""
        start_us, end_us, closed = self.columns.of("cases", "start_us", "end_us", "closed")
        closed_or_not = Pairs(np.zeros(len(closed), np.int16), closed.astype(np.int16), 2)
        timed = closed_or_not.timed(("always", "closed"), end_us - start_us, self._cases(selection))
        return durations.result(*timed)

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


class Pairs(NamedTuple):
    """Per row two codes, each from 0 up to ``known``, or below 0."""

    one: Array
    other: Array
    known: int

    def counted(self, keys: tuple[str, str], chosen: Flags) -> Answer:
        """Rows per pair that occurs."""
        codes, numbers = self._laid_out()
        found = np.zeros(len(numbers), np.int64)
        compiled.pair_counts(codes, chosen, found)
        places = np.flatnonzero(found)
        return self._named(keys, numbers[places]) | {"count": found[places]}

    def timed(self, keys: tuple[str, str], duration_us: Array, chosen: Flags) -> tuple[Answer, Answer]:
        """What ``timing.sums`` and ``timing.steps`` ask for."""
        codes, numbers = self._laid_out()
        totals = np.zeros((len(numbers), 3), np.int64)
        bins = compiled.pair_times(codes, duration_us, chosen, totals)
        rows: Numbers = compiled.histograms(bins, totals[:, 0])
        one, other = np.divmod(numbers[rows[:, 0]], self.known)
        packed = (one * timing.CODES + other) * timing.STEPS_PER_GROUP + rows[:, 1]
        found = np.flatnonzero(totals[:, 0])
        sums = dict(zip(("count", "whole_s", "rest_us"), totals[found].T, strict=True))
        return self._named(keys, numbers[found]) | sums, {"packed": packed, "count": rows[:, 2]}

    def _laid_out(self) -> tuple[tuple[Array, Array, int], Numbers]:
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

    def _named(self, keys: tuple[str, str], numbers: Numbers) -> Answer:
        return dict(zip(keys, np.divmod(numbers, self.known), strict=True))
