"""When a series changed its level, and which points lie outside what is usual for it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from zichtlijn.analysis.chains.statistics.survival import Floats


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch ``[start, end)`` of the series without a change of level."""

    start: int
    end: int
    mean: float


@dataclass(frozen=True, eq=False)
class ControlChart:
    """Limits of a chart of individual values, and per point whether it lies outside or belongs to a long run."""

    centre: float
    lower: float
    upper: float
    outside: npt.NDArray[np.bool_]
    in_run: npt.NDArray[np.bool_]


def segments(values: npt.ArrayLike, *, shortest: int = 7, penalty: float = 3.0) -> list[Segment]:
    """The stretches between changes of level, found exactly by PELT (Killick, Fearnhead & Eckley 2012).

    The cost is the sum of squares over the noise of the series, plus ``penalty`` · log n per change. The noise is that
    of the long run: innovations of a first-order autoregression, so that slow swings do not count as changes (Romano et
    al. 2022). The series has no NaN; a constant or very short series is one stretch.
    """
    y = np.asarray(values, dtype=float)
    n = len(y)
    if n == 0:
        return []
    noise = long_run_variance(y)
    cuts = [0, n] if n < 2 * shortest or noise <= 0 else _pelt(y, shortest, penalty * float(np.log(n)) * noise)
    return [Segment(start, end, float(y[start:end].mean())) for start, end in pairwise(cuts)]


def long_run_variance(values: Floats) -> float:
    """Variance of the mean of a stretch times its length, blind to changes of level.

    From medians of squared differences over one and two steps: for a first-order autoregression these are
    2 v (1 - r) and 2 v (1 - r²), so that r = d2 / d1 - 1 and the long-run variance is v (1 + r) / (1 - r).
    """
    if len(values) < 4:
        return 0.0
    # 0.4549 is the median of a chi-square with one degree of freedom; the mean covers series of many equal values.
    one, two = (_typical_square(values[step:] - values[:-step]) / 2 for step in (1, 2))
    if one <= 0:
        return 0.0
    r = min(max(two / one - 1, 0.0), 0.9)
    return one / (1 - r) * (1 + r) / (1 - r)


def control_chart(values: npt.ArrayLike, *, run: int = 8) -> ControlChart:
    """Chart of individuals (Shewhart 1931, limits from moving ranges: Wheeler 1993): centre ± 2.66 · mean range.

    ``run``: so many points in a row on one side of the centre are a run.
    """
    y = np.asarray(values, dtype=float)
    centre = float(y.mean()) if len(y) else float("nan")
    reach = 2.66 * float(np.abs(np.diff(y)).mean()) if len(y) > 1 else 0.0
    return ControlChart(centre, centre - reach, centre + reach, np.abs(y - centre) > reach, _runs(y - centre, run))


def _typical_square(differences: Floats) -> float:
    squares = differences**2
    middle = float(np.median(squares)) / 0.4549
    return middle if middle > 0 else float(squares.mean())


def _pelt(y: Floats, shortest: int, penalty: float) -> list[int]:
    """Places of the cuts, 0 and n among them."""
    n = len(y)
    sums, squares = np.concatenate(([0.0], np.cumsum(y))), np.concatenate(([0.0], np.cumsum(y**2)))
    best = np.full(n + 1, np.inf)
    best[0] = -penalty
    previous = np.zeros(n + 1, dtype=np.int64)
    candidates = np.array([0])
    for end in range(shortest, n + 1):
        length = end - candidates
        within = squares[end] - squares[candidates] - (sums[end] - sums[candidates]) ** 2 / length
        price = best[candidates] + within
        chosen = int(np.argmin(price))
        best[end], previous[end] = price[chosen] + penalty, candidates[chosen]
        kept = candidates[price <= best[end]]
        following = end - shortest + 1
        candidates = np.append(kept, following) if following >= shortest else kept
    cuts = [n]
    while cuts[-1] > 0:
        cuts.append(int(previous[cuts[-1]]))
    return cuts[::-1]


def _runs(apart: Floats, run: int) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(apart), dtype=bool)
    sides = np.sign(apart)
    edges = np.concatenate(([0], np.flatnonzero(np.diff(sides)) + 1, [len(sides)]))
    for start, end in pairwise(edges):
        found[start:end] = end - start >= run and sides[start] != 0
    return found
