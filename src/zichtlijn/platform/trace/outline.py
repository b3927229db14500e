"""The line of sight in words: what led to it and what follows, kind by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from .registry import Words
from .sight import LineOfSight, Node


@dataclass(frozen=True, slots=True)
class Group:
    """The objects of one kind on one side of the line."""

    name: Words
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Both sides, each in the order of the line."""

    back: tuple[Group, ...]
    forward: tuple[Group, ...]
    cut: int

    @property
    def is_empty(self) -> bool:
        """True when nothing led to the object and nothing follows from it."""
        return not self.back and not self.forward


def outline(sight: LineOfSight) -> Outline:
    """The line of sight as two lists of groups."""
    return Outline(_groups(sight.back()), _groups(sight.forward()), sight.cut)


def _groups(nodes: Iterable[Node]) -> tuple[Group, ...]:
    return tuple(Group(step.name, tuple(same)) for step, same in groupby(nodes, key=lambda node: node.step))
