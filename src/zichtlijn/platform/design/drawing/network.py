"""A network in layers: what leads to what, from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from . import layers, markup, text
from .twin import Twin

NODE_WIDTH = 182.0
NARROW_WIDTH = 152.0  # from five layers on, so that they stand beside each other on a common screen
LAYER_GAP = 60.0
NARROW_GAP = 30.0
LABELLED_GAP = 150.0
LABEL_SIZE = 12.5
LABEL_LEADING = 15.0
NODE_GAP = 18.0
PADDING = 14.0
LEADING = 18.0
HEAD = 26.0
MARGIN = 8.0
SIDE = 12.0
NARROW_SIDE = 8.0
MOST_LINES = 6


@dataclass(frozen=True)
class Vertex:
    """A thing. ``layer`` counts from 0 at the left; None lets the edges decide for all vertices."""

    key: str
    label: str
    layer: int | None = None
    kind: str = ""
    url: str = ""
    tone: str = "neutral"
    current: bool = False

    @property
    def name(self) -> str:
        """Kind and label, as a screen reader says it."""
        return f"{self.kind}: {self.label}" if self.kind else self.label


@dataclass(frozen=True)
class Edge:
    """An arrow from one vertex to another."""

    start: str
    end: str
    label: str = ""
    strong: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Box:
    """Where a vertex stands: its left top corner and its size, in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Network:
    """Vertices and edges. Raises ValueError for an edge to an unknown vertex or from a vertex to itself, and for keys
    that occur twice."""

    title: str
    vertices: Sequence[Vertex]
    edges: Sequence[Edge]
    description: str = ""
    layer_names: Sequence[str] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        keys = {vertex.key for vertex in self.vertices}
        if len(keys) != len(self.vertices):
            raise ValueError("two vertices have the same key")
        for edge in self.edges:
            if edge.start not in keys or edge.end not in keys or edge.start == edge.end:
                raise ValueError(f"edge {edge.start!r} to {edge.end!r} does not join two known vertices")

    @cached_property
    def layer_of(self) -> dict[str, int]:
        """The layer of every vertex, without empty layers between them."""
        if all(vertex.layer is not None for vertex in self.vertices):
            raw = {vertex.key: vertex.layer or 0 for vertex in self.vertices}
        else:
            pairs = [(edge.start, edge.end) for edge in self.edges]
            raw = layers.longest_path([vertex.key for vertex in self.vertices], pairs)
        return raw

    @cached_property
    def _is_narrow(self) -> bool:
        return max(self.layer_of.values(), default=0) >= 4

    @property
    def node_width(self) -> float:
        """The width of every box in pixels."""
        return NARROW_WIDTH if self._is_narrow else NODE_WIDTH

    @property
    def _side(self) -> float:
        return NARROW_SIDE if self._is_narrow else SIDE

    @property
    def _inside(self) -> float:
        return self.node_width - 2 * self._side

    @cached_property
    def gap(self) -> float:
        """The room between two layers: more where words must fit in it."""
        widest = max((text.width(word, LABEL_SIZE) for edge in self.edges for word in edge.label.split()), default=0.0)
        longest = max((text.width(edge.label, LABEL_SIZE) for edge in self.edges), default=0.0)
        least = NARROW_GAP if self._is_narrow else LAYER_GAP
        return min(LABELLED_GAP, max(least, widest + 32, longest / 2 + 32)) if longest else least

    @cached_property
    def boxes(self) -> dict[str, Box]:
        """Where every vertex stands."""
        return {vertex.key: self._places[vertex.key] for vertex in self.vertices}

    @property
    def width(self) -> float:
        """The width of the drawing in pixels."""
        bow = self.gap * 0.4 if any(self.layer_of[a] == self.layer_of[b] for a, *_, b in self._chains) else 0
        return max((box.x + box.width for box in self._places.values()), default=0.0) + MARGIN + bow

    @property
    def height(self) -> float:
        """The height of the drawing in pixels."""
        return max((box.y + box.height for box in self._places.values()), default=0.0) + MARGIN

    def svg(self, html_id: str = "network") -> str:
        """The drawing; ``html_id`` must be unique on the page."""
        body = [self._heads(), *(self._edge(i) for i in range(len(self.edges)))]
        body += [self._vertex(vertex) for vertex in self._reading_order()]
        interactive = any(vertex.url for vertex in self.vertices)
        return markup.drawing(
            "".join(body),
            html_id=html_id,
            title=self.title,
            description=self.description,
            size=(round(self.width), round(self.height)),
            interactive=interactive,
        )

    def twin(self) -> Twin:
        """Every arrow as a row; things without arrows get a row of their own."""
        named = {vertex.key: vertex.name for vertex in self.vertices}
        rows = [(named[edge.start], edge.label or "→", named[edge.end]) for edge in self.edges]
        joined = {key for edge in self.edges for key in (edge.start, edge.end)}
        rows += [(vertex.name, "", "") for vertex in self.vertices if vertex.key not in joined]
        return Twin(("From", "Relation", "To"), tuple(rows))

    @cached_property
    def _lines(self) -> dict[str, list[str]]:
        return {vertex.key: text.wrap(vertex.label, self._inside, max_lines=MOST_LINES) for vertex in self.vertices}

    @cached_property
    def _chains(self) -> list[list[str]]:
        """Per edge the vertices and bends it runs through, from left to right; two vertices when in one layer."""
        chains = []
        for number, edge in enumerate(self.edges):
            left, right = sorted((edge.start, edge.end), key=lambda key: self.layer_of[key])
            first, last = self.layer_of[left], self.layer_of[right]
            bends = [f"\0{number}.{layer}" for layer in range(first + 1, last)]
            chains.append([left, *bends, right])
        return chains

    @cached_property
    def _places(self) -> dict[str, Box]:
        """Boxes of the vertices and, without size, of the bends of long edges."""
        where = dict(self.layer_of)
        for chain in self._chains:
            where.update({bend: self.layer_of[chain[0]] + i for i, bend in enumerate(chain) if bend.startswith("\0")})
        columns: list[list[str]] = [[] for _ in range(max(where.values(), default=-1) + 1)]
        for key, layer in where.items():
            columns[layer].append(key)
        pairs = [(a, b) for chain in self._chains for a, b in pairwise(chain) if where[a] != where[b]]
        sizes = {key: self._box_height(key) for key in where}
        columns = layers.ordered(columns, pairs)
        middles = layers.heights(columns, pairs, sizes, NODE_GAP)
        top = MARGIN + (HEAD if self.layer_names else 0)
        return {
            key: Box(
                MARGIN + layer * (self.node_width + self.gap),
                top + middles[key] - sizes[key] / 2,
                self.node_width,
                sizes[key],
            )
            for layer, column in enumerate(columns)
            for key in column
        }

    def _box_height(self, key: str) -> float:
        if key.startswith("\0"):
            return 2.0
        kind = next(vertex.kind for vertex in self.vertices if vertex.key == key) if self._has_kinds else ""
        return 2 * PADDING - 4 + LEADING * (len(self._lines[key]) + bool(kind))

    @cached_property
    def _has_kinds(self) -> bool:
        """Whether boxes say what kind of thing they are; not where the name of their layer says it."""
        return not self.layer_names and any(vertex.kind for vertex in self.vertices)

    def _reading_order(self) -> list[Vertex]:
        """Layer by layer and from top to bottom: the order of the Tab key."""
        return sorted(self.vertices, key=lambda vertex: (self.layer_of[vertex.key], self.boxes[vertex.key].y))

    def _heads(self) -> str:
        names = enumerate(self.layer_names)
        return "".join(
            markup.words(
                text.shorten(_capital(name), self.node_width, 13),
                MARGIN + i * (self.node_width + self.gap),
                MARGIN + 10,
                "d-layer",
            )
            for i, name in names
        )

    def _vertex(self, vertex: Vertex) -> str:
        box = self.boxes[vertex.key]
        shape = markup.tone_class("d-box", vertex.tone) + (" d-box--current" if vertex.current else "")
        parts = [markup.element("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=7, class_=shape)]
        baseline = box.y + PADDING + 9
        if vertex.kind and self._has_kinds:
            parts.append(
                markup.words(
                    text.shorten(_capital(vertex.kind), self._inside, 12.5), box.x + self._side, baseline, "d-quiet"
                )
            )
            baseline += LEADING
        weight = "d-name d-strong" if vertex.current else "d-name"
        parts.append(markup.lines(self._lines[vertex.key], box.x + self._side, baseline, LEADING, weight))
        if not vertex.url:
            parts.insert(0, markup.hint(vertex.name))
        return markup.link(markup.element("g", *parts, class_="d-node"), vertex.url)

    def _edge(self, number: int) -> str:
        edge, chain = self.edges[number], self._chains[number]
        path, tip, label_at = _path([self._places[key] for key in chain], backward=chain[0] != edge.start)
        look = "d-edge" + (" d-edge--strong" if edge.strong else "") + (" d-edge--dashed" if edge.dashed else "")
        arrow = "d-arrow d-arrow--strong" if edge.strong else "d-arrow"
        parts = [markup.element("path", d=path, class_=look), markup.element("path", d=tip, class_=arrow)]
        if edge.label:
            parts.append(self._label(edge.label, *label_at))
        return "".join(parts)

    def _label(self, words: str, x: float, y: float) -> str:
        """The words of an edge, in lines that end just above it."""
        shown = text.wrap(words, self.gap - 24, LABEL_SIZE)
        return markup.lines(shown, x, y - LABEL_LEADING * (len(shown) - 1), LABEL_LEADING, "d-edge-label d-middle")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _path(boxes: Sequence[Box], *, backward: bool) -> tuple[str, str, tuple[float, float]]:
    """The curve through the boxes, the arrow head, and where a label goes. All in SVG path language and pixels."""
    first, last = boxes[0], boxes[-1]
    if first.x == last.x:
        return _loop(first, last, backward=backward)
    points = [(first.x + first.width, first.middle)]
    for bend in boxes[1:-1]:
        points += [(bend.x, bend.middle), (bend.x + bend.width, bend.middle)]
    points.append((last.x, last.middle))
    tip_at = points[0] if backward else points[-1]
    if backward:
        points[0] = (points[0][0] + 7, points[0][1])
    else:
        points[-1] = (points[-1][0] - 7, points[-1][1])
    curve = f"M{_at(points[0])}"
    for i, (start, end) in enumerate(pairwise(points)):
        half = (start[0] + end[0]) / 2
        curve += f"C{_at((half, start[1]))} {_at((half, end[1]))} {_at(end)}" if i % 2 == 0 else f"L{_at(end)}"
    start, end = points[0], points[1]
    return curve, _tip(tip_at, -1 if backward else 1), ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 - 5)


def _loop(first: Box, last: Box, *, backward: bool) -> tuple[str, str, tuple[float, float]]:
    """Two boxes in one layer: a bow along their right side."""
    right = first.x + first.width
    out = right + LAYER_GAP * 0.35
    start, end = (last, first) if backward else (first, last)
    curve = f"M{_at((right, start.middle))}C{_at((out, start.middle))} {_at((out, end.middle))}"
    curve += f" {_at((right + 7, end.middle))}"
    return curve, _tip((right, end.middle), -1), (out, (start.middle + end.middle) / 2)


def _tip(point: tuple[float, float], direction: int) -> str:
    x, y = point
    back = x - 8 * direction
    return f"M{_at((x, y))}L{_at((back, y - 4.5))}L{_at((back, y + 4.5))}Z"


def _at(point: tuple[float, float]) -> str:
    return f"{round(point[0], 1):g} {round(point[1], 1):g}"
