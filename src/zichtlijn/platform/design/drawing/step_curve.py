"""What share remains after how much time, per group, with the uncertainty around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import markup, plane
from .plane import Plane
from .scales import round_scale
from .twin import Twin


@dataclass(frozen=True)
class Curve:
    """A share from 0 to 1 that holds from each time until the next; ``low`` and ``high`` are its band, where known.

    Raises ValueError for lists of different length, times that go back, and shares outside 0 to 1.
    """

    label: str
    times: Sequence[float]
    shares: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()

    def __post_init__(self) -> None:
        if {len(self.times)} != {len(self.shares)} or len(self.low) not in (0, len(self.times)):
            raise ValueError("a curve has as many shares as times, and as many of its band or none")
        if len(self.low) != len(self.high):
            raise ValueError("a band has two sides")
        if any(later < earlier for earlier, later in zip(self.times, self.times[1:], strict=False)):
            raise ValueError("the times of a curve go forward")
        if any(not 0 <= share <= 1 for share in (*self.shares, *self.low, *self.high)):
            raise ValueError("shares are from 0 to 1")


@dataclass(frozen=True)
class StepCurve:
    """Curves on one axis of time. ``limit`` is a time with a name, such as a term."""

    title: str
    curves: Sequence[Curve]
    time_name: str
    share_name: str
    band_name: str = ""
    limit: float | None = None
    limit_name: str = ""
    description: str = ""
    number: Callable[[float], str] = "{:g}".format
    share: Callable[[float], str] = "{:.0%}".format

    @property
    def _plane(self) -> Plane:
        times = [time for curve in self.curves for time in curve.times] + ([self.limit] if self.limit else [])
        legend = [
            (plane.line_sample(plane.series_look("d-line", number)), curve.label)
            for number, curve in enumerate(self.curves)
            if curve.label
        ]
        if self.band_name and any(curve.low for curve in self.curves):
            legend.append((plane.ground_sample("d-band"), self.band_name))
        across = round_scale(times, self.number)
        return Plane(across, round_scale((0, 1), self.share), self.time_name, self.share_name, legend=tuple(legend))

    def svg(self, html_id: str = "curve") -> str:
        """The drawing, as wide as there is room; ``html_id`` must be unique on the page."""
        ground = self._plane
        bands, lines = [], []
        for number, curve in enumerate(self.curves):
            points = list(zip(curve.times, curve.shares, strict=True))
            low, high = (list(zip(curve.times, side, strict=bool(side))) for side in (curve.low, curve.high))
            bands.append(ground.band(low, high, plane.series_look("d-band", number), stepped=True))
            lines.append(ground.steps(points, plane.series_look("d-line", number)))
        body = ground.ground() + ground.curves(*bands, *lines)
        if self.limit is not None:
            body += ground.upright(self.limit, "d-limit d-limit--dashed", self.limit_name)
        return markup.drawing(
            body,
            html_id=html_id,
            title=self.title,
            description=self.description,
            size=(None, ground.full_height),
            interactive=False,
        )

    def twin(self) -> Twin:
        """Every step as a row."""
        rows = []
        for curve in self.curves:
            for i, (time, share) in enumerate(zip(curve.times, curve.shares, strict=True)):
                band = f"{self.share(curve.low[i])} – {self.share(curve.high[i])}" if curve.low else "–"
                rows.append((curve.label, self.number(time), self.share(share), band))
        return Twin(("Name", self.time_name, self.share_name, self.band_name or "Uncertainty"), tuple(rows))
