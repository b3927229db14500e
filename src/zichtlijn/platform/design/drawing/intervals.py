"""A value per row as a dot, with the interval in which it probably lies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import markup, text
from .scales import Scale, round_scale
from .twin import Twin

LABEL_WIDTH = 300.0
LEADING = 18.0
ROW = 44.0
FOOT = 44.0
START, END = 0.01, 0.985


@dataclass(frozen=True)
class Interval:
    """``value`` between ``low`` and ``high``. Raises ValueError when it is not."""

    label: str
    value: float
    low: float
    high: float
    tone: str = ""
    note: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError("a value lies in its interval")


@dataclass(frozen=True)
class Intervals:
    """Intervals under each other on one axis, with a reference line through all of them where there is one."""

    title: str
    intervals: Sequence[Interval]
    value_name: str
    interval_name: str
    reference: float | None = None
    reference_name: str = ""
    lowest: float | None = 0.0
    description: str = ""
    number: Callable[[float], str] = "{:g}".format

    @property
    def _scale(self) -> Scale:
        values = [value for each in self.intervals for value in (each.low, each.high)]
        values += [self.reference] if self.reference is not None else []
        return round_scale(values, self.number, least=self.lowest)

    @property
    def height(self) -> float:
        """The height of the drawing in pixels."""
        return ROW * len(self.intervals) + FOOT + (LEADING if self.reference_name else 0)

    def svg(self, html_id: str = "intervals") -> str:
        """The drawing, as wide as there is room; ``html_id`` must be unique on the page."""
        scale = self._scale
        rows = "".join(self._row(scale, each, i * ROW) for i, each in enumerate(self.intervals))
        return markup.drawing(
            self._ground(scale) + rows,
            html_id=html_id,
            title=self.title,
            description=self.description,
            size=(None, self.height),
            interactive=any(each.url for each in self.intervals),
        )

    def _ground(self, scale: Scale) -> str:
        bottom = ROW * len(self.intervals)
        parts = []
        for mark in scale.marks:
            x = _across(scale, mark.value)
            share = scale.share(mark.value)
            side = "" if share < 0.03 else " d-end" if share > 0.97 else " d-middle"
            parts.append(markup.element("line", x1=x, x2=x, y1=0, y2=bottom, class_="d-grid"))
            parts.append(markup.words(mark.words, x, bottom + 17, "d-quiet" + side))
        parts.append(markup.words(self.value_name, markup.percent(END), bottom + 35, "d-quiet d-end"))
        if self.reference is not None:
            x = _across(scale, self.reference)
            parts.append(markup.element("line", x1=x, x2=x, y1=0, y2=bottom, class_="d-centre"))
            sample = markup.element("line", x1=1, x2=25, y1=bottom + 48, y2=bottom + 48, class_="d-centre")
            parts.append(sample + markup.words(self._reference_words, 34, bottom + 52, "d-name"))
        return "".join(parts)

    @property
    def _reference_words(self) -> str:
        return f"{self.reference_name}: {self.number(self.reference or 0.0)}"

    def _row(self, scale: Scale, each: Interval, top: float) -> str:
        low, middle, high = (_across(scale, value) for value in (each.low, each.value, each.high))
        y = top + LEADING + 12
        look = markup.tone_class("d-whisker", each.tone)
        said = f"{self.number(each.value)} ({self._between(each)})"
        parts = [
            markup.words(text.shorten(each.label, LABEL_WIDTH), 0, top + 14, "d-edge-label d-name"),
            markup.words(said, "100%", top + 14, "d-edge-label d-end"),
            markup.element("line", x1=low, x2=high, y1=y, y2=y, class_=look),
            *(markup.element("line", x1=end, x2=end, y1=y - 4, y2=y + 4, class_=look) for end in (low, high)),
            markup.element("circle", cx=middle, cy=y, r=5, class_=markup.tone_class("d-dot", each.tone)),
        ]
        hint = markup.hint(f"{each.label}: {said}. {each.note}".strip()) if not each.url else ""
        return markup.link(markup.element("g", hint, *parts, class_="d-node"), each.url)

    def _between(self, each: Interval) -> str:
        return f"{self.number(each.low)} – {self.number(each.high)}"

    def twin(self) -> Twin:
        """Every interval as a row."""
        rows = [(each.label, self.number(each.value), self._between(each), each.note) for each in self.intervals]
        if self.reference is not None:
            rows.append((self.reference_name, self.number(self.reference), "", ""))
        return Twin(("Name", self.value_name, self.interval_name, "Note"), tuple(rows))


def _across(scale: Scale, value: float) -> str:
    return markup.percent(START + (END - START) * scale.share(value))
