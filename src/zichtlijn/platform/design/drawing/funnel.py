"""Values of units of different size held against one line, with the limits that chance alone would keep to.

Funnel plot: Spiegelhalter 2005, Statistics in Medicine 24, 1185-1202.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import markup, plane, text
from .plane import LEADING, SAMPLE, Plane
from .scales import Scale, round_scale
from .twin import Twin

RADIUS = 4.5
LABEL_WIDTH = 150.0


@dataclass(frozen=True)
class Dot:
    """A unit: how many cases it has and its value. ``outside`` gets its name in the drawing and another shape."""

    label: str
    size: float
    value: float
    outside: bool = False
    verdict: str = ""
    url: str = ""


@dataclass(frozen=True)
class Limits:
    """A pair of limits at a row of sizes. ``adjusted``: widened for differences that are always there."""

    label: str
    sizes: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    adjusted: bool = False

    def __post_init__(self) -> None:
        if not len(self.sizes) == len(self.low) == len(self.high):
            raise ValueError("limits have two values for every size")


@dataclass(frozen=True)
class Funnel:
    """Dots around ``centre``. ``lowest`` and ``highest`` bound what is possible, such as 0 and 1 for a share."""

    title: str
    dots: Sequence[Dot]
    centre: float
    limits: Sequence[Limits]
    size_name: str
    value_name: str
    centre_name: str
    inside_name: str = ""
    outside_name: str = ""
    lowest: float | None = 0.0
    highest: float | None = None
    description: str = ""
    number: Callable[[float], str] = "{:g}".format
    value: Callable[[float], str] = "{:g}".format

    @property
    def _plane(self) -> Plane:
        sizes = [dot.size for dot in self.dots]
        across = round_scale(sizes, self.number)
        seen = [dot.value for dot in self.dots] + [self.centre]
        # Limits run far out at small sizes: the axis follows the dots, with some room, not the limits.
        room = 0.15 * (max(seen) - min(seen))
        low, high = self._bounded(min(seen) - room), self._bounded(max(seen) + room)
        return Plane(
            across,
            round_scale((low, high), self.value, least=None),
            self.size_name,
            self.value_name,
            legend=tuple(self._legend()),
        )

    def _bounded(self, value: float) -> float:
        floor = value if self.lowest is None else max(self.lowest, value)
        return floor if self.highest is None else min(self.highest, floor)

    def _legend(self) -> list[tuple[str, str]]:
        found = [(plane.line_sample("d-centre"), f"{self.centre_name}: {self.value(self.centre)}")]
        found += [(plane.line_sample(_look(limits)), limits.label) for limits in self.limits]
        if self.inside_name and any(not dot.outside for dot in self.dots):
            found.append((plane.dot_sample("d-dot"), self.inside_name))
        if self.outside_name and any(dot.outside for dot in self.dots):
            found.append((_diamond(SAMPLE / 2, LEADING / 2), self.outside_name))
        return found

    def svg(self, html_id: str = "funnel") -> str:
        """The drawing, as wide as there is room; ``html_id`` must be unique on the page."""
        ground = self._plane
        paths = [
            ground.line(_inside(ground.x, ground.y, limits.sizes, side), _look(limits))
            for limits in self.limits
            for side in (limits.low, limits.high)
        ]
        dots = sorted(self.dots, key=lambda dot: dot.outside)
        body = ground.ground() + ground.level(self.centre, "d-centre") + ground.curves(*paths)
        return markup.drawing(
            body + "".join(self._dot(ground, dot) for dot in dots),
            html_id=html_id,
            title=self.title,
            description=self.description,
            size=(None, ground.full_height),
            interactive=any(dot.url for dot in self.dots),
        )

    def _dot(self, ground: Plane, dot: Dot) -> str:
        x, y = ground.across(dot.size), ground.down(dot.value)
        shape = _diamond(0, y) if dot.outside else markup.element("circle", cx=0, cy=y, r=RADIUS, class_="d-dot")
        said = f"{dot.label}: {self.value(dot.value)}, {self.number(dot.size)}" + (
            f". {dot.verdict}" if dot.verdict else ""
        )
        after = x < 0.7
        words = text.shorten(dot.label, LABEL_WIDTH, 12.5) if dot.outside else ""
        name = markup.words(words, 9 if after else -9, y + 4, "d-edge-label d-name" + ("" if after else " d-end"))
        parts = ("" if dot.url else markup.hint(said), shape, name if words else "")
        place = {"x": markup.percent(x), "y": 0, "width": 1, "height": 1, "overflow": "visible"}
        return markup.element("svg", markup.link(markup.element("g", *parts, class_="d-node"), dot.url, said), **place)

    def twin(self) -> Twin:
        """Every dot as a row, then the limits."""
        rows = [(dot.label, self.number(dot.size), self.value(dot.value), dot.verdict) for dot in self.dots]
        rows.append((self.centre_name, "–", self.value(self.centre), ""))
        for limits in self.limits:
            for size, low, high in zip(limits.sizes, limits.low, limits.high, strict=True):
                rows.append((limits.label, self.number(size), f"{self.value(low)} – {self.value(high)}", ""))
        return Twin(("Name", self.size_name, self.value_name, "Verdict"), tuple(rows))


def _look(limits: Limits) -> str:
    return "d-limits d-limits--adjusted" if limits.adjusted else "d-limits"


def _diamond(x: float, y: float) -> str:
    r = RADIUS + 2
    points = f"{x:g},{y - r:.1f} {x + r:g},{y:.1f} {x:g},{y + r:.1f} {x - r:g},{y:.1f}"
    return markup.element("polygon", points=points, class_="d-dot d-dot--outside")


def _inside(
    across: Scale, down: Scale, sizes: Sequence[float], side: Sequence[float]
) -> list[tuple[float, float] | None]:
    """The part of a limit that is in the picture."""
    return [
        (size, value) if across.low <= size <= across.high and down.low <= value <= down.high else None
        for size, value in zip(sizes, side, strict=True)
    ]
