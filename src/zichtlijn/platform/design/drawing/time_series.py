"""Values over days: several lines, the band around them, and the days on which something changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from . import markup, plane
from .plane import Plane, Point
from .scales import Scale, date_scale, round_scale
from .twin import Twin

CHANGE_ROWS = 3


@dataclass(frozen=True)
class Line:
    """Values on the days of the drawing; None means not known. ``low`` and ``high`` are its band, where known."""

    label: str
    values: Sequence[float | None]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


@dataclass(frozen=True)
class TurningPoint:
    """A day on which the series changed, and what is said of it."""

    day: date
    words: str


@dataclass(frozen=True)
class TimeSeries:
    """Lines over the same days. Raises ValueError for a line or band that has more or fewer values than days."""

    title: str
    days: Sequence[date]
    lines: Sequence[Line]
    day_name: str
    value_name: str
    turning_points: Sequence[TurningPoint] = field(default_factory=tuple)
    band_name: str = ""
    description: str = ""
    number: Callable[[float], str] = "{:g}".format
    show_date: Callable[[date], str] = date.isoformat
    show_month: Callable[[date], str] = "{:%Y-%m}".format

    def __post_init__(self) -> None:
        for line in self.lines:
            sizes = {len(line.values), *(len(side) for side in (line.low, line.high) if side)}
            if sizes != {len(self.days)} or bool(line.low) != bool(line.high):
                raise ValueError("a line has one value for every day, and a band on two sides or none")

    @property
    def _plane(self) -> Plane:
        values = [value for line in self.lines for value in (*line.values, *line.low, *line.high) if value is not None]
        legend = [
            (plane.line_sample(plane.series_look("d-line", number)), line.label)
            for number, line in enumerate(self.lines)
            if line.label
        ]
        if self.band_name and any(line.low for line in self.lines):
            legend.append((plane.ground_sample("d-band"), self.band_name))
        return Plane(self._days, round_scale(values, self.number), self.day_name, self.value_name, legend=tuple(legend))

    @property
    def _days(self) -> Scale:
        return date_scale(self.days, self.show_date, self.show_month)

    def svg(self, html_id: str = "series") -> str:
        """The drawing, as wide as there is room; ``html_id`` must be unique on the page."""
        ground = self._plane
        body = ground.ground()
        for number, point in enumerate(self.turning_points):
            body += ground.upright(point.day.toordinal(), "d-turn", point.words, number % CHANGE_ROWS)
        return markup.drawing(
            body + ground.curves(*self._paths(ground)),
            html_id=html_id,
            title=self.title,
            description=self.description,
            size=(None, ground.full_height),
            interactive=False,
        )

    def _paths(self, ground: Plane) -> list[str]:
        places = [float(day.toordinal()) for day in self.days]
        bands, lines = [], []
        for number, line in enumerate(self.lines):
            points: list[Point | None] = [
                None if value is None else (x, value) for x, value in zip(places, line.values, strict=True)
            ]
            low, high = (list(zip(places, side, strict=bool(side))) for side in (line.low, line.high))
            bands.append(ground.band(low, high, plane.series_look("d-band", number)))
            # One known day is no line, so it is drawn as one of no length with a round end.
            if sum(point is not None for point in points) == 1:
                points = [*points, *(point for point in points if point is not None)]
            lines.append(ground.line(points, plane.series_look("d-line", number)))
        return bands + lines

    def twin(self) -> Twin:
        """Every day as a row, with a column for every line."""
        said = {point.day: point.words for point in self.turning_points}
        rows = []
        for i, day in enumerate(self.days):
            cells = tuple(self._said(line, i) for line in self.lines)
            rows.append((self.show_date(day), *cells, *((said.pop(day, ""),) if self.turning_points else ())))
        rows += [(self.show_date(day), *[""] * len(self.lines), words) for day, words in said.items()]
        heads = tuple(line.label or self.value_name for line in self.lines)
        return Twin((self.day_name, *heads, *(("Note",) if self.turning_points else ())), tuple(rows))

    def _said(self, line: Line, i: int) -> str:
        value = line.values[i]
        if value is None:
            return "–"
        band = f" ({self.number(line.low[i])} – {self.number(line.high[i])})" if line.low else ""
        return self.number(value) + band
