"""The one registry from which the line of sight of every object is read, both ways.

Each app declares its steps (which of its models stand in the line, and where) and its links (how one leads to the
next). ``order`` runs from why something was started to what it brought about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise

Follow = Callable[[Any], Iterable[models.Model]]
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Step:
    """A kind of object in the line of sight."""

    label: str
    order: int
    name: Words

    @property
    def model(self) -> type[models.Model]:
        """The model class of this step."""
        return apps.get_model(self.label)


@dataclass(frozen=True, slots=True)
class Link:
    """How objects of ``source`` lead to objects of ``target``; ``name`` reads from source to target."""

    source: str
    target: str
    name: Words
    forward: Follow
    backward: Follow


_steps: dict[str, Step] = {}
_links: dict[tuple[str, str, str], Link] = {}


def register_step(label: str, *, order: int, name: Words) -> None:
    """Put a model in the line of sight."""
    _steps[label] = Step(label, order, name)


def register_link(*, source: str, target: str, name: Words, forward: Follow, backward: Follow) -> None:
    """Declare how one step leads to another. ``target`` may be ``*``: any step, as for citations."""
    _links[source, target, str(getattr(name, "_args", name))] = Link(source, target, name, forward, backward)


def step_of(record: models.Model) -> Step | None:
    """The step that an object is, or None when its model is not part of the line."""
    return _steps.get(record._meta.label_lower)


def steps() -> list[Step]:
    """All steps in the order of the line."""
    return sorted(_steps.values(), key=lambda step: (step.order, step.label))


def links_from(label: str) -> list[Link]:
    """The links that lead on from a kind of object."""
    return [link for link in _links.values() if link.source in (label, "*")]


def links_to(label: str) -> list[Link]:
    """The links that lead to a kind of object."""
    return [link for link in _links.values() if link.target in (label, "*")]
