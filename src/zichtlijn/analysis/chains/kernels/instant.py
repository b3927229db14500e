"""Figures at once, over columns in memory, with any selection."""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np

from zichtlijn.analysis.chains import (
    directly_follows,
    durations,
    hand_overs,
    lead_times,
    rework,
    throughput,
    variants,
)
from zichtlijn.analysis.chains.answers import UNKNOWN, Answer, Numbers
from zichtlijn.analysis.chains.kernels import case_loops
from zichtlijn.analysis.chains.kernels.clock import LocalClock, local_clock
from zichtlijn.analysis.chains.kernels.columns import LogColumns
from zichtlijn.analysis.chains.kernels.known_times import time_histogram
from zichtlijn.analysis.chains.kernels.parts import Array, Part, added, parts_of, rows_in_parts, together
from zichtlijn.analysis.chains.kernels.routes import Routes, routes_of
from zichtlijn.analysis.chains.kernels.stays import Stays, stays_of
from zichtlijn.analysis.chains.kernels.steps import Steps, steps_of, tallied
from zichtlijn.analysis.chains.kernels.times import ALL, Flags, histogram_of_rows, steps_within, times_of_cells
from zichtlijn.analysis.chains.lead_times import By
from zichtlijn.analysis.chains.open_cases import UNIT_US, TimeUnit, cut_off, dimension_of
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.prepared import Dimension


