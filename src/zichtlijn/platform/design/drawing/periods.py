"""Bars over time: who or what held from one day until another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from . import markup, text
from .twin import Twin

NOMINAL_WIDTH = 640.0
LEAST_WIDTH = 24.0  # of a bar with words in it; words that are longer than their bar are cut off at its end
MOST_YEARS = 8
LANE = 26.0
ROW_GAP = 14.0
HEAD = 26.0
LEADING = 20.0


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

    def share(self, day: date) -> float:
        """Where a day stands on the axis, from 0 to 1."""
        return (day - self.first_day) / max(self.last_day - self.first_day, timedelta(days=1))

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
        """The drawing, as wide as there is room; ``html_id`` must be unique on the page."""
        body: list[str] = []
        y = HEAD
        for row, lanes in self.lanes.items():
            body.append(markup.words(text.shorten(row, NOMINAL_WIDTH), 0, y + 14, "d-row"))
            y += LEADING
            for i, lane in enumerate(lanes):
                body += [self._period(period, y + i * LANE) for period in lane]
            y += LANE * len(lanes) + ROW_GAP
        return markup.drawing(
            self._axis(y) + "".join(body) + self._today_line(y),
            html_id=html_id,
            title=self.title,
            description=self.description,
            size=(None, round(y)),
            interactive=any(period.url for period in self.periods),
        )

    def twin(self) -> Twin:
        """Every period as a row."""
        rows = tuple((p.row, p.label, self.show_date(p.start), self._until(p)) for p in self.periods)
        return Twin(("Name", "What", "From", "Until"), rows)

    def _until(self, period: Period) -> str:
        return "–" if period.end is None else self.show_date(period.end)

    def _period(self, period: Period, y: float) -> str:
        start, end = self.share(period.start), self.share(period.end or self.last_day)
        said = f"{period.row} {period.label} {self.show_date(period.start)} – {self._until(period)}"
        place = {"x": markup.percent(start), "y": y, "width": markup.percent(end - start), "height": LANE - 2}
        shape = markup.tone_class("d-box d-box--line", period.tone)
        box = markup.element("rect", x=1, y=1, width="100%", height=LANE - 4, rx=4, class_=shape)
        words = period.label if (end - start) * NOMINAL_WIDTH > LEAST_WIDTH else ""
        inside = markup.element("svg", box + (markup.words(words, 8, 16, "d-name") if words else ""), **place)
        hint = "" if period.url else markup.hint(said)
        return markup.link(markup.element("g", hint, inside), period.url, said)

    def _axis(self, bottom: float) -> str:
        """A line at every year, or at every second, fifth … year when there are many."""
        years = range(self.first_day.year, self.last_day.year)
        step = next((s for s in (1, 2, 5, 10, 20, 50) if len(years) <= MOST_YEARS * s), 100)
        parts = []
        for year in years[::step]:
            x = markup.percent(self.share(date(year, 1, 1)))
            parts.append(markup.element("line", x1=x, x2=x, y1=2, y2=bottom, class_="d-grid"))
            parts.append(
                markup.element("svg", markup.words(str(year), 4, 14, "d-quiet"), x=x, y=0, width=60, height=HEAD)
            )
        return "".join(parts)

    def _today_line(self, bottom: float) -> str:
        if self.today is None:
            return ""
        x = markup.percent(self.share(self.today))
        return markup.element("line", x1=x, x2=x, y1=2, y2=bottom, class_="d-today")
