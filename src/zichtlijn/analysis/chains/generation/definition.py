"""A chain that can be generated: stations of organisations, and the routes between them, read from its YAML file."""

from __future__ import annotations

from collections.abc import Mapping as Values
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from zichtlijn.analysis.chains.generation.planted import Planted
from zichtlijn.analysis.chains.generation.working_time import working_days_between
from zichtlijn.analysis.eventlogs.model import LogError

ChainCode = Literal["youth-protection", "asylum", "criminal-justice"]
CHAINS: tuple[ChainCode, ...] = get_args(ChainCode)

LOST_ANYWHERE = 0.002
COMPLETE_ON_ARRIVAL = 0.96


@dataclass(frozen=True)
class Route:
    """Where a case goes from a station: to another (``to``), or out of the chain with an ``outcome``.

    ``sent`` is the activity that says so; ``only`` the citizen groups that can go this way (empty: all); ``share`` a
    weight among the routes that a case can go.
    """

    share: float
    sent: str
    to: str | None = None
    delivery_days: float = 0.0
    outcome: str | None = None
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Supplement:
    """A loop: the station asks ``back_to``, where a case came from, for a supplement; there it goes first.

    ``share`` of the cases is asked once more, each time. ``days`` is the mean that it takes.
    """

    back_to: str
    share: float
    days: float
    asked: str
    received: str
    supplied: str
    resumed: str


@dataclass(frozen=True)
class Station:
    """Work at an organisation: received, waiting, started, finished. Days are calendar days and means.

    ``lag_days`` passes before a case can be taken up; ``load`` is at most the inflow divided by the capacity, of the
    whole country together (``national``) or of each region. ``within_days``: the agreed term, an example
    value, from arrival here until arrival at the next station.
    """

    code: str
    organisation: str
    received: str
    started: str
    finished: str
    lag_days: float
    work_days: float
    load: float
    routes: tuple[Route, ...]
    within_days: int | None = None
    national: bool = False
    entry: float = 0.0
    rework: Supplement | None = None


@dataclass(frozen=True)
class ChainDefinition:
    """A chain; the stations stand in the order in which cases can pass them."""

    code: ChainCode
    name: str
    prefix: str
    starts_on: date
    cut_off: date
    term_days: int
    season: float
    regions: Values[str, float]
    citizen_groups: Values[str, float]
    groups: Values[str, float]
    stations: tuple[Station, ...]
    planted: Planted

    @cached_property
    def working_days(self) -> int:
        """Of the period."""
        return working_days_between(self.starts_on, self.cut_off)

    @cached_property
    def activities(self) -> tuple[str, ...]:
        """All of them, in order of their first mention."""
        found: dict[str, None] = {}
        for station in self.stations:
            loop = station.rework
            found |= dict.fromkeys((station.received, station.started, station.finished))
            found |= dict.fromkeys((loop.asked, loop.received, loop.supplied, loop.resumed) if loop else ())
            found |= dict.fromkeys(route.sent for route in station.routes)
        return tuple(found)

    @cached_property
    def organisations(self) -> tuple[str, ...]:
        """In order of their first station."""
        return tuple(dict.fromkeys(station.organisation for station in self.stations))

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """In order of the routes."""
        routes = (route for station in self.stations for route in station.routes)
        return tuple(dict.fromkeys(route.outcome for route in routes if route.outcome))

    def number(self, code: str) -> int:
        """The place of a station in the chain, from 0. Raises LogError when there is none of that code."""
        for number, station in enumerate(self.stations):
            if station.code == code:
                return number
        raise LogError("chain-station", "The chain has no station %(name)s.", name=code)

    def station(self, code: str) -> Station:
        """Raises LogError when there is none of that code."""
        return self.stations[self.number(code)]


def read_chain(code: str) -> ChainDefinition:
    """The chain of that code. Raises LogError when there is none."""
    if code not in CHAINS:
        names = ", ".join(CHAINS)
        message = "There is no generated chain %(name)s; choose from %(names)s."
        raise LogError("chain-unknown", message, name=code, names=names)
    path = Path(__file__).with_name(f"{code.replace('-', '_')}.yaml")
    return _chain(yaml.safe_load(path.read_text(encoding="utf-8")))


def _chain(values: dict[str, Any]) -> ChainDefinition:
    stations = tuple(_station(each) for each in values["stations"])
    return ChainDefinition(**values | {"stations": stations, "planted": Planted.from_values(values["planted"])})


def _station(values: dict[str, Any]) -> Station:
    routes = tuple(Route(**route | {"only": tuple(route.get("only", ()))}) for route in values["routes"])
    loop = Supplement(**values["rework"]) if "rework" in values else None
    return Station(**values | {"routes": routes, "rework": loop})
