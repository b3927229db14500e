"""The one registry from which the line of sight of every object is read, both ways.

Each app declares its steps (which of its models stand in the line, and where) and its links (how one leads to the
next). ``order`` runs from why something was started to what it brought about. A link is followed for many objects at
once, so that the number of queries depends on the number of links and never on the number of objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.apps import apps
from django.db import models
from django.utils.functional import Promise

Words = str | Promise
Key = tuple[str, Any]
Pair = tuple[Key, Key]
ANY = "*"


@dataclass(frozen=True, slots=True)
class Step:
    """A kind of object in the line of sight; ``defer`` names large fields that the line does not need."""

    label: str
    order: int
    name: Words
    defer: tuple[str, ...] = ()

    @property
    def model(self) -> type[models.Model]:
        """The model class of this step."""
        return apps.get_model(self.label)


class Link(Protocol):
    """How objects of ``source`` lead to objects of ``target`` (``*``: any step); ``name`` reads in that direction."""

    @property
    def source(self) -> str:
        """The label of the kind that leads."""

    @property
    def target(self) -> str:
        """The label of the kind that is led to."""

    @property
    def name(self) -> Words:
        """How the link reads from source to target."""

    def onward(self, label: str, keys: Sequence[Any]) -> Iterable[Pair]:
        """Pairs (source, target) for the sources of kind ``label`` with these primary keys."""

    def back(self, label: str, keys: Sequence[Any]) -> Iterable[Pair]:
        """Pairs (source, target) for the targets of kind ``label`` with these primary keys."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A link that is a foreign key or many-to-many field ``path`` of one of its two ends.

    ``held_by`` is "source" or "target"; ``keep`` leaves out holders that do not count, such as dropped activities.
    """

    source: str
    target: str
    name: Words
    path: str
    held_by: str = "target"
    keep: models.Q = field(default_factory=models.Q)

    def onward(self, label: str, keys: Sequence[Any]) -> Iterable[Pair]:
        """See ``Link``."""
        return self._pairs({"pk__in" if self.held_by == "source" else f"{self.path}__in": keys})

    def back(self, label: str, keys: Sequence[Any]) -> Iterable[Pair]:
        """See ``Link``."""
        return self._pairs({"pk__in" if self.held_by == "target" else f"{self.path}__in": keys})

    def _pairs(self, wanted: dict[str, Any]) -> list[Pair]:
        label = self.source if self.held_by == "source" else self.target
        holders: Any = apps.get_model(label)._base_manager
        rows = holders.filter(self.keep, **wanted).order_by("pk").values_list("pk", self.path)
        found = [(holder, other) for holder, other in rows if other is not None]
        if self.held_by == "source":
            return [((self.source, holder), (self.target, other)) for holder, other in found]
        return [((self.source, other), (self.target, holder)) for holder, other in found]


_steps: dict[str, Step] = {}
_links: dict[tuple[str, str, str], Link] = {}


def register_step(label: str, *, order: int, name: Words, defer: tuple[str, ...] = ()) -> None:
    """Put a model in the line of sight."""
    _steps[label] = Step(label, order, name, defer)


def register_link(link: Link) -> None:
    """Declare how one step leads to another."""
    _links[link.source, link.target, getattr(link, "path", "")] = link


def step_named(label: str) -> Step | None:
    """The step of a kind of object, or None when it is not part of the line."""
    return _steps.get(label)


def step_of(record: models.Model) -> Step | None:
    """The step that an object is, or None when its model is not part of the line."""
    return _steps.get(record._meta.label_lower)


def steps() -> list[Step]:
    """All steps in the order of the line."""
    return sorted(_steps.values(), key=lambda step: (step.order, step.label))


def links_from(label: str) -> list[Link]:
    """The links that lead on from a kind of object."""
    return [link for link in _links.values() if link.source in (label, ANY)]


def links_to(label: str) -> list[Link]:
    """The links that lead to a kind of object."""
    return [link for link in _links.values() if link.target in (label, ANY)]
