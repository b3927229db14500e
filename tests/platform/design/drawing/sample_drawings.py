"""Drawings with nothing, one thing and many things in them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from zichtlijn.platform.design.drawing import (
    Bar,
    Bars,
    Bin,
    ChainFlow,
    Curve,
    Dot,
    Flow,
    Funnel,
    Histogram,
    Interval,
    Intervals,
    Limits,
    Line,
    Station,
    StepCurve,
    TimeSeries,
    TurningPoint,
)

START = date(2031, 1, 1)


def chain_flow(size: int, name: str = "Organisation") -> ChainFlow:
    """A row of stations, with ways back and short cuts."""
    stations = [Station(f"s{i}", f"{name} {i}", (f"{i} cases",)) for i in range(size)]
    flows = [Flow(f"s{i}", f"s{i + 1}", 10 * i + 1, i) for i in range(size - 1)]
    flows += [Flow(f"s{i + 3}", f"s{i}", 2, None) for i in range(0, size - 3, 7)]
    flows += [Flow(f"s{i}", f"s{i + 2}", 3, 100) for i in range(0, size - 2, 5)]
    return ChainFlow(
        f"{name}s", stations, flows, "Cases", "Days", bounds=(7, 30), bound_words=("short", "middling", "long")
    )


def step_curve(size: int, name: str = "Region") -> StepCurve:
    """One curve that falls."""
    times, shares = list(range(size)), [1 - i / max(size, 1) for i in range(size)]
    low, high = [max(0.0, share - 0.1) for share in shares], [min(1.0, share + 0.1) for share in shares]
    curves = [Curve(f"{name} 1", times, shares, low, high)]
    return StepCurve(f"{name}s", curves, "Days", "Still open", "band", limit=5, limit_name="term")


def time_series(size: int, name: str = "List") -> TimeSeries:
    """Two lines, one of which is not known everywhere."""
    days = [START + timedelta(days=i) for i in range(size)]
    known: list[float | None] = [float(i) for i in range(size)]
    holes = [None if i % 3 == 1 else float(i) for i in range(size)]
    turns = [TurningPoint(days[size // 2], "grows")] if size else []
    return TimeSeries(f"{name}s", days, [Line(f"{name} 1", known), Line(f"{name} 2", holes)], "Day", "Cases", turns)


def funnel(size: int, name: str = "Region") -> Funnel:
    """Dots, every tenth outside the limits."""
    dots = [Dot(f"{name} {i}", 10 + i, 0.4 + 0.001 * (i % 90), outside=i % 10 == 0) for i in range(size)]
    limits = [Limits("limits", [10, 500], [0.2, 0.35], [0.6, 0.45])]
    return Funnel(f"{name}s", dots, 0.42, limits, "Cases", "Share", "mean", "inside", "outside", highest=1.0)


def intervals(size: int, name: str = "Region") -> Intervals:
    """Values with an interval."""
    rows = [Interval(f"{name} {i}", i + 0.5, i, i + 1) for i in range(size)]
    return Intervals(f"{name}s", rows, "Days", "interval", reference=3, reference_name="all")


def histogram(size: int, name: str = "Duration") -> Histogram:
    """Bins of one wide."""
    return Histogram(f"{name}s", [Bin(i, i + 1, i % 7) for i in range(size)], name, "Cases", [(0.5, "median")])


def bars(size: int, name: str = "Region") -> Bars:
    """Bars with a limit and notes."""
    found = [Bar(f"{name} {i}", i, limit=3, note="note") for i in range(size)]
    return Bars(f"{name}s", found, limit_name="limit")


MAKERS: dict[str, Any] = {
    maker.__name__: maker for maker in (bars, chain_flow, step_curve, time_series, funnel, intervals, histogram)
}
