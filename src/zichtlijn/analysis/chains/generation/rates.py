"""The rates that a chain and what is planted in it come down to: inflow, capacity and chances, per station."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from zichtlijn.analysis.chains.generation.definition import (
    LOST_ANYWHERE,
    ChainDefinition,
    Route,
    Station,
)
from zichtlijn.analysis.chains.generation.planted import Planted
from zichtlijn.analysis.chains.generation.queues import Capacity
from zichtlijn.analysis.chains.generation.working_time import Floats
from zichtlijn.analysis.eventlogs.model import LogError

# A small region would have longer waits at the same load. It gets more capacity instead, so that the regions of a chain
# in which nothing is planted are alike, whatever their size and that of the log. In working days.
LONGEST_QUEUE_DAYS = 0.5


def shares(weights: dict[str, float]) -> Floats:
    """Weights as shares that add up to one."""
    values = np.array(list(weights.values()), dtype=float)
    total: float = values.sum()
    return np.asarray(values / total)


@dataclass(frozen=True)
class Rates:
    """Of a chain with what is planted in it. Raises LogError when something is planted where it cannot be."""

    chain: ChainDefinition
    planted: Planted

    def __post_init__(self) -> None:
        planted = self.planted
        if planted.growing is not None:
            self.chain.number(planted.growing.station)
        if planted.lost is not None:
            lost = planted.lost
            if not any(route.to == lost.to for route in self.chain.station(lost.station).routes):
                raise LogError("plant-route", "No route goes from %(one)s to %(to)s.", one=lost.station, to=lost.to)
        if planted.regional is not None and planted.regional.region not in self.chain.regions:
            raise LogError("plant-region", "The chain has no region %(name)s.", name=planted.regional.region)
        if planted.rework is not None and self.chain.station(planted.rework.station).rework is None:
            raise LogError("plant-rework", "Station %(name)s asks no supplements.", name=planted.rework.station)

    @cached_property
    def regions(self) -> Floats:
        """Share of the cases per region."""
        return shares(dict(self.chain.regions))

    def lost(self, station: Station, route: Route) -> float:
        """Chance that a case sent along a route never arrives."""
        planted = self.planted.lost
        here = planted is not None and (planted.station, planted.to) == (station.code, route.to)
        return planted.share if planted is not None and here else LOST_ANYWHERE

    def asked_again(self, station: Station) -> float:
        """Chance that a supplement is asked, each time."""
        planted = self.planted.rework
        if planted is not None and planted.station == station.code:
            return planted.share
        return station.rework.share if station.rework else 0.0

    def work_factor(self, station: Station) -> Floats:
        """Per region: how much longer the work takes than elsewhere."""
        factor = np.ones(len(self.regions))
        planted = self.planted.regional
        if planted is not None and planted.station == station.code:
            factor[list(self.chain.regions).index(planted.region)] = planted.factor
        return factor

    def route_shares(self, station: Station, citizen_group: str) -> Floats:
        """Per route: the chance that a case of a citizen group goes there."""
        weights = [route.share if not route.only or citizen_group in route.only else 0.0 for route in station.routes]
        return np.array(weights) / (sum(weights) or 1.0)

    @cached_property
    def visits(self) -> Floats:
        """Per station: the chance that a case ever arrives there."""
        chain = self.chain
        groups = shares(dict(chain.citizen_groups))
        total = np.zeros(len(chain.stations))
        entries = shares({station.code: station.entry for station in chain.stations})
        for share, name in zip(groups, chain.citizen_groups, strict=True):
            there = entries.copy()
            for number, station in enumerate(chain.stations):
                for route, chance in zip(station.routes, self.route_shares(station, name), strict=True):
                    if route.to is not None:
                        arrives = chance * (1 - self.lost(station, route))
                        there[chain.number(route.to)] += there[number] * arrives
            total += share * there
        return total

    def inflow(self, station: Station, cases: float) -> Floats:
        """Mean arrivals per working day at each queue of a station: one per region, or a single national one."""
        all_together = cases * self.visits[self.chain.number(station.code)] / self.chain.working_days
        return np.array([all_together]) if station.national else all_together * self.regions

    def change(self, station: Station) -> float:
        """The moment, in working days, from which the capacity falls short; the end of the period when it does not."""
        planted = self.planted.growing
        here = planted is not None and planted.station == station.code
        return self.chain.working_days * (planted.after if planted is not None and here else 1.0)

    def capacity(self, station: Station, cases: float) -> Capacity:
        """Of each queue of a station."""
        inflow = np.maximum(self.inflow(station, cases), 1e-9)
        before = inflow / np.minimum(station.load, load_of_wait(inflow, LONGEST_QUEUE_DAYS))
        planted = self.planted.growing
        if planted is None or planted.station != station.code:
            return Capacity(before, before, self.change(station))
        return Capacity(before, inflow / planted.load, self.change(station))


def load_of_wait(inflow: Floats, wait: float) -> Floats:
    """The load at which the mean wait in a queue M/D/1 is ``wait``: load² / (2 (1 - load) inflow) solved for load."""
    half = wait * inflow
    return np.asarray(np.sqrt(half**2 + 2 * half) - half)
