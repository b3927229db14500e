"""Whether a series goes up or down: Mann-Kendall with Sen's slope, for series that remember their past."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zichtlijn.analysis.chains.statistics.distributions import normal_above, normal_quantile, ranks, t_above
from zichtlijn.analysis.chains.statistics.survival import Floats


@dataclass(frozen=True, slots=True)
class Trend:
    """``slope`` is per step of the series, with its interval; NaN when the series is too short to say anything.

    ``inflation`` is the factor by which the memory of the series widens the variance of S: 1 without memory.
    """

    slope: float
    lower: float
    upper: float
    z: float
    p_value: float
    inflation: float


def mann_kendall(values: npt.ArrayLike, *, level: float = 0.95, memory: bool = True) -> Trend:
    """Mann (1945), Kendall (1975), with ties; slope after Sen (1968) with the interval of Gilbert (1987), 16.4.

    With ``memory`` the variance is corrected for autocorrelation of the first order (Yue & Wang 2004): the stock of a
    waiting list of today is nearly that of yesterday, and without it almost every series would seem to have a trend.
    NaN is left out.
    """
    y = np.asarray(values, dtype=float)
    steps = np.flatnonzero(np.isfinite(y))
    y = y[steps]
    if len(y) < 4:
        return Trend(*(float("nan"),) * 5, 1.0)
    first, second = np.triu_indices(len(y), 1)
    apart = y[second] - y[first]
    slopes = np.sort(apart / (steps[second] - steps[first]))
    inflation = _inflation(y, float(np.median(slopes)), steps) if memory else 1.0
    variance = _variance(y) * inflation
    z = _z(float(np.sign(apart).sum()), variance)
    lower, upper = _interval(slopes, variance, level)
    return Trend(float(np.median(slopes)), lower, upper, z, float(2 * normal_above(abs(z))), inflation)


def seasonal_mann_kendall(values: npt.ArrayLike, season: int, *, level: float = 0.95) -> Trend:
    """Hirsch, Slack & Smith (1982): only steps a whole number of seasons apart are compared (7 for days of a week)."""
    y = np.asarray(values, dtype=float)
    parts = [y[start::season] for start in range(season)]
    parts = [part[np.isfinite(part)] for part in parts]
    total, variance, slopes = 0.0, 0.0, [np.zeros(0)]
    for part in parts:
        first, second = np.triu_indices(len(part), 1)
        apart = part[second] - part[first]
        total += float(np.sign(apart).sum())
        variance += _variance(part)
        slopes.append(apart / ((second - first) * season))
    found = np.sort(np.concatenate(slopes))
    if len(found) < 4:
        return Trend(*(float("nan"),) * 5, 1.0)
    z = _z(total, variance)
    lower, upper = _interval(found, variance, level)
    return Trend(float(np.median(found)), lower, upper, z, float(2 * normal_above(abs(z))), 1.0)


def drift_p_value(values: npt.ArrayLike) -> float:
    """Two-sided p of no drift in a stock: the t-test of its steps. NaN for fewer than four values.

    Holds for a random walk, the most that chance can do to a stock; stricter for one that returns to its level. A
    test for trend around a line is blind to a list that first stood still and then grew.
    """
    y = np.asarray(values, dtype=float)
    steps = np.diff(y[np.isfinite(y)])
    if len(steps) < 3:
        return float("nan")
    spread = float(steps.std(ddof=1))
    if spread == 0:
        return 1.0 if steps[0] == 0 else 0.0
    t = float(steps.mean()) / (spread / np.sqrt(len(steps)))
    return float(2 * t_above(abs(t), len(steps) - 1))


def _variance(y: Floats) -> float:
    n, ties = len(y), np.unique(y, return_counts=True)[1].astype(float)
    return float((n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18)


def _z(total: float, variance: float) -> float:
    """With the correction for continuity."""
    return float((total - np.sign(total)) / np.sqrt(variance)) if variance > 0 else 0.0


def _inflation(y: Floats, slope: float, steps: npt.NDArray[np.int64]) -> float:
    """Factor 1 + 2 sum (1 - k / n) r^k, with r the lag-1 autocorrelation of the ranks of the detrended series.

    Detrending pulls r down; (n r + 2) / (n - 4) undoes it (Matalas & Sankarasubramanian 2003).
    """
    n = len(y)
    centred = ranks(y - slope * steps) - (n + 1) / 2
    if not centred.any() or n < 10:
        return 1.0
    r = float((centred[1:] * centred[:-1]).sum() / (centred**2).sum())
    if r <= normal_quantile(0.95) / np.sqrt(n):
        return 1.0
    r = min((n * r + 2) / (n - 4), 0.99)
    lags = np.arange(1, n)
    return float(1 + 2 * ((1 - lags / n) * r**lags).sum())


def _interval(slopes: Floats, variance: float, level: float) -> tuple[float, float]:
    reach = float(normal_quantile((1 + level) / 2)) * np.sqrt(variance)
    count = len(slopes)
    places = np.clip([(count - reach) / 2 - 1, (count + reach) / 2], 0, count - 1)
    lower, upper = np.interp(places, np.arange(count), slopes)
    return float(lower), float(upper)
