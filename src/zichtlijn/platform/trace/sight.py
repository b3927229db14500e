"""The line of sight of one object: back to why it was started, forward to what it brought about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from .registry import Key, Link, Pair, Step, Words, links_from, links_to, step_named, step_of

MOST_NODES = 300


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
    """Nodes by key and the edges between them. ``cut`` counts the objects left out because there are too many."""

    origin: Node
    nodes: dict[Key, Node] = field(default_factory=dict)
    edges: dict[tuple[Key, Key], Edge] = field(default_factory=dict)
    cut: int = 0

    def back(self) -> list[Node]:
        """What led to the object, in the order of the line."""
        return self._ordered(lambda node: node.distance < 0)

    def forward(self) -> list[Node]:
        """What follows from the object, in the order of the line."""
        return self._ordered(lambda node: node.distance > 0)

    def _ordered(self, wanted: Callable[[Node], bool]) -> list[Node]:
        chosen = [node for node in self.nodes.values() if wanted(node)]
        return sorted(chosen, key=lambda node: (node.step.order, str(node.step.label), str(node.record)))


def line_of_sight(record: models.Model, user: Any) -> LineOfSight | None:
    """Follow the declared links both ways from ``record``; only what ``user`` may see is in it.

    Back follows links only backward and forward only forward, so that the line of an activity does not wander through
    its organisation into every other activity. None when the object's kind is not part of the line. The number of
    queries depends on the links and the length of the line, not on how many objects there are.
    """
    step = step_of(record)
    if step is None:
        return None
    origin = Node(record, step, 0)
    sight = LineOfSight(origin, {origin.key: origin})
    for direction in (-1, 1):
        frontier = [origin]
        while frontier:
            frontier = _next(sight, frontier, user, direction)
    return sight


def _next(sight: LineOfSight, frontier: list[Node], user: Any, direction: int) -> list[Node]:
    """The nodes one link further, and the edges to them."""
    found = _pairs(frontier, direction)
    ends = {_far(pair, direction) for _link, pair in found}
    records = _visible({key for key in ends if key not in sight.nodes}, user)
    distance = frontier[0].distance + direction
    fresh = _add_nodes(sight, records, distance)
    for link, pair in found:
        _add_edge(sight, link, pair, direction)
    return fresh


def _pairs(frontier: list[Node], direction: int) -> list[tuple[Link, Pair]]:
    keys: dict[str, list[Any]] = defaultdict(list)
    for node in frontier:
        keys[node.step.label].append(node.record.pk)
    found: list[tuple[Link, Pair]] = []
    for label, numbers in keys.items():
        for link in links_from(label) if direction > 0 else links_to(label):
            follow = link.onward if direction > 0 else link.back
            found += [(link, pair) for pair in follow(label, numbers)]
    return found


def _visible(keys: set[Key], user: Any) -> dict[Key, models.Model]:
    """The records behind ``keys`` that the user may see: one query per kind."""
    by_label: dict[str, list[Any]] = defaultdict(list)
    for label, number in keys:
        by_label[label].append(number)
    records: dict[Key, models.Model] = {}
    for label, numbers in sorted(by_label.items()):
        step = step_named(label)
        if step is None:
            continue
        manager: Any = step.model._default_manager
        seen = manager.visible_to(user).filter(pk__in=numbers).defer(*step.defer).distinct()
        records |= {(label, record.pk): record for record in seen}
    return records


def _add_nodes(sight: LineOfSight, records: dict[Key, models.Model], distance: int) -> list[Node]:
    room = max(0, MOST_NODES - len(sight.nodes))
    ordered = sorted(records.items(), key=lambda item: (item[0][0], str(item[1])))
    sight.cut += len(ordered[room:])
    fresh = [Node(record, step, distance) for (label, _pk), record in ordered[:room] if (step := step_named(label))]
    sight.nodes |= {node.key: node for node in fresh}
    return fresh


def _add_edge(sight: LineOfSight, link: Link, pair: Pair, direction: int) -> None:
    source, target = pair
    far = sight.nodes.get(_far(pair, direction))
    # A node on the other side of the object is there for another reason: its edge would turn the line back.
    if far is not None and far.distance * direction > 0:
        sight.edges.setdefault((source, target), Edge(source, target, link.name))


def _far(pair: Pair, direction: int) -> Key:
    return pair[1] if direction > 0 else pair[0]