class Instant:
    """Computes over columns in memory what the metrics compute through an engine, with the same results.

    What is worked out of the columns is kept, and so are the cases of the last selections; no answers are.
    """

    def __init__(self, columns: LogColumns) -> None:
        self.columns = columns
        self.log = columns.log
        self._cases = lru_cache(maxsize=16)(self._find_cases)

    @property
    def bytes_held(self) -> int:
        """What was read and worked out takes in memory; without what is kept of selections, a byte per case each."""
        kept = [*self.__dict__.get("_outer_activities", {}).values()]
        for name in ("_activity_steps", "_organisation_steps", "_stays", "_routes"):
            kept += self.__dict__.get(name, ())
        return self.columns.bytes_held + sum(each.nbytes for each in kept if isinstance(each, np.ndarray))

    def directly_follows(
        self, selection: Selection = EVERYTHING, *, with_times: bool = True
    ) -> directly_follows.DirectlyFollows:
        """As ``directly_follows.compute``."""
        chosen, steps = self._cases(selection), self._activity_steps
        outer = (self._outer("first_activity", chosen), self._outer("last_activity", chosen))
        if with_times:
            (at_us,) = self.columns.of("events", "at_us")
            return directly_follows.result(self.log, steps.times(at_us, chosen, self._longest), outer)
        return directly_follows.result(self.log, _by_pair(steps, steps.counts(chosen)), outer)

    def consecutive(self, selection: Selection = EVERYTHING) -> Answer:
        """The answer to ``hand_overs.consecutive``."""
        steps = self._organisation_steps
        counts = steps.counts(self._cases(selection))
        there = np.flatnonzero(counts)
        pairs = np.divmod(steps.pairs[there], steps.known)
        return dict(zip(hand_overs.KEYS, pairs, strict=True)) | {"count": counts[there]}

    def hand_overs(self, selection: Selection = EVERYTHING) -> hand_overs.HandOvers:
        """As ``hand_overs.compute``."""
        if not self.log.has("stays"):
            return hand_overs.HandOvers(())
        stays, chosen = self._stays, self._cases(selection)
        known, required = len(self.log.values("organisation")), len(self.log.manifest.mapping.required)
        arrived = None
        if required:
            (filled,) = self.columns.of("stays", "filled")
            arrived = stays.arrivals(filled, required, known, chosen)
        timed = stays.times(known, chosen, self._longest)
        return hand_overs.result(self.log, timed, stays.returns(known, chosen), arrived)

    def rework(self, selection: Selection = EVERYTHING) -> rework.Rework:
        """As ``rework.compute``."""
        (activity,), chosen = self.columns.of("events", "activity"), self._cases(selection)
        first_events, known = self.columns.first_events, len(self.log.values("activity"))

        def work(part: Part) -> tuple[Numbers, Numbers]:
            sums, totals = np.zeros((known, 3), np.int64), np.zeros((2, 4), np.int64)
            case_loops.repeats(activity, (first_events, *part, chosen), sums, totals)
            return sums, totals

        sums, totals = (added(each) for each in zip(*together(work, parts_of(first_events)), strict=True))
        again, on_the_spot = np.flatnonzero(sums[:, 0]), np.flatnonzero(sums[:, 2])
        names = ("cases", "events", "activities", "on_the_spot")
        total = {"repeated": np.array([0, 1])} | dict(zip(names, totals.T, strict=True))
        repeats = {"activity": again, "cases": sums[again, 0], "repeats": sums[again, 1]}
        return rework.result(self.log, total, repeats, {"activity": on_the_spot, "count": sums[on_the_spot, 2]})

    def throughput(self, selection: Selection = EVERYTHING) -> throughput.Throughput:
        """As ``throughput.compute``."""
        chosen = self._cases(selection)
        start_us, end_us, closed = self.columns.of("cases", "start_us", "end_us", "closed")
        ended = closed & chosen if len(chosen) else closed
        days = self._per_day(start_us, chosen), self._per_day(end_us, ended), self._events_per_day(chosen)
        return throughput.result(self.log, *days)

    def durations(self, selection: Selection = EVERYTHING) -> durations.Durations:
        """As ``durations.compute``."""
        start_us, end_us, closed = self.columns.of("cases", "start_us", "end_us", "closed")
        chosen = self._cases(selection)
        cells, sums = histogram_of_rows(closed.view(np.uint8), end_us - start_us, chosen, 2, self._longest)
        bins = np.flatnonzero(cells[1])
        counts = cells[1, bins].astype(np.int64)
        return durations.result(times_of_cells(cells, sums).get(1), bins, counts, int(cells[0].sum()))

    def variants(self, selection: Selection = EVERYTHING, *, shown: int = variants.SHOWN) -> variants.Variants:
        """As ``variants.compute``."""
        (activity,) = self.columns.of("events", "activity")
        found = self._routes.counts(self._cases(selection))
        most = variants.largest(found, shown)
        first_events = self.columns.first_events
        return variants.result(self.log, found, most, _events_of(found["shown"][most], activity, first_events))

    def lead_times(
        self, selection: Selection = EVERYTHING, *, by: By | None = None, unit: TimeUnit = "days", level: float = 0.95
    ) -> lead_times.LeadTimes:
        """As ``lead_times.compute``."""
        chosen, limits = self._cases(selection), (cut_off(self.log), UNIT_US[unit])
        start_us, end_us, closed = self.columns.of("cases", "start_us", "end_us", "closed")
        if by == "organisation":
            stays = self._stays
            until_us, has_end = stays.until(end_us, closed)
            rows = stays.from_us, until_us, has_end, stays.organisation
            answer = time_histogram(rows, stays.chosen(chosen), limits, self._groups(by), by)
        else:
            groups = self.columns.of("cases", by)[0] if by else np.zeros(len(closed), np.int16)
            answer = time_histogram((start_us, end_us, closed, groups), chosen, limits, self._groups(by), by)
        return lead_times.result(self.log, answer, by=by, unit=unit, level=level)

    def _groups(self, by: By | None) -> int:
        return len(self.log.values(dimension_of(by))) if by else 1

    @cached_property
    def _activity_steps(self) -> Steps:
        return self._steps("activity")

    @cached_property
    def _organisation_steps(self) -> Steps:
        return self._steps("organisation")

    def _steps(self, name: Dimension) -> Steps:
        return steps_of(self.columns.of("events", name)[0], len(self.log.values(name)), self.columns.first_events)

    @cached_property
    def _stays(self) -> Stays:
        organisation, at_us = self.columns.of("events", "organisation", "at_us")
        return stays_of(organisation, at_us, self.columns.first_events)

    @cached_property
    def _routes(self) -> Routes:
        return routes_of(self.columns.of("cases", "variant")[0])

    @cached_property
    def _clock(self) -> LocalClock:
        manifest = self.log.manifest
        return local_clock(manifest.mapping.time_zone, manifest.first_us, manifest.last_us)

    @property
    def _longest(self) -> int:
        return steps_within(self.log.manifest.last_us - self.log.manifest.first_us)

    @cached_property
    def _outer_activities(self) -> dict[str, Array]:
        """Per case the first and the last activity, counted from 1, so that unknown is 0."""
        (activity,), first_events = self.columns.of("events", "activity"), self.columns.first_events
        sides = {"first_activity": first_events[:-1], "last_activity": first_events[1:] - 1}
        return {name: (activity[places] + 1).astype(np.uint16) for name, places in sides.items()}

    def _outer(self, name: str, chosen: Flags) -> Answer:
        """Cases per first or last activity."""
        codes = self._outer_activities[name]
        counts = tallied(codes[chosen] if len(chosen) else codes, len(self.log.values("activity")) + 1)
        there = np.flatnonzero(counts)
        return {name: there + UNKNOWN, "count": counts[there]}

    def _per_day(self, moments_us: Array, chosen: Flags) -> Answer:
        counts = np.zeros(self._clock.days, np.int64)
        case_loops.day_counts(moments_us, (0, len(moments_us)), chosen, tuple(self._clock), counts)
        return self._days(counts)

    def _events_per_day(self, chosen: Flags) -> Answer:
        (at_us,), first_events = self.columns.of("events", "at_us"), self.columns.first_events

        def work(part: Part) -> Numbers:
            counts = np.zeros(self._clock.days, np.int64)
            if len(chosen):
                case_loops.event_day_counts(at_us, (first_events, *part, chosen), tuple(self._clock), counts)
            else:
                case_loops.day_counts(at_us, part, ALL, tuple(self._clock), counts)
            return counts

        parts = parts_of(first_events) if len(chosen) else rows_in_parts(len(at_us))
        return self._days(added(together(work, parts)))

    def _days(self, counts: Numbers) -> Answer:
        return {"day": self._clock.first_day + np.arange(len(counts)), "count": counts}

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
        wanted = np.zeros(max(len(self.log.values("organisation")), *organisations, 0) + 2, np.bool_)
        wanted[np.array(organisations) + 1] = True
        (organisation,) = self.columns.of("events", "organisation")
        found: Flags = case_loops.cases_with(organisation, wanted, self.columns.first_events)
        return found


def _by_pair(steps: Steps, counts: Numbers) -> dict[tuple[int, ...], int]:
    there = np.flatnonzero(counts)
    one, other = (each.tolist() for each in np.divmod(steps.pairs[there], steps.known))
    return dict(zip(zip(one, other, strict=True), counts[there].tolist(), strict=True))


def _events_of(cases: Numbers, activity: Array, first_events: Numbers) -> Answer:
    """The answer to ``variants.activities`` for some cases, by their places."""
    lengths = first_events[cases + 1] - first_events[cases]
    before = np.cumsum(lengths) - lengths
    position = np.arange(int(lengths.sum())) - np.repeat(before, lengths)
    events = np.repeat(first_events[cases], lengths) + position
    return {"case_no": np.repeat(cases, lengths), "position": position, "activity": activity[events]}
