"""One block of cases through a chain: every station in turn, all cases at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from zichtlijn.analysis.chains.generation.definition import COMPLETE_ON_ARRIVAL, Route, Station, Supplement
from zichtlijn.analysis.chains.generation.queues import served_at
from zichtlijn.analysis.chains.generation.rates import Rates, shares
from zichtlijn.analysis.chains.generation.working_time import Floats, Ints, working_days

MOST_SUPPLEMENTS = 4
SHAPE_OF_LAG = 3.0  # of a gamma distribution; 1 would be exponential, with a few who wait very long
SPREAD_OF_WORK = 0.5  # standard deviation of the logarithm
DAYS_PER_YEAR = 261

Codes = NDArray[np.int16]
Key = TypeVar("Key")


@dataclass(frozen=True)
class Block:
    """Events by case and in order within it. ``case`` counts from 0 in the block; ``moment`` is in working days.

    ``outcome`` and ``complete`` are -1 where they say nothing. The last four are per case.
    """

    case: Ints
    moment: Floats
    activity: Codes
    organisation: Codes
    outcome: Codes
    complete: Codes
    region: Codes
    citizen_group: Codes
    group: Codes
    start: Floats


@dataclass
class Counts:
    """What happened before the cut-off, by (station, station) and by station."""

    sent: dict[tuple[str, str], int] = field(default_factory=dict)
    lost: dict[tuple[str, str], int] = field(default_factory=dict)
    supplements: dict[str, int] = field(default_factory=dict)
    received: dict[str, int] = field(default_factory=dict)
    served: dict[str, int] = field(default_factory=dict)

    def add(self, other: Counts) -> None:
        """Those of another block."""
        for name in self.__dataclass_fields__:
            mine, theirs = getattr(self, name), getattr(other, name)
            for key, number in theirs.items():
                mine[key] = mine.get(key, 0) + number


class Simulation:
    """The cases of one block. ``cases`` is their number, ``random`` the block's own stream."""

    def __init__(self, rates: Rates, cases: int, random: np.random.Generator) -> None:
        self.rates, self.chain, self.random = rates, rates.chain, random
        self.cases, self.end = cases, float(rates.chain.working_days)
        self.counts = Counts()
        self._activity = {name: code for code, name in enumerate(self.chain.activities)}
        self._organisation = {name: code for code, name in enumerate(self.chain.organisations)}
        self._outcome = {name: code for code, name in enumerate(self.chain.outcomes)}
        self._events: list[tuple[Ints, Floats, int, int, int, Codes | None]] = []
        self._arrival = np.full((len(self.chain.stations), cases), np.nan)
        self._came_from = np.full((len(self.chain.stations), cases), -1, dtype=np.int8)

    def run(self) -> Block:
        """Simulate and lay the events out by case."""
        self.start = self._starts()
        self.region = self._drawn(self.rates.regions)
        self.citizen_group = self._drawn(shares(dict(self.chain.citizen_groups)))
        self.group = self._drawn(shares(dict(self.chain.groups)))
        entry = self._drawn(shares({station.code: station.entry for station in self.chain.stations}))
        self._arrival[entry, np.arange(self.cases)] = self.start
        for number, station in enumerate(self.chain.stations):
            self._pass(number, station)
        return self._laid_out()

    def _drawn(self, chances: Floats) -> Codes:
        codes = np.searchsorted(np.cumsum(chances)[:-1], self.random.random(self.cases), side="right")
        return codes.astype(np.int16)

    def _starts(self) -> Floats:
        """In order; the inflow goes up and down over the year."""
        grid = np.linspace(0.0, self.end, self.chain.working_days + 1)
        angle = 2 * np.pi / DAYS_PER_YEAR
        passed = grid + self.chain.season / angle * (1 - np.cos(angle * grid))
        drawn = np.sort(self.random.random(self.cases)) * passed[-1]
        return np.asarray(np.interp(drawn, passed, grid))

    def _say(
        self,
        who: Ints,
        when: Floats,
        activity: str,
        station: Station,
        *,
        outcome: str | None = None,
        complete: Codes | None = None,
    ) -> None:
        """Register an activity at a station; nothing is registered after the cut-off."""
        seen = when < self.end
        codes = (self._activity[activity], self._organisation[station.organisation])
        result = -1 if outcome is None else self._outcome[outcome]
        self._events.append((who[seen], when[seen], *codes, result, None if complete is None else complete[seen]))

    def _pass(self, number: int, station: Station) -> None:
        who = np.flatnonzero(~np.isnan(self._arrival[number]))
        received = self._arrival[number, who]
        complete = (self.random.random(len(who)) < COMPLETE_ON_ARRIVAL).astype(np.int16)
        self._say(who, received, station.received, station, complete=complete)
        started = self._served(station, who, received)
        self._say(who, started, station.started, station)
        self._count(self.counts.received, station.code, received)
        self._count(self.counts.served, station.code, started)
        work = self._work(station, who)
        half = started + work / 2
        if station.rework is not None:
            half = self._supplemented(station, station.rework, number, who, half)
        finished = half + work / 2
        self._say(who, finished, station.finished, station)
        self._send(number, station, who, finished)

    def _served(self, station: Station, who: Ints, received: Floats) -> Floats:
        lag = self.random.gamma(SHAPE_OF_LAG, working_days(station.lag_days) / SHAPE_OF_LAG, len(who))
        ready = received + lag
        queue = np.zeros(len(who), dtype=np.int64) if station.national else self.region[who].astype(np.int64)
        return served_at(queue, ready, self.rates.capacity(station, self.cases))

    def _work(self, station: Station, who: Ints) -> Floats:
        """Log-normal, with the mean that the chain gives."""
        mean = np.log(working_days(station.work_days)) - SPREAD_OF_WORK**2 / 2
        work: Floats = self.random.lognormal(mean, SPREAD_OF_WORK, len(who))
        return work * self.rates.work_factor(station)[self.region[who]]

    def _supplemented(self, station: Station, loop: Supplement, number: int, who: Ints, until: Floats) -> Floats:
        """The moment at which the work goes on, after all supplements that are asked."""
        back = self.chain.number(loop.back_to)
        there = self.chain.stations[back]
        until = until.copy()
        asked = np.flatnonzero(self._came_from[number, who] == back)
        for _ in range(MOST_SUPPLEMENTS):
            asked = asked[self.random.random(len(asked)) < self.rates.asked_again(station)]
            cases, moment = who[asked], until[asked]
            self._say(cases, moment, loop.asked, station)
            self._count(self.counts.supplements, station.code, moment)
            moment = moment + self.random.exponential(1.0, len(asked))
            self._say(cases, moment, loop.received, there)
            moment = moment + self.random.exponential(working_days(loop.days), len(asked))
            self._say(cases, moment, loop.supplied, there)
            moment = moment + self.random.exponential(1.0, len(asked))
            self._say(cases, moment, loop.resumed, station)
            until[asked] = moment
        return until

    def _send(self, number: int, station: Station, who: Ints, when: Floats) -> None:
        names = list(self.chain.citizen_groups)
        chances = np.array([np.cumsum(self.rates.route_shares(station, name)) for name in names])
        drawn = self.random.random(len(who))[:, None]
        # The last step is one but for rounding, which may not send a case past it.
        chosen = (drawn >= chances[self.citizen_group[who]][:, :-1]).sum(axis=1)
        for place, route in enumerate(station.routes):
            taken = np.flatnonzero(chosen == place)
            self._say(who[taken], when[taken], route.sent, station, outcome=route.outcome)
            if route.to is not None:
                self._deliver(number, station, route, who[taken], when[taken])

    def _deliver(self, number: int, station: Station, route: Route, who: Ints, when: Floats) -> None:
        assert route.to is not None  # noqa: S101 - for the reader of types
        lost = self.random.random(len(who)) < self.rates.lost(station, route)
        arrived = when + self.random.exponential(working_days(route.delivery_days), len(who))
        to = self.chain.number(route.to)
        self._arrival[to, who[~lost]] = arrived[~lost]
        self._came_from[to, who[~lost]] = number
        self._count(self.counts.sent, (station.code, route.to), when)
        self._count(self.counts.lost, (station.code, route.to), when[lost])

    def _count(self, counts: dict[Key, int], key: Key, when: Floats) -> None:
        counts[key] = counts.get(key, 0) + int((when < self.end).sum())

    def _laid_out(self) -> Block:
        """Each batch of events comes later in its cases than the batches before it, so one pass places them all."""
        size = np.zeros(self.cases, dtype=np.int64)
        for who, *_ in self._events:
            size[who] += 1
        place = np.cumsum(size) - size
        total = int(size.sum())
        moment = np.empty(total)
        activity, organisation = np.empty(total, np.int16), np.empty(total, np.int16)
        outcome, complete = np.full(total, -1, np.int16), np.full(total, -1, np.int16)
        for who, when, activity_code, organisation_code, result, filled in self._events:
            at = place[who]
            moment[at], activity[at], organisation[at] = when, activity_code, organisation_code
            if result >= 0:
                outcome[at] = result
            if filled is not None:
                complete[at] = filled
            place[who] += 1
        case = np.repeat(np.arange(self.cases), size)
        return Block(
            case, moment, activity, organisation, outcome, complete,
            self.region, self.citizen_group, self.group, self.start,
        )  # fmt: skip
