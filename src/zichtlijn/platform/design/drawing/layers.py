"""Drawing a graph in layers (Sugiyama, Tagawa & Toda 1981): which layer, in which order, at which height.

Plain geometry: vertices are keys, heights are pixels. Ties are broken by the order in which vertices were given, so the
same graph always gives the same drawing.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from itertools import pairwise

Pair = tuple[str, str]
SWEEPS = 8


def longest_path(vertices: Sequence[str], edges: Sequence[Pair]) -> dict[str, int]:
    """A layer for every vertex, so that every edge that is not part of a cycle leads to a later layer."""
    after: dict[str, list[str]] = {vertex: [] for vertex in vertices}
    for start, end in edges:
        after[start].append(end)
    order = _forward_order(vertices, after)
    place = {vertex: i for i, vertex in enumerate(order)}
    layer = dict.fromkeys(vertices, 0)
    for vertex in order:
        for end in after[vertex]:
            if place[end] > place[vertex]:
                layer[end] = max(layer[end], layer[vertex] + 1)
    return layer


def crossings(upper: Sequence[str], lower: Sequence[str], edges: Sequence[Pair]) -> int:
    """How many pairs of edges cross between two neighbouring layers in these orders."""
    first = {vertex: i for i, vertex in enumerate(upper)}
    second = {vertex: i for i, vertex in enumerate(lower)}
    seen: list[int] = []
    total = 0
    for _, end in sorted((first[start], second[end]) for start, end in edges):
        total += len(seen) - bisect_left(seen, end + 1)
        insort(seen, end)
    return total


def ordered(layers: Sequence[Sequence[str]], edges: Sequence[Pair]) -> list[list[str]]:
    """The layers with their vertices in an order with few crossings: barycentre sweeps, the best one kept."""
    between = _between(layers, edges)
    before, after = _neighbours(edges)
    best = current = [list(layer) for layer in layers]
    fewest = _all_crossings(best, between)
    for sweep in range(SWEEPS):
        if fewest == 0:
            break
        current = _sweep(current, before if sweep % 2 == 0 else after, forward=sweep % 2 == 0)
        count = _all_crossings(current, between)
        if count < fewest:
            best, fewest = [list(layer) for layer in current], count
    return best


def heights(
    layers: Sequence[Sequence[str]], edges: Sequence[Pair], size: Mapping[str, float], gap: float
) -> dict[str, float]:
    """The middle of every vertex, such that neighbours stand near each other and nothing in a layer overlaps."""
    before, after = _neighbours(edges)
    middle: dict[str, float] = {}
    for layer in layers:
        _stack(layer, dict.fromkeys(layer, 0.0), size, gap, middle)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        near = before if forward else after
        for layer in layers if forward else reversed(layers):
            wanted = {v: _mean([middle[n] for n in near.get(v, ())], middle[v]) for v in layer}
            _stack(layer, wanted, size, gap, middle)
    top = min((middle[v] - size[v] / 2 for v in middle), default=0.0)
    return {vertex: value - top for vertex, value in middle.items()}


def _forward_order(vertices: Sequence[str], after: Mapping[str, Sequence[str]]) -> list[str]:
    """A topological order; on a cycle, the order of a depth-first walk."""
    done: list[str] = []
    seen: set[str] = set()
    for root in vertices:
        stack = [(root, iter(after[root]))] if root not in seen else []
        seen.add(root)
        while stack:
            vertex, waiting = stack[-1]
            unseen = next((end for end in waiting if end not in seen), None)
            if unseen is None:
                done.append(vertex)
                stack.pop()
            else:
                seen.add(unseen)
                stack.append((unseen, iter(after[unseen])))
    return done[::-1]


def _neighbours(edges: Sequence[Pair]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for start, end in edges:
        after.setdefault(start, []).append(end)
        before.setdefault(end, []).append(start)
    return before, after


def _between(layers: Sequence[Sequence[str]], edges: Sequence[Pair]) -> list[list[Pair]]:
    number = {vertex: i for i, layer in enumerate(layers) for vertex in layer}
    between: list[list[Pair]] = [[] for _ in layers]
    for start, end in edges:
        between[number[start]].append((start, end))
    return between


def _all_crossings(layers: Sequence[Sequence[str]], between: Sequence[Sequence[Pair]]) -> int:
    return sum(crossings(layers[i], layers[i + 1], between[i]) for i in range(len(layers) - 1))


def _sweep(layers: Sequence[Sequence[str]], near: Mapping[str, Sequence[str]], *, forward: bool) -> list[list[str]]:
    result = [list(layer) for layer in layers]
    for i in range(1, len(result)) if forward else range(len(result) - 2, -1, -1):
        fixed = {vertex: place for place, vertex in enumerate(result[i - 1 if forward else i + 1])}
        now = {vertex: place for place, vertex in enumerate(result[i])}
        centre = {v: _mean([fixed[n] for n in near.get(v, ())], now[v]) for v in result[i]}
        result[i].sort(key=lambda vertex: (centre[vertex], now[vertex]))
    return result


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _stack(
    layer: Sequence[str], wanted: Mapping[str, float], size: Mapping[str, float], gap: float, middle: dict[str, float]
) -> None:
    """Place a layer as near as possible to ``wanted`` (least squares) without overlap: pool adjacent violators."""
    offsets = [0.0]
    for upper, lower in pairwise(layer):
        offsets.append(offsets[-1] + (size[upper] + size[lower]) / 2 + gap)
    blocks: list[list[float]] = []  # [sum of targets, number of vertices]
    for vertex, offset in zip(layer, offsets, strict=False):
        blocks.append([wanted[vertex] - offset, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    shifts = [total / count for total, count in blocks for _ in range(int(count))]
    for vertex, offset, shift in zip(layer, offsets, shifts, strict=False):
        middle[vertex] = offset + shift
