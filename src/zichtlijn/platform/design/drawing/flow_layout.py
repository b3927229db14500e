"""Where the boxes of a chain stand and along which places its flows run. Plain geometry in pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from . import layers

BOX_WIDTH = 140.0
PORT = 21.0
"""The room of one flow at the side of a box, so that the words of two flows do not touch."""
BOX_GAP = 26.0
BEND = 12.0
BOW = 44.0
"""The room in which a flow goes up or down, beside that for words."""
BEND_SIGN = "\0"

Pair = tuple[str, str]


def main_way(keys: Sequence[str], weights: Mapping[Pair, float], first: str | None = None) -> dict[str, int]:
    """A layer for every key along the strongest flow into each: a cycle or a weak short cut makes no layer.

    The way begins at ``first``, else at the key from which most leaves over what comes in.
    """
    if not keys:
        return {}
    root = first if first is not None and first in keys else max(keys, key=lambda key: _surplus(key, weights))
    layer = {root: 0}
    left = {key for key in keys if key != root}
    while left:
        ends = [(weight, pair) for pair, weight in weights.items() if pair[0] in layer and pair[1] in left]
        if ends:
            most = max(weight for weight, _pair in ends)
            start, end = next(pair for weight, pair in ends if weight == most)
            layer[end] = layer[start] + 1
        else:
            end = next(key for key in keys if key in left)
            layer[end] = 0
        left.remove(end)
    return layer


def _surplus(key: str, weights: Mapping[Pair, float]) -> float:
    return sum(weight * ((start == key) - (end == key)) for (start, end), weight in weights.items())


@dataclass(frozen=True)
class Place:
    """A box or a bend: its left top corner and size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.width


@dataclass(frozen=True)
class Layout:
    """``heights`` are the least heights of the boxes, ``label_width`` the room that the words of a flow take."""

    layer_of: Mapping[str, int]
    flows: Sequence[Pair]
    heights: Mapping[str, float]
    label_width: float

    @cached_property
    def chains(self) -> list[list[str]]:
        """Per flow the boxes and bends it runs through, from left to right."""
        found = []
        for number, (start, end) in enumerate(self.flows):
            left, right = sorted((start, end), key=lambda key: self.layer_of[key])
            between = range(self.layer_of[left] + 1, self.layer_of[right])
            found.append([left, *(f"{BEND_SIGN}{number}.{layer}" for layer in between), right])
        return found

    @cached_property
    def _where(self) -> dict[str, int]:
        where = dict(self.layer_of)
        for chain in self.chains:
            where.update({key: self.layer_of[chain[0]] + i for i, key in enumerate(chain) if key[:1] == BEND_SIGN})
        return where

    @cached_property
    def _pairs(self) -> list[Pair]:
        return [(a, b) for chain in self.chains for a, b in pairwise(chain) if self._where[a] != self._where[b]]

    @cached_property
    def sizes(self) -> dict[str, float]:
        """The height of every box and bend: a box has room for the flows on its busiest side."""
        sides: dict[tuple[str, int], int] = {}
        for number in range(len(self.flows)):
            for end in self.ends(number):
                sides[end] = sides.get(end, 0) + 1
        found = dict.fromkeys(self._where, BEND)
        for key, least in self.heights.items():
            found[key] = max(least, PORT * (1 + max(sides.get((key, 0), 0), sides.get((key, 1), 0))))
        return found

    def ends(self, number: int) -> tuple[tuple[str, int], tuple[str, int]]:
        """Where a flow leaves and where it arrives: a box and its side, 0 left or 1 right."""
        start, end = self.flows[number]
        first, last = self.layer_of[start], self.layer_of[end]
        return (start, 0 if last < first else 1), (end, 0 if last > first else 1)

    @cached_property
    def gaps(self) -> list[float]:
        """The room after every layer: wider where words stand at both of its sides."""
        last = max(self.layer_of.values(), default=0)
        found = []
        for layer in range(last + 1):
            arrivals = (self.ends(number)[1] for number in range(len(self.flows)))
            sides = {side for key, side in arrivals if self._faces(key, side, layer)}
            # With words at both sides a flow goes up or down beside the words of the other.
            both = 2 * self.label_width + 8 if len(sides) == 2 else 0.0
            found.append(max(BOW + self.label_width * bool(sides), both))
        return found

    def _faces(self, key: str, side: int, layer: int) -> bool:
        return self.layer_of[key] == (layer if side else layer + 1)

    @cached_property
    def places(self) -> dict[str, Place]:
        """Where every box and bend stands."""
        columns: list[list[str]] = [[] for _ in self.gaps]
        for key, layer in self._where.items():
            columns[layer].append(key)
        columns = layers.ordered(columns, self._pairs)
        middles = layers.heights(columns, self._pairs, self.sizes, BOX_GAP)
        found, x = {}, 0.0
        for column, gap in zip(columns, self.gaps, strict=True):
            for key in column:
                found[key] = Place(x, middles[key] - self.sizes[key] / 2, BOX_WIDTH, self.sizes[key])
            x += BOX_WIDTH + gap
        return found

    @cached_property
    def ports(self) -> dict[tuple[int, int], float]:
        """The y at which a flow (by number) leaves (0) and arrives (1): in the order of where it goes or comes from."""
        sides: dict[tuple[str, int], list[tuple[float, int, int]]] = {}
        for number, chain in enumerate(self.chains):
            forward = chain[0] == self.flows[number][0]
            for which, end in enumerate(self.ends(number)):
                near = (chain[1] if end[0] == chain[0] else chain[-2]) if len(chain) > 1 else end[0]
                place = self.places[near]
                sides.setdefault(end, []).append((place.y + place.height / 2, number if forward else -number, which))
        found = {}
        for (key, _side), flows in sides.items():
            box = self.places[key]
            top = box.y + box.height / 2 - PORT * (len(flows) - 1) / 2
            for i, (_height, number, which) in enumerate(sorted(flows)):
                found[abs(number), which] = top + i * PORT
        return found

    @property
    def width(self) -> float:
        """The width of everything; a bow at the right side of the last layer counts."""
        bows = any(
            len(c) == 2 and self.layer_of[c[0]] == self.layer_of[c[1]] == len(self.gaps) - 1 for c in self.chains
        )
        boxes = max((place.right for place in self.places.values()), default=0.0)
        return boxes + (self.gaps[-1] if bows else 0.0)

    @property
    def height(self) -> float:
        """The height of everything."""
        return max((place.y + place.height for place in self.places.values()), default=0.0)
