"""The picture of how time and memory grow with the log, made from the measurements."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

STAGES = {"generate": "#6b7280", "prepare": "#0b5c8a", "all metrics": "#b45309"}
WIDTH, HEIGHT, LEFT, TOP, FOOT = 360, 260, 56, 30, 44
Point = tuple[float, float]


def growth_plot(rows: Sequence[dict[str, Any]]) -> str:
    """SVG with seconds and with MiB against events, both axes in powers of ten; a dashed line is twice as long for
    twice as many events. ``rows``: of ``benchmarks/results/chain_growth.json``."""
    seconds = {stage: _points(rows, stage, "seconds") for stage in STAGES}
    memory = {stage: _points(rows, stage, "peak_mib") for stage in STAGES}
    first = _panel(seconds, "seconds", 0, with_linear=True)
    second = _panel(memory, "MiB at the peak", WIDTH + 40, with_linear=False)
    size = f'width="{2 * WIDTH + 80}" height="{HEIGHT}" viewBox="0 0 {2 * WIDTH + 80} {HEIGHT}"'
    label = 'role="img" aria-label="Time and memory against the number of events; the table has the numbers"'
    style = "<style>text{font:12px sans-serif;fill:#374151}</style>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {label}>{style}{first}{second}</svg>\n'


def _points(rows: Sequence[dict[str, Any]], stage: str, what: str) -> list[Point]:
    return sorted((row["events"], row[what]) for row in rows if row["work"].endswith(f": {stage}"))


def _panel(series: dict[str, list[Point]], name: str, left: float, *, with_linear: bool) -> str:
    points = [point for each in series.values() for point in each]
    x_low, x_high = _powers(point[0] for point in points)
    y_low, y_high = _powers(point[1] for point in points)
    width, height = WIDTH - LEFT - 16, HEIGHT - TOP - FOOT

    def place(point: Point) -> str:
        x = left + LEFT + width * (math.log10(point[0]) - x_low) / (x_high - x_low)
        y = TOP + height * (1 - (math.log10(point[1]) - y_low) / (y_high - y_low))
        return f"{x:.1f},{y:.1f}"

    parts = [f'<text x="{left + LEFT}" y="14" font-weight="bold">{name}</text>']
    for power in range(x_low, x_high + 1):
        x, y = place((10.0**power, 10.0**y_low)).split(",")
        parts.append(f'<line x1="{x}" x2="{x}" y1="{TOP}" y2="{y}" stroke="#e5e7eb"/>')
        parts.append(f'<text x="{x}" y="{float(y) + 16}" text-anchor="middle">{_said(power)}</text>')
    for power in range(y_low, y_high + 1):
        x, y = place((10.0**x_low, 10.0**power)).split(",")
        parts.append(f'<line x1="{x}" x2="{float(x) + width}" y1="{y}" y2="{y}" stroke="#e5e7eb"/>')
        parts.append(f'<text x="{float(x) - 6}" y="{float(y) + 4}" text-anchor="end">{_said(power)}</text>')
    for row, (stage, colour) in enumerate(series_colours(series)):
        chosen = series[stage]
        if with_linear:
            straight = [chosen[0], (chosen[-1][0], chosen[0][1] * chosen[-1][0] / chosen[0][0])]
            line = " ".join(place(point) for point in straight)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-dasharray="3 4"/>')
        parts.append(
            f'<polyline points="{" ".join(map(place, chosen))}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        for point in chosen:
            x, y = place(point).split(",")
            parts.append(f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>')
        x = left + LEFT + 110 * row
        parts.append(f'<rect x="{x}" y="{HEIGHT - 16}" width="12" height="4" fill="{colour}"/>')
        parts.append(f'<text x="{x + 18}" y="{HEIGHT - 10}">{stage}</text>')
    return "".join(parts)


def series_colours(series: dict[str, list[Point]]) -> list[tuple[str, str]]:
    """The stages that were measured, with their colours."""
    return [(stage, colour) for stage, colour in STAGES.items() if series[stage]]


def _powers(values: Any) -> tuple[int, int]:
    known = list(values)
    low, high = math.floor(math.log10(min(known))), math.ceil(math.log10(max(known)))
    return low, max(high, low + 1)


def _said(power: int) -> str:
    if power >= 6:
        return f"{10 ** (power - 6):,} m"
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"
