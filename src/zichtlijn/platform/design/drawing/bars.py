"""Horizontal bars with, where there is one, the limit or target of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import markup, text
from .twin import Twin

LABEL_WIDTH = 240.0
MOST_LINES = 5
NOTE_WIDTH = 300.0
THICKNESS = 14.0
LEADING = 18.0
ROW_GAP = 16.0
MARGIN = 4.0


@dataclass(frozen=True)
class Bar:
    """One bar. ``value`` None means not known, which is not zero. ``limit`` is a mark, not a bar."""

    label: str
    value: float | None
    limit: float | None = None
    tone: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Bars:
    """Bars on one scale from zero; ``number`` writes a value as text. Raises ValueError for a negative value.

    ``limit_head``: what the marks are called in the table, where they are no limit.
    """

    title: str
    bars: Sequence[Bar]
    unit: str = ""
    limit_name: str = ""
    limit_head: str = ""
    description: str = ""
    number: Callable[[float], str] = "{:g}".format

    def __post_init__(self) -> None:
        if any(value < 0 for bar in self.bars for value in (bar.value, bar.limit) if value is not None):
            raise ValueError("bars start at zero: a negative value cannot be drawn")

    @property
    def longest(self) -> float:
        """The value at the end of the scale."""
        values = [value for bar in self.bars for value in (bar.value, bar.limit) if value is not None]
        return max(values, default=0.0)

    def share(self, value: float) -> float:
        """The share of the scale that stands for ``value``, from 0 to 1."""
        return value / self.longest if self.longest else 0.0

    def svg(self, html_id: str = "bars") -> str:
        """The drawing, as wide as there is room; ``html_id`` must be unique on the page."""
        body: list[str] = []
        y = MARGIN
        for bar in self.bars:
            label = text.wrap(bar.label, LABEL_WIDTH, max_lines=MOST_LINES)
            body.append(self._bar(bar, label, y))
            y += LEADING * (len(label) + bool(bar.note)) + THICKNESS + ROW_GAP
        if self.limit_name and any(bar.limit is not None for bar in self.bars):
            body.append(self._legend(y))
            y += LEADING + 4
        return markup.drawing(
            "".join(body),
            html_id=html_id,
            title=self.title,
            description=self.description,
            size=(None, round(y)),
            interactive=any(bar.url for bar in self.bars),
        )

    def twin(self) -> Twin:
        """Every bar as a row."""
        limits = any(bar.limit is not None for bar in self.bars)
        heads = ("Name", "Value", self.limit_head or "Limit", "Note") if limits else ("Name", "Value", "Note")
        rows = []
        for bar in self.bars:
            limit = (self._said(bar.limit),) if limits else ()
            rows.append((bar.label, self._said(bar.value), *limit, bar.note))
        return Twin(heads, tuple(rows))

    def _said(self, value: float | None) -> str:
        return "–" if value is None else f"{self.number(value)} {self.unit}".strip()

    def _bar(self, bar: Bar, label: list[str], y: float) -> str:
        """The name at the left and the value at the right, above the bar, so that a bar may be as long as the page."""
        said = self._said(bar.value)
        top = y + LEADING * len(label)
        parts = [markup.lines(label, 0, y + 13, LEADING, "d-name")]
        parts.append(markup.words(said, "100%", y + 13, "d-strong d-end"))
        parts.append(_rect(1.0, top, "d-track"))
        if bar.value:
            parts.append(_rect(self.share(bar.value), top, markup.tone_class("d-bar", bar.tone)))
        if bar.limit is not None:
            parts.append(_mark(markup.percent(self.share(bar.limit)), top - 3, THICKNESS + 6))
        if bar.note:
            parts.append(
                markup.words(text.shorten(bar.note, NOTE_WIDTH, 12.5), "100%", top + THICKNESS + 13, "d-quiet d-end")
            )
        return markup.link(markup.element("g", *parts), bar.url)

    def _legend(self, y: float) -> str:
        return _mark(1, y, 14) + markup.words(self.limit_name, 9, y + 12, "d-quiet")


def _rect(share: float, y: float, class_: str) -> str:
    return markup.element("rect", x=0, y=y, width=markup.percent(share), height=THICKNESS, rx=3, class_=class_)


def _mark(x: float | str, y: float, height: float) -> str:
    return markup.element("line", x1=x, x2=x, y1=y, y2=y + height, class_="d-limit")
