"""Horizontal bars with, where there is one, the limit or target of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import markup, text
from .twin import Twin

LABEL_WIDTH = 190.0
TRACK_WIDTH = 400.0
VALUE_WIDTH = 150.0
ROW_GAP = 12.0
THICKNESS = 20.0
LEADING = 18.0
MARGIN = 6.0


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
    """Bars on one scale from zero; ``number`` writes a value as text. Raises ValueError for a negative value."""

    title: str
    bars: Sequence[Bar]
    unit: str = ""
    limit_name: str = ""
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

    def length(self, value: float) -> float:
        """The length in pixels that stands for ``value``."""
        return TRACK_WIDTH * value / self.longest if self.longest else 0.0

    def svg(self, html_id: str = "bars") -> str:
        """The drawing; ``html_id`` must be unique on the page."""
        body, y = [], MARGIN
        for bar in self.bars:
            label = text.wrap(bar.label, LABEL_WIDTH - 16)
            height = max(THICKNESS, LEADING * len(label))
            body.append(self._bar(bar, label, y, height))
            y += height + ROW_GAP
        if self.limit_name and any(bar.limit is not None for bar in self.bars):
            body.append(self._legend(y))
            y += LEADING + 4
        return markup.drawing(
            "".join(body), html_id=html_id, title=self.title, description=self.description, height=round(y),
            width=round(LABEL_WIDTH + TRACK_WIDTH + VALUE_WIDTH), interactive=any(bar.url for bar in self.bars),
        )  # fmt: skip

    def twin(self) -> Twin:
        """Every bar as a row."""
        limits = any(bar.limit is not None for bar in self.bars)
        heads = ("Name", "Value", "Limit", "Note") if limits else ("Name", "Value", "Note")
        rows = []
        for bar in self.bars:
            limit = (self._said(bar.limit),) if limits else ()
            rows.append((bar.label, self._said(bar.value), *limit, bar.note))
        return Twin(heads, tuple(rows))

    def _said(self, value: float | None) -> str:
        return "–" if value is None else f"{self.number(value)} {self.unit}".strip()

    def _bar(self, bar: Bar, label: list[str], y: float, height: float) -> str:
        middle = y + height / 2
        top = middle - THICKNESS / 2
        parts = [markup.lines(label, 0, middle - LEADING * (len(label) - 1) / 2 + 5, LEADING, "d-name")]
        parts.append(_rect(LABEL_WIDTH, top, TRACK_WIDTH, "d-track"))
        length = self.length(bar.value or 0)
        if length:
            parts.append(_rect(LABEL_WIDTH, top, length, markup.tone_class("d-bar", bar.tone)))
        if bar.limit is not None:
            x = LABEL_WIDTH + self.length(bar.limit)
            parts.append(markup.element("path", d=f"M{x:g} {top - 4:g}V{top + THICKNESS + 4:g}", class_="d-limit"))
        said = self._said(bar.value)
        note = text.shorten(bar.note, VALUE_WIDTH - 20 - text.width(said), 12.5) if bar.note else ""
        x = LABEL_WIDTH + TRACK_WIDTH + 12
        parts.append(markup.words(said, x, middle + 5, "d-strong"))
        if note:
            parts.append(markup.words(note, x + text.width(said) + 8, middle + 5, "d-quiet"))
        name = f"{bar.label}: {said}" + (f", {bar.note}" if bar.note else "")
        return markup.link(markup.element("g", *parts), bar.url, name)

    def _legend(self, y: float) -> str:
        mark = markup.element("path", d=f"M{LABEL_WIDTH + 1:g} {y:g}V{y + 16:g}", class_="d-limit")
        return mark + markup.words(self.limit_name, LABEL_WIDTH + 10, y + 13, "d-quiet")


def _rect(x: float, y: float, width: float, class_: str) -> str:
    return markup.element("rect", x=x, y=y, width=width, height=THICKNESS, rx=3, class_=class_)
