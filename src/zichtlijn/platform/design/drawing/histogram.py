"""How often each stretch of values occurs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from . import markup
from .plane import Plane
from .scales import round_scale
from .twin import Twin


@dataclass(frozen=True)
class Bin:
    """``count`` values from ``start`` up to ``end``. Raises ValueError when it has no width or a negative count."""

    start: float
    end: float
    count: float

    def __post_init__(self) -> None:
        if self.end <= self.start or self.count < 0:
            raise ValueError("a bin has a width, and no count below zero")


@dataclass(frozen=True)
class Histogram:
    """Bins beside each other. ``marked`` are values with a name, such as the median."""

    title: str
    bins: Sequence[Bin]
    value_name: str
    count_name: str
    marked: Sequence[tuple[float, str]] = field(default_factory=tuple)
    description: str = ""
    number: Callable[[float], str] = "{:g}".format
    count: Callable[[float], str] = "{:g}".format

    @property
    def _plane(self) -> Plane:
        edges = [edge for each in self.bins for edge in (each.start, each.end)]
        least = min(edges, default=0.0)
        return Plane(
            round_scale(edges, self.number, least=least),
            round_scale([each.count for each in self.bins], self.count),
            self.value_name,
            self.count_name,
        )

    def svg(self, html_id: str = "histogram") -> str:
        """The drawing, as wide as there is room; ``html_id`` must be unique on the page."""
        ground = self._plane
        body = ground.ground() + "".join(self._bar(ground, each) for each in self.bins)
        for number, (value, words) in enumerate(self.marked):
            body += ground.upright(value, "d-limit d-limit--dashed", f"{words}: {self.number(value)}", number)
        return markup.drawing(
            body,
            html_id=html_id,
            title=self.title,
            description=self.description,
            size=(None, ground.full_height),
            interactive=False,
        )

    def _bar(self, ground: Plane, each: Bin) -> str:
        left, right = ground.across(each.start), ground.across(each.end)
        top = ground.down(each.count)
        size = {"width": markup.percent(right - left), "height": ground.down(0) - top}
        said = markup.hint(f"{self._between(each)}: {self.count(each.count)}")
        return markup.element("rect", said, x=markup.percent(left), y=top, **size, class_="d-bar d-bar--joined")

    def _between(self, each: Bin) -> str:
        return f"{self.number(each.start)} – {self.number(each.end)}"

    def twin(self) -> Twin:
        """Every bin as a row, then what is marked."""
        rows = [(self._between(each), self.count(each.count)) for each in self.bins]
        rows += [(words, self.number(value)) for value, words in self.marked]
        return Twin((self.value_name, self.count_name), tuple(rows))
