"""Bars over time: who or what held from one day until another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from . import markup, text
from .twin import Twin

LABEL_WIDTH = 180.0
TRACK_WIDTH = 580.0
LANE = 26.0
ROW_GAP = 12.0
HEAD = 28.0
LEADING = 18.0


@dataclass(frozen=True)
class Period:
    """``label`` held on the line ``row`` from ``start`` until before ``end``; without ``end`` it still holds."""

    row: str
    label: str
    start: date
    end: date | None = None
    tone: str = "accent"
    url: str = ""


@dataclass(frozen=True)
class Periods:
    """Periods on one axis of days. Raises ValueError for a period that ends before it starts."""

    title: str
    periods: Sequence[Period]
    today: date | None = None
    description: str = ""
    show_date: Callable[[date], str] = date.isoformat

    def __post_init__(self) -> None:
        if any(period.end is not None and period.end <= period.start for period in self.periods):
            raise ValueError("a period ends after it starts")

    @cached_property
    def first_day(self) -> date:
        """The first day of the axis: 1 January of the earliest year."""
        days = [period.start for period in self.periods] + ([self.today] if self.today else [])
        return min(days, default=date(2000, 1, 1)).replace(month=1, day=1)

    @cached_property
    def last_day(self) -> date:
        """The last day of the axis: 1 January after everything; open periods run up to it."""
        days = [period.end or period.start for period in self.periods] + ([self.today] if self.today else [])
        latest = max(days, default=date(2000, 12, 31))
        return date(latest.year + 1, 1, 1) if latest != latest.replace(month=1, day=1) or self._open else latest

    @property
    def _open(self) -> bool:
        return any(period.end is None for period in self.periods)

    def x(self, day: date) -> float:
        """Where a day stands, in pixels from the left."""
        share = (day - self.first_day) / max(self.last_day - self.first_day, timedelta(days=1))
        return LABEL_WIDTH + TRACK_WIDTH * share

    @cached_property
    def lanes(self) -> dict[str, list[list[Period]]]:
        """Per row the lanes it needs: periods that overlap stand under each other."""
        rows: dict[str, list[list[Period]]] = {}
        for period in sorted(self.periods, key=lambda period: (period.start, period.end or date.max)):
            lanes = rows.setdefault(period.row, [])
            free = next((lane for lane in lanes if lane[-1].end is not None and lane[-1].end <= period.start), None)
            if free is None:
                lanes.append([period])
            else:
                free.append(period)
        order = dict.fromkeys(period.row for period in self.periods)
        return {row: rows[row] for row in order}

    def svg(self, html_id: str = "periods") -> str:
        """The drawing; ``html_id`` must be unique on the page."""
        body, y = [], HEAD
        for row, lanes in self.lanes.items():
            label = text.wrap(row, LABEL_WIDTH - 16)
            body.append(markup.lines(label, 0, y + 18, LEADING, "d-name"))
            for i, lane in enumerate(lanes):
                body += [self._period(period, y + i * LANE) for period in lane]
            y += max(LANE * len(lanes), LEADING * len(label)) + ROW_GAP
        return markup.drawing(
            self._axis(y) + "".join(body) + self._today_line(y), html_id=html_id, title=self.title, height=round(y),
            description=self.description, width=round(LABEL_WIDTH + TRACK_WIDTH + 12),
            interactive=any(period.url for period in self.periods),
        )  # fmt: skip

    def twin(self) -> Twin:
        """Every period as a row."""
        rows = tuple((p.row, p.label, self.show_date(p.start), self._until(p)) for p in self.periods)
        return Twin(("Name", "What", "From", "Until"), rows)

    def _until(self, period: Period) -> str:
        return "–" if period.end is None else self.show_date(period.end)

    def _period(self, period: Period, y: float) -> str:
        left, right = self.x(period.start), self.x(period.end or self.last_day)
        wide = max(3.0, right - left - 2)
        said = f"{period.row}: {period.label}, {self.show_date(period.start)} – {self._until(period)}"
        parts = [] if period.url else [markup.hint(said)]
        shape = markup.tone_class("d-box", period.tone)
        parts.append(markup.element("rect", x=left + 1, y=y + 1, width=wide, height=LANE - 4, rx=4, class_=shape))
        words = text.shorten(period.label, wide - 14)
        if words:
            parts.append(markup.words(words, left + 8, y + 17, "d-name"))
        return markup.link(markup.element("g", *parts), period.url, said)

    def _axis(self, bottom: float) -> str:
        """A line at every year, or at every second, fifth … year when they would stand too close."""
        years = range(self.first_day.year, self.last_day.year + 1)
        step = next((s for s in (1, 2, 5, 10, 20, 50) if TRACK_WIDTH / max(1, len(years) / s) >= 48), 100)
        parts = []
        for year in years[::step]:
            x = self.x(date(year, 1, 1))
            parts.append(markup.element("path", d=f"M{x:.1f} {HEAD - 6:g}V{bottom:g}", class_="d-grid"))
            parts.append(markup.words(str(year), x + 3, HEAD - 12, "d-quiet"))
        return "".join(parts)

    def _today_line(self, bottom: float) -> str:
        if self.today is None:
            return ""
        return markup.element("path", d=f"M{self.x(self.today):.1f} {HEAD - 6:g}V{bottom:g}", class_="d-today")
