"""Confidence intervals of a share."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from zichtlijn.analysis.chains.statistics.distributions import beta_quantile, normal_quantile
from zichtlijn.analysis.chains.statistics.survival import Floats


def wilson(events: npt.ArrayLike, cases: npt.ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Lower and upper bound of each share after Wilson (1927): close to its level, also for few cases. NaN for none."""
    y, n = np.asarray(events, dtype=float), np.asarray(cases, dtype=float)
    z = float(normal_quantile((1 + level) / 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = y / n
        middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    lower, upper = np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)
    # Without rounding the bound is exactly there; with it, a hair off.
    return np.where(y == 0, np.where(n > 0, 0.0, np.nan), lower), np.where((y == n) & (n > 0), 1.0, upper)


def clopper_pearson(events: npt.ArrayLike, cases: npt.ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Lower and upper bound of each share after Clopper & Pearson (1934): never below its level. NaN for no cases."""
    y, n = np.asarray(events, dtype=float), np.asarray(cases, dtype=float)
    tail = (1 - level) / 2
    lower = np.where(y > 0, beta_quantile(tail, np.maximum(y, 1), n - y + 1), 0.0)
    upper = np.where(y < n, beta_quantile(1 - tail, y + 1, np.maximum(n - y, 1)), 1.0)
    none = n == 0
    return np.where(none, np.nan, lower), np.where(none, np.nan, upper)
