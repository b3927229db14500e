"""The line of sight as a drawing: one layer per step of the line, from why it was started to what it brought about."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _

from zichtlijn.platform.design.drawing import Edge, Network, Vertex

from .registry import Key
from .sight import LineOfSight, Node

MOST_DRAWN = 48
MOST_IN_LAYER = 9


def draw(sight: LineOfSight) -> Network:
    """The nodes nearest to the object, at most nine to a layer; the list beside the drawing has them all."""
    drawn = _choose(sight)
    orders = sorted({node.step.order for node in drawn.values()})
    layer_of = {order: number for number, order in enumerate(orders)}
    vertices = [_vertex(node, layer_of[node.step.order]) for node in drawn.values()]
    edges = [
        Edge(_key(edge.source), _key(edge.target))
        for edge in sight.edges.values()
        if edge.source in drawn and edge.target in drawn
    ]
    names = {node.step.order: str(node.step.name) for node in drawn.values()}
    title = _("Line of sight of %(name)s") % {"name": sight.origin.record}
    description = _("%(back)d things led to it, %(forward)d follow from it.") % {
        "back": len(sight.back()),
        "forward": len(sight.forward()),
    }
    return Network(
        title=title,
        vertices=vertices,
        edges=edges,
        description=description,
        layer_names=[names[order] for order in orders],
    )


def _choose(sight: LineOfSight) -> dict[Key, Node]:
    chosen: dict[Key, Node] = {}
    in_layer: Counter[int] = Counter()
    for node in sorted(sight.nodes.values(), key=lambda node: (abs(node.distance), node.step.order, str(node.record))):
        if len(chosen) < MOST_DRAWN and in_layer[node.step.order] < MOST_IN_LAYER:
            chosen[node.key] = node
            in_layer[node.step.order] += 1
    return chosen


def _vertex(node: Node, layer: int) -> Vertex:
    address = getattr(node.record, "get_absolute_url", None)
    current = node.distance == 0
    return Vertex(
        key=_key(node.key),
        label=str(node.record),
        layer=layer,
        kind=str(node.step.name),
        url=address() if address and not current else "",
        current=current,
    )


def _key(key: Key) -> str:
    return f"{key[0]}:{key[1]}"
