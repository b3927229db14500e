"""Funnel plots: units of unlike size held against one target, with more spread between units than chance allowed for.

After Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005) 1185-1202.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from zichtlijn.analysis.chains.statistics.distributions import (
    binomial_quantile,
    binomial_up_to,
    normal_above,
    normal_quantile,
)
from zichtlijn.analysis.chains.statistics.survival import Floats

Adjustment = Literal["none", "multiplicative", "additive"]
WARNING, ALARM = 0.05, 0.002  # two-sided: the usual 95 % and 99.8 % limits


@dataclass(frozen=True, eq=False)
class Funnel:
    """One value per unit held against ``target``.

    ``standard_errors`` are those under the target, without over-dispersion. ``dispersion`` is the Winsorised phi: 1 is
    chance alone. ``between`` is tau: the standard deviation between units that chance does not explain. ``z`` and
    ``p_values`` (two-sided) allow for over-dispersion as ``adjustment`` says, ``plain_z`` does not.
    """

    values: Floats
    standard_errors: Floats
    target: float
    adjustment: Adjustment
    dispersion: float
    between: float
    plain_z: Floats
    z: Floats
    p_values: Floats

    def limits(self, standard_errors: npt.ArrayLike, tail: float = WARNING) -> tuple[Floats, Floats]:
        """Lower and upper limit for units with such standard errors: outside them lies a share ``tail`` by chance."""
        reach = float(-normal_quantile(tail / 2)) * self._spread(np.asarray(standard_errors, dtype=float))
        return self.target - reach, self.target + reach

    def _spread(self, standard_errors: Floats) -> Floats:
        return _spread(standard_errors, self.adjustment, self.dispersion, self.between)


def funnel(
    values: npt.ArrayLike,
    standard_errors: npt.ArrayLike,
    target: float | None = None,
    *,
    adjustment: Adjustment = "additive",
    winsorised: float = 0.1,
) -> Funnel:
    """Funnel of any kind of value; ``target`` defaults to the mean weighted by precision.

    The share ``winsorised`` of the z-scores at each end is pulled in before over-dispersion is estimated, so that the
    units that stand out do not hide themselves (Spiegelhalter 2005, A.3).
    """
    y, s = np.asarray(values, dtype=float), np.asarray(standard_errors, dtype=float)
    weights = 1 / s**2
    middle = float((weights * y).sum() / weights.sum()) if target is None else float(target)
    plain = (y - middle) / s
    dispersion, between = over_dispersion(plain, s, winsorised)
    z = (y - middle) / _spread(s, adjustment, dispersion, between)
    return Funnel(y, s, middle, adjustment, dispersion, between, plain, z, 2 * normal_above(np.abs(z)))


def funnel_of_shares(
    events: npt.ArrayLike,
    cases: npt.ArrayLike,
    target: float | None = None,
    *,
    adjustment: Adjustment = "additive",
    winsorised: float = 0.1,
) -> Funnel:
    """Funnel of shares: the standard error of a unit is that of the target, sqrt(t (1 - t) / n). No unit without cases.

    When all cases or none have the event, no unit differs: z is 0.
    """
    y, n = np.asarray(events, dtype=float), np.asarray(cases, dtype=float)
    middle = float(y.sum() / n.sum()) if target is None else float(target)
    errors = np.sqrt(middle * (1 - middle) / n)
    if middle in (0.0, 1.0):
        nothing = np.zeros(len(n))
        return Funnel(y / n, errors, middle, adjustment, 1.0, 0.0, nothing, nothing, np.ones(len(n)))
    return funnel(y / n, errors, middle, adjustment=adjustment, winsorised=winsorised)


def over_dispersion(z: Floats, standard_errors: Floats, winsorised: float = 0.1) -> tuple[float, float]:
    """phi and tau from z-scores: phi = mean of squared Winsorised z; tau² by moments (DerSimonian & Laird 1986).

    tau is 0 when the spread is no more than chance gives.
    """
    low, high = np.quantile(z, [winsorised, 1 - winsorised])
    pulled = np.clip(z, low, high)
    units = len(z)
    phi = float((pulled**2).mean())
    weights = 1 / standard_errors**2
    room = weights.sum() - (weights**2).sum() / weights.sum()
    if units < 2 or room <= 0:
        return phi, 0.0
    return phi, float(np.sqrt(max(0.0, (units * phi - (units - 1)) / room)))


def limits_of_shares(target: float, cases: npt.ArrayLike, tail: float = WARNING) -> tuple[Floats, Floats]:
    """Exact binomial limits, interpolated between counts (Spiegelhalter 2005, A.1.1), without over-dispersion."""
    n = np.asarray(cases, dtype=float)
    lower, upper = (_interpolated(target, n, part) for part in (tail / 2, 1 - tail / 2))
    return np.clip(lower, 0, 1), np.clip(upper, 0, 1)


def _interpolated(target: float, cases: Floats, part: float) -> Floats:
    count = binomial_quantile(part, cases, target)
    above = binomial_up_to(count, cases, target)
    step = above - binomial_up_to(count - 1, cases, target)
    back = np.divide(above - part, step, out=np.zeros(len(cases)), where=step > 0)
    limit: Floats = (count - back) / cases
    return limit


def _spread(errors: Floats, adjustment: Adjustment, dispersion: float, between: float) -> Floats:
    if adjustment == "multiplicative":
        return errors * float(np.sqrt(max(1.0, dispersion)))
    spread: Floats = np.sqrt(errors**2 + between**2) if adjustment == "additive" else errors
    return spread
