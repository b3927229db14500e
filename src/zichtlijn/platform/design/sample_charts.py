"""The charts of the component gallery: invented figures, labelled demo."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from .drawing import (
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

START = datetime(2031, 1, 6, tzinfo=UTC).date()


def chain_flow() -> ChainFlow:
    """Five organisations, with a way back."""
    names = {"report": "Reporting centre", "council": "Demo council", "court": "Court", "agency": "Demo agency"}
    stations = [Station(key, name, ("1,200 cases",), url="#") for key, name in names.items()]
    stations.append(Station("help", "Youth help in the region", ("870 cases",)))
    flows = [
        Flow("report", "council", 1180, 5),
        Flow("council", "court", 640, 31),
        Flow("council", "agency", 210, 12),
        Flow("court", "agency", 590, 64),
        Flow("agency", "help", 700, 140),
        Flow("agency", "council", 85, 20),
        Flow("report", "help", 40, None),
    ]
    words = ("under 7 days", "7 to 30 days", "30 to 90 days", "90 days or more")
    return ChainFlow(
        "Hand-overs in the chain (demo)",
        stations,
        flows,
        "Cases",
        "Median days",
        bounds=(7, 30, 90),
        bound_words=words,
        time=lambda days: f"{days:g} d",
        rest="Two hand-overs with 9 cases are not drawn.",
    )


def step_curve() -> StepCurve:
    """Two groups, with a term."""
    times = [0, 10, 20, 35, 50, 70, 90, 120]
    north = [1, 0.93, 0.8, 0.62, 0.45, 0.3, 0.22, 0.15]
    south = [1, 0.97, 0.9, 0.81, 0.7, 0.58, 0.5, 0.44]
    curves = [
        Curve(name, times, shares, [max(0, s - 0.05) for s in shares], [min(1, s + 0.05) for s in shares])
        for name, shares in (("Region North", north), ("Region South", south))
    ]
    return StepCurve(
        "Cases not finished yet (demo)", curves, "Days", "Still open", "95 % interval", limit=91, limit_name="term"
    )


def time_series() -> TimeSeries:
    """A list that grows from a day on."""
    days = [START + timedelta(weeks=week) for week in range(52)]
    level = [120 + (week % 5) * 3 + max(0, week - 26) * 6 for week in range(52)]
    inflow: list[float | None] = [40 + week % 7 for week in range(52)]
    inflow[10] = None
    lines = [
        Line("Waiting", level, [v - 8 for v in level], [v + 8 for v in level]),
        Line("Came in per week", inflow),
    ]
    change = TurningPoint(days[26], "the list began to grow")
    return TimeSeries("Waiting list (demo)", days, lines, "Week", "Cases", [change], band_name="95 % interval")


def funnel() -> Funnel:
    """Regions, one of them outside both limits."""
    dots = [Dot(f"Region {n}", 40 + 37 * n, 0.3 + 0.02 * (n % 3), verdict="within the limits") for n in range(1, 9)]
    dots.append(Dot("Region South", 180, 0.52, outside=True, verdict="higher than chance explains"))
    sizes = [20 + 5 * n for n in range(70)]
    half = [(0.32 * 0.68 / size) ** 0.5 for size in sizes]
    limits = [
        Limits("95 % limits", sizes, [0.32 - 1.96 * h for h in half], [0.32 + 1.96 * h for h in half]),
        Limits("Adjusted limits", sizes, [0.32 - 2.6 * h for h in half], [0.32 + 2.6 * h for h in half], adjusted=True),
    ]
    return Funnel(
        "Share over the term by region (demo)",
        dots,
        0.32,
        limits,
        "Cases",
        "Over the term",
        "Mean",
        "Within the limits",
        "Outside the limits",
        highest=1.0,
        value="{:.0%}".format,
    )


def intervals() -> Intervals:
    """A value per region."""
    rows = [
        Interval("Region North", 41, 36, 47),
        Interval("Region East", 52, 44, 61, tone="warning", note="over the term"),
        Interval("Region South", 30, 21, 42),
    ]
    return Intervals("Median lead time (demo)", rows, "Days", "95 % interval", reference=42, reference_name="term")


def histogram() -> Histogram:
    """Lead times."""
    counts = [4, 19, 44, 61, 52, 30, 18, 11, 6, 2]
    bins = [Bin(10 * i, 10 * i + 10, count) for i, count in enumerate(counts)]
    return Histogram("Lead times (demo)", bins, "Days", "Cases", [(37, "median"), (68, "90th percentile")])
