"""What is made wrong on purpose in a generated chain, so that it is known what an analysis should find."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Values
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Growing:
    """The capacity of a station falls short: from ``after`` (share of the period) its load is ``load`` (above 1)."""

    station: str
    after: float
    load: float


@dataclass(frozen=True, slots=True)
class Lost:
    """Of the cases sent from a station to another, ``share`` never arrives."""

    station: str
    to: str
    share: float


@dataclass(frozen=True, slots=True)
class Regional:
    """In one region the work of a station takes ``factor`` times as long."""

    station: str
    region: str
    factor: float


@dataclass(frozen=True, slots=True)
class Rework:
    """A station sends ``share`` of what it gets back for a supplement, each time anew."""

    station: str
    share: float


@dataclass(frozen=True, slots=True)
class Planted:
    """At most one of each; ``Planted()`` is a chain in which nothing is wrong."""

    growing: Growing | None = None
    lost: Lost | None = None
    regional: Regional | None = None
    rework: Rework | None = None

    @classmethod
    def from_values(cls, values: Values[str, Values[str, Any]]) -> Planted:
        """As written in the YAML file of a chain. Raises KeyError for a kind that does not exist."""
        kinds: dict[str, Callable[..., Any]]
        kinds = {"growing": Growing, "lost": Lost, "regional": Regional, "rework": Rework}
        made: dict[str, Any] = {name: kinds[name](**fields) for name, fields in values.items()}
        return cls(**made)
