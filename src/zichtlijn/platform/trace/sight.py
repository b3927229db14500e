"""The line of sight of one object: back to why it was started, forward to what it brought about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from .registry import Link, Step, Words, links_from, links_to, step_of

Key = tuple[str, Any]
MOST_PER_LINK = 40
MOST_NODES = 200


@dataclass(frozen=True, slots=True)
class Node:
    """An object in the line, with how many links it is away from the one asked about (negative is back)."""

    record: models.Model
    step: Step
    distance: int

    @property
    def key(self) -> Key:
        """Identity over models."""
        return (self.step.label, self.record.pk)


@dataclass(frozen=True, slots=True)
class Edge:
    """``source`` leads to ``target``; the name reads in that direction."""

    source: Key
    target: Key
    name: Words


@dataclass
class LineOfSight:
    """Nodes by key and the edges between them. ``cut`` counts what was left out because it is too much to draw."""

    origin: Node
    nodes: dict[Key, Node] = field(default_factory=dict)
    edges: dict[tuple[Key, Key], Edge] = field(default_factory=dict)
    cut: int = 0

    def back(self) -> list[Node]:
        """What led to the object, the farthest first."""
        return self._ordered(lambda node: node.distance < 0)

    def forward(self) -> list[Node]:
        """What follows from the object, the nearest first."""
        return self._ordered(lambda node: node.distance > 0)

    def _ordered(self, wanted: Callable[[Node], bool]) -> list[Node]:
        chosen = [node for node in self.nodes.values() if wanted(node)]
        return sorted(chosen, key=lambda node: (node.step.order, node.distance, str(node.record)))


def line_of_sight(record: models.Model, user: Any) -> LineOfSight | None:
    """Follow the declared links both ways from ``record``; only what ``user`` may see is in it.

    Back follows only links backward and forward only links forward, so that the line of an activity does not wander
    through its organisation into every other activity. None when the object's kind is not part of the line.
    """
    step = step_of(record)
    if step is None:
        return None
    origin = Node(record, step, 0)
    sight = LineOfSight(origin, {origin.key: origin})
    _walk(sight, user, direction=-1)
    _walk(sight, user, direction=1)
    return sight


def _walk(sight: LineOfSight, user: Any, *, direction: int) -> None:
    frontier = [sight.origin]
    while frontier:
        found: list[Node] = []
        for node in frontier:
            found += _neighbours(sight, node, user, direction)
        frontier = found


def _neighbours(sight: LineOfSight, node: Node, user: Any, direction: int) -> list[Node]:
    links = links_from(node.step.label) if direction > 0 else links_to(node.step.label)
    new: list[Node] = []
    for link in links:
        follow = link.forward if direction > 0 else link.backward
        for record in _visible(follow(node.record), user, sight):
            new += _add(sight, node, record, link, direction)
    return new


def _visible(found: Iterable[models.Model], user: Any, sight: LineOfSight) -> list[models.Model]:
    if isinstance(found, models.QuerySet):
        # A scope that joins can give a row twice.
        visible_to: Callable[[Any], models.QuerySet[Any]] = found.visible_to  # type: ignore[attr-defined]
        records = list(visible_to(user).distinct()[: MOST_PER_LINK + 1])
    else:
        records = [record for record in found if _may_see(record, user)]
    if len(records) > MOST_PER_LINK:
        sight.cut += 1
    return records[:MOST_PER_LINK]


def _may_see(record: models.Model, user: Any) -> bool:
    manager: Any = type(record)._default_manager
    return bool(manager.visible_to(user).filter(pk=record.pk).exists())


def _add(sight: LineOfSight, node: Node, record: models.Model, link: Link, direction: int) -> list[Node]:
    step = step_of(record)
    if step is None:
        return []
    other = Node(record, step, node.distance + direction)
    known = sight.nodes.get(other.key)
    if known is None and len(sight.nodes) >= MOST_NODES:
        sight.cut += 1
        return []
    source, target = (node.key, other.key) if direction > 0 else (other.key, node.key)
    if known is None or known.distance * direction >= 0:
        sight.edges.setdefault((source, target), Edge(source, target, link.name))
    if known is not None:
        return []
    sight.nodes[other.key] = other
    return [other]
