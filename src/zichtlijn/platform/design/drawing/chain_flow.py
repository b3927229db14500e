"""A chain: its organisations (or steps) as boxes, and what goes from one to another.

The thickness of a flow says how many, its colour how long it takes; both also stand beside it in words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from . import markup, text
from .flow_layout import BOX_WIDTH, Layout, main_way
from .twin import Twin

PADDING = 10.0
LEADING = 17.0
MARGIN = 6.0
LABEL_SIZE = 12.5
MOST_LINES = 4
THINNEST, THICKEST = 1.5, 9.0
STEPS = 5
"""As many steps of time as a flow can have colours."""
LEGEND_WIDTH = 560.0


@dataclass(frozen=True)
class Station:
    """An organisation or step. ``lines`` are quiet words under its name."""

    key: str
    label: str
    lines: tuple[str, ...] = ()
    url: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class Flow:
    """``number`` went from ``start`` to ``end``; ``time`` is None where it is not known."""

    start: str
    end: str
    number: float
    time: float | None = None
    url: str = ""


@dataclass(frozen=True)
class ChainFlow:
    """Stations and flows. ``bounds`` are the times at which the next colour begins, at most ``STEPS`` - 1 of them.

    Raises ValueError for a flow to an unknown station or to itself, for stations with the same key, and for too many
    bounds. ``rest`` says what is left out of the drawing.
    """

    title: str
    stations: Sequence[Station]
    flows: Sequence[Flow]
    number_name: str
    time_name: str
    bounds: Sequence[float] = field(default_factory=tuple)
    bound_words: Sequence[str] = field(default_factory=tuple)
    first: str | None = None
    rest: str = ""
    description: str = ""
    number: Callable[[float], str] = "{:g}".format
    time: Callable[[float], str] = "{:g}".format
    brief_time: Callable[[float], str] | None = None
    """Writes a time beside a flow, where there is little room."""

    def __post_init__(self) -> None:
        keys = {station.key for station in self.stations}
        if len(keys) != len(self.stations):
            raise ValueError("two stations have the same key")
        if len(self.bounds) >= STEPS or len(self.bound_words) != (len(self.bounds) + 1 if self.bounds else 0):
            raise ValueError("every step of time has its words, and there are not more than there are colours")
        for flow in self.flows:
            if flow.start not in keys or flow.end not in keys or flow.start == flow.end:
                raise ValueError(f"the flow from {flow.start!r} to {flow.end!r} does not join two known stations")

    def step(self, time: float | None) -> int:
        """The colour of a time, from 1; 0 when it is not known."""
        return 0 if time is None else 1 + sum(time >= bound for bound in self.bounds)

    def thickness(self, number: float) -> float:
        """In pixels: the area grows with the number, and the least can still be seen."""
        most = max((flow.number for flow in self.flows), default=0.0)
        share = max(number, 0.0) / most if most else 0.0
        return THINNEST + (THICKEST - THINNEST) * math.sqrt(share)

    @cached_property
    def _words(self) -> list[str]:
        brief = self.brief_time or self.time
        return [
            self.number(flow.number) + (f" · {brief(flow.time)}" if flow.time is not None else "")
            for flow in self.flows
        ]

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        inside = BOX_WIDTH - 2 * PADDING
        return {each.key: text.wrap(each.label, inside, max_lines=MOST_LINES) for each in self.stations}

    @cached_property
    def layout(self) -> Layout:
        """Where everything stands, from the margin on."""
        weights: dict[tuple[str, str], float] = {}
        for flow in self.flows:
            weights[flow.start, flow.end] = weights.get((flow.start, flow.end), 0.0) + flow.number
        layer_of = main_way([station.key for station in self.stations], weights, self.first)
        least = {
            each.key: 2 * PADDING + LEADING * (len(self._names[each.key]) + len(each.lines)) for each in self.stations
        }
        widest = max((text.width(words, LABEL_SIZE) for words in self._words), default=0.0)
        return Layout(layer_of, [(flow.start, flow.end) for flow in self.flows], least, widest + 20)

    def svg(self, html_id: str = "chain") -> str:
        """The drawing; ``html_id`` must be unique on the page."""
        legend, legend_height = self._legend(MARGIN * 2 + self.layout.height)
        order = sorted(range(len(self.flows)), key=lambda number: -self.flows[number].number)
        body = [self._curve(number) for number in order] + [self._label(number) for number in order]
        body += [self._station(station) for station in self._reading_order()]
        return markup.drawing(
            "".join(body) + legend,
            html_id=html_id,
            title=self.title,
            description=self.description,
            size=(
                round(max(self.layout.width + 2 * MARGIN, LEGEND_WIDTH)),
                round(MARGIN * 2 + self.layout.height + legend_height),
            ),
            interactive=any(station.url for station in self.stations) or any(flow.url for flow in self.flows),
        )

    def twin(self) -> Twin:
        """Every flow as a row; stations without flows get a row of their own."""
        named: Mapping[str, str] = {each.key: each.label for each in self.stations}
        rows = [(named[flow.start], named[flow.end], self.number(flow.number), self._time(flow)) for flow in self.flows]
        joined = {key for flow in self.flows for key in (flow.start, flow.end)}
        rows += [(each.label, "", "", "") for each in self.stations if each.key not in joined]
        if self.rest:
            rows.append((self.rest, "", "", ""))
        return Twin(("From", "To", self.number_name, self.time_name), tuple(rows))

    def _time(self, flow: Flow) -> str:
        return "–" if flow.time is None else self.time(flow.time)

    def _reading_order(self) -> list[Station]:
        """Layer by layer and from top to bottom: the order of the Tab key."""
        layer_of, places = self.layout.layer_of, self.layout.places
        return sorted(self.stations, key=lambda each: (layer_of[each.key], places[each.key].y))

    def _station(self, station: Station) -> str:
        place = self.layout.places[station.key]
        x, y = place.x + MARGIN, place.y + MARGIN
        shape = markup.tone_class("d-box", station.tone)
        names = self._names[station.key]
        words_height = LEADING * (len(names) + len(station.lines))
        baseline = y + (place.height - words_height) / 2 + 13
        parts = [
            markup.element("rect", x=x, y=y, width=place.width, height=place.height, rx=7, class_=shape),
            markup.lines(names, x + PADDING, baseline, LEADING, "d-name d-strong"),
            markup.lines(station.lines, x + PADDING, baseline + LEADING * len(names), LEADING, "d-quiet"),
        ]
        if not station.url:
            parts.insert(0, markup.hint(station.label))
        return markup.link(markup.element("g", *parts, class_="d-node"), station.url)

    def _curve(self, number: int) -> str:
        flow = self.flows[number]
        points, heading = self._points(number)
        tip = points[-1]
        thickness = self.thickness(flow.number)
        back = 4 + thickness * 0.9
        points[-1] = (tip[0] - heading * back, tip[1])
        if self.layout.layer_of[flow.start] != self.layout.layer_of[flow.end]:
            # Flat under its words, so that it does not run through them.
            points.insert(-1, (tip[0] - heading * self.layout.label_width, tip[1]))
        step = self.step(flow.time)
        half = 3 + thickness * 0.75
        arrow = f"M{_at(tip)}L{_at((points[-1][0], tip[1] - half))}L{_at((points[-1][0], tip[1] + half))}Z"
        curve = markup.element("path", d=_curved(points), class_=f"d-flow d-flow--{step}", stroke_width=thickness)
        return curve + markup.element("path", d=arrow, class_=f"d-tip d-tip--{step}")

    def _label(self, number: int) -> str:
        flow = self.flows[number]
        points, heading = self._points(number)
        x, y = points[-1]
        thickness = self.thickness(flow.number)
        side = " d-end" if heading > 0 else ""
        along, up = x - heading * (10 + thickness), y - 3 - thickness / 2
        words = markup.words(self._words[number], along, up, "d-edge-label d-name" + side)
        named = {each.key: each.label for each in self.stations}
        said = f"{named[flow.start]} → {named[flow.end]}: {self._words[number]}"
        return markup.link(words, flow.url, said)

    def _points(self, number: int) -> tuple[list[tuple[float, float]], int]:
        """The places along a flow from where it leaves to where it arrives, and the direction in which it arrives."""
        layout = self.layout
        (start, leaves), (end, arrives) = layout.ends(number)
        chain = layout.chains[number]
        inner = chain[1:-1] if chain[0] == self.flows[number].start else chain[-2:0:-1]
        first, last = layout.places[start], layout.places[end]
        points = [(first.right if leaves else first.x, layout.ports[number, 0])]
        for bend in inner:
            place = layout.places[bend]
            sides = (place.x, place.right) if leaves else (place.right, place.x)
            points += [(side, place.y + place.height / 2) for side in sides]
        points.append((last.right if arrives else last.x, layout.ports[number, 1]))
        return [(x + MARGIN, y + MARGIN) for x, y in points], -1 if arrives else 1

    def _legend(self, top: float) -> tuple[str, float]:
        """What thickness and colour mean, and what is left out, under the chain; and its height."""
        parts, y = [], top + LEADING
        for words, step in zip(self.bound_words, range(1, STEPS + 1), strict=False):
            line = {"x1": MARGIN, "x2": MARGIN + 34, "y1": y - 4, "y2": y - 4}
            parts.append(markup.element("line", **line, class_=f"d-flow d-flow--{step}", stroke_width=5))
            parts.append(markup.words(f"{self.time_name}: {words}", MARGIN + 44, y, "d-quiet"))
            y += LEADING
        numbers = [flow.number for flow in self.flows]
        if numbers:
            for number in sorted({min(numbers), max(numbers)}):
                line = {"x1": MARGIN, "x2": MARGIN + 34, "y1": y - 4, "y2": y - 4}
                parts.append(markup.element("line", **line, class_="d-flow", stroke_width=self.thickness(number)))
                parts.append(markup.words(f"{self.number_name}: {self.number(number)}", MARGIN + 44, y, "d-quiet"))
                y += LEADING
        for line_of_rest in text.wrap(self.rest, LEGEND_WIDTH - 2 * MARGIN, LABEL_SIZE) if self.rest else []:
            parts.append(markup.words(line_of_rest, MARGIN, y, "d-quiet"))
            y += LEADING
        return "".join(parts), y - top


def _curved(points: Sequence[tuple[float, float]]) -> str:
    """Bows between boxes and straight lines along bends; two boxes in one layer are joined by a bow beside them."""
    curve = f"M{_at(points[0])}"
    for i, (start, end) in enumerate(pairwise(points)):
        if i % 2:
            curve += f"L{_at(end)}"
        elif len(points) == 2 and abs(start[0] - end[0]) < BOX_WIDTH / 2:
            out = max(start[0], end[0]) + 44
            curve += f"C{_at((out, start[1]))} {_at((out, end[1]))} {_at(end)}"
        else:
            half = (start[0] + end[0]) / 2
            curve += f"C{_at((half, start[1]))} {_at((half, end[1]))} {_at(end)}"
    return curve


def _at(point: tuple[float, float]) -> str:
    return f"{round(point[0], 1):g} {round(point[1], 1):g}"
