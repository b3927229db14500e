"""The ground of a chart with two axes: its lines and words, and where a point comes to stand.

A chart is as wide as there is room. Places along it are therefore shares of the width; heights are pixels. Curves stand
in a picture inside the picture that stretches while its lines keep their thickness.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from . import markup
from .scales import Scale

START, END = 0.09, 0.985
"""The shares of the width between which values stand; the room before it is for the words of the marks."""
TOP = 26.0
HEIGHT = 240.0
FOOT = 24.0
LEADING = 20.0
NOMINAL_WIDTH = 1000
SAMPLE = 26.0
PATTERNS = 5
"""As many series look different, by pattern and by colour."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Plane:
    """Two axes with their names."""

    x: Scale
    y: Scale
    x_name: str
    y_name: str
    height: float = HEIGHT
    legend: Sequence[tuple[str, str]] = field(default_factory=tuple)
    """Pairs of markup for a sample of ``SAMPLE`` by ``LEADING`` pixels and its words, under each other."""

    @property
    def full_height(self) -> float:
        """The height of the drawing in pixels."""
        return TOP + self.height + FOOT + LEADING + len(self.legend) * LEADING + 4

    def across(self, value: float) -> float:
        """The share of the width at which an x stands."""
        return START + (END - START) * self.x.share(value)

    def down(self, value: float) -> float:
        """The pixel at which a y stands."""
        return TOP + self.height * (1 - self.y.share(value))

    def ground(self) -> str:
        """Lines and words of both axes, and the legend."""
        return self._rows() + self._columns() + self._names() + self._legend()

    def curves(self, *paths: str) -> str:
        """Paths made by ``line``, ``steps`` or ``band``, in their stretching picture."""
        frame = {"viewBox": f"0 0 {NOMINAL_WIDTH} {self.full_height:g}", "preserveAspectRatio": "none"}
        size = {"x": 0, "y": 0, "width": "100%", "height": self.full_height}
        return markup.element("svg", *paths, **frame, **size)

    def line(self, points: Iterable[Point | None], look: str) -> str:
        """Straight lines from point to point; None is a gap."""
        return _path(_joined(self._places(points)), look)

    def steps(self, points: Sequence[Point], look: str) -> str:
        """A value holds until the next point."""
        return _path(_joined(self._places(_stepped(points))), look)

    def band(self, low: Sequence[Point], high: Sequence[Point], look: str, *, stepped: bool = False) -> str:
        """The ground between two lines."""
        if not low or not high:
            return ""
        lower, upper = (_stepped(low), _stepped(high)) if stepped else (low, high)
        return _path(_joined(self._places([*upper, *reversed(lower)])) + "Z", look)

    def upright(self, value: float, look: str, words: str = "", row: int = 0) -> str:
        """A line over the whole height at an x, with its words at its top."""
        x = self.across(value)
        line = markup.element(
            "line", x1=markup.percent(x), x2=markup.percent(x), y1=TOP, y2=TOP + self.height, class_=look
        )
        if not words:
            return line
        after = x < 0.6
        place = markup.element(
            "svg",
            markup.words(words, 5 if after else -5, TOP + 12 + row * 16, "d-edge-label" + ("" if after else " d-end")),
            x=markup.percent(x),
            y=0,
            width=1,
            height=TOP,
            overflow="visible",
        )
        return line + place

    def level(self, value: float, look: str) -> str:
        """A line over the whole width at a y."""
        y = self.down(value)
        return markup.element("line", x1=markup.percent(START), x2=markup.percent(END), y1=y, y2=y, class_=look)

    def _places(self, points: Iterable[Point | None]) -> list[Point | None]:
        return [point and (NOMINAL_WIDTH * self.across(point[0]), self.down(point[1])) for point in points]

    def _rows(self) -> str:
        parts = []
        for mark in self.y.marks:
            parts.append(self.level(mark.value, "d-axis" if mark.value == self.y.low else "d-grid"))
            parts.append(markup.words(mark.words, 0, self.down(mark.value) + 4, "d-edge-label"))
        return "".join(parts)

    def _columns(self) -> str:
        bottom = TOP + self.height
        parts = []
        for mark in self.x.marks:
            x = markup.percent(self.across(mark.value))
            side = " d-end" if self.x.share(mark.value) > 0.97 else " d-middle"
            parts.append(markup.element("line", x1=x, x2=x, y1=bottom, y2=bottom + 5, class_="d-axis"))
            parts.append(markup.words(mark.words, x, bottom + 19, "d-quiet" + side))
        return "".join(parts)

    def _names(self) -> str:
        across = markup.words(self.x_name, markup.percent(END), TOP + self.height + FOOT + 14, "d-quiet d-end")
        return markup.words(self.y_name, 0, 12, "d-quiet") + across

    def _legend(self) -> str:
        top = TOP + self.height + FOOT + LEADING
        parts = []
        for number, (sample, said) in enumerate(self.legend):
            y = top + number * LEADING
            parts.append(markup.element("svg", sample, x=0, y=y, width=SAMPLE, height=LEADING))
            parts.append(markup.words(said, SAMPLE + 8, y + 14, "d-name"))
        return "".join(parts)


def line_sample(look: str) -> str:
    """A short stretch of a line, for a legend."""
    return markup.element("line", x1=1, x2=SAMPLE - 1, y1=LEADING / 2, y2=LEADING / 2, class_=look)


def ground_sample(look: str) -> str:
    """A small block of ground, for a legend."""
    return markup.element("rect", x=1, y=4, width=SAMPLE - 2, height=LEADING - 8, class_=look)


def dot_sample(look: str) -> str:
    """A dot, for a legend."""
    return markup.element("circle", cx=SAMPLE / 2, cy=LEADING / 2, r=4.5, class_=look)


def series_look(base: str, number: int) -> str:
    """The look of the ``number``-th series, from 0; after ``PATTERNS`` they return."""
    return f"{base} {base}--{number % PATTERNS + 1}"


def _stepped(points: Sequence[Point]) -> list[Point]:
    stepped: list[Point] = []
    for x, y in points:
        if stepped:
            stepped.append((x, stepped[-1][1]))
        stepped.append((x, y))
    return stepped


def _joined(places: Iterable[Point | None]) -> str:
    """The path language for lines through the places."""
    parts, pen_down = [], False
    for place in places:
        if place is not None:
            parts.append(f"{'L' if pen_down else 'M'}{place[0]:.1f} {place[1]:.1f}")
        pen_down = place is not None
    return "".join(parts)


def _path(d: str, look: str) -> str:
    return markup.element("path", d=d, class_=look, vector_effect="non-scaling-stroke") if d else ""
