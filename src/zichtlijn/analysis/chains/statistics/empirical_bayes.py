"""Estimates of small units pulled towards what is usual, as far as their own numbers cannot carry them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from zichtlijn.analysis.chains.statistics.distributions import beta_quantile, normal_quantile
from zichtlijn.analysis.chains.statistics.survival import Floats

MOST_CERTAIN = 1e7  # cases that the prior may weigh at most: as good as no difference between units


@dataclass(frozen=True, eq=False)
class Shrunk:
    """Per unit the estimate pulled in, its credible interval, and ``weight``: how far it rests on the unit's own data.

    ``usual`` and ``between`` are the mean and standard deviation over units of what is estimated.
    """

    values: Floats
    lower: Floats
    upper: Floats
    weight: Floats
    usual: float
    between: float


def shares(events: npt.ArrayLike, cases: npt.ArrayLike, level: float = 0.95) -> Shrunk:
    """Beta-binomial: the shares of units follow a beta distribution, fitted by maximum marginal likelihood.

    Carlin & Louis, Bayes and Empirical Bayes Methods (2000), 3.3. Units without cases get the usual share.
    """
    y, n = np.asarray(events, dtype=float), np.asarray(cases, dtype=float)
    usual, weighs = _beta_prior(y, n)
    a, b = usual * weighs + y, (1 - usual) * weighs + n - y
    tail = (1 - level) / 2
    with np.errstate(invalid="ignore"):
        lower, upper = beta_quantile(tail, a, b), beta_quantile(1 - tail, a, b)
    between = float(np.sqrt(usual * (1 - usual) / (weighs + 1)))
    certain = (usual <= 0) | (usual >= 1)
    values: Floats = np.full(len(n), usual) if certain else a / (a + b)
    return Shrunk(values, values if certain else lower, values if certain else upper, n / (n + weighs), usual, between)


def means(values: npt.ArrayLike, variances: npt.ArrayLike, level: float = 0.95) -> Shrunk:
    """Normal-normal: unit means with known sampling variances; the variance between units by REML (Morris 1983).

    Positive sampling variances only.
    """
    y, v = np.asarray(values, dtype=float), np.asarray(variances, dtype=float)
    between = _restricted_likelihood(y, v)
    weights = 1 / (v + between)
    usual = float((weights * y).sum() / weights.sum())
    own = between / (between + v)
    shrunk = own * y + (1 - own) * usual
    # The uncertainty of the usual value itself comes along as far as the unit leans on it.
    error = np.sqrt(own * v + (1 - own) ** 2 / weights.sum())
    reach = float(normal_quantile((1 + level) / 2)) * error
    return Shrunk(shrunk, shrunk - reach, shrunk + reach, own, usual, float(np.sqrt(between)))


def _beta_prior(y: Floats, n: Floats) -> tuple[float, float]:
    """Mean of the beta distribution and the number of cases it weighs."""
    from scipy import optimize  # takes as long to import as all else here, and few figures ask for it

    total, events = float(n.sum()), float(y.sum())
    if total == 0 or events in (0.0, total) or (n > 0).sum() < 2:
        return (events / total if total else float("nan")), MOST_CERTAIN

    def cost(point: Floats) -> float:
        mean, weighs = special.expit(point[0]), np.exp(np.clip(point[1], -5, np.log(MOST_CERTAIN)))
        a, b = mean * weighs, (1 - mean) * weighs
        return -float((special.betaln(a + y, b + n - y) - special.betaln(a, b)).sum())

    mean = events / total
    starts = [np.array([special.logit(mean), np.log(weight)]) for weight in (10.0, 1000.0)]
    found = min((optimize.minimize(cost, start, method="Nelder-Mead") for start in starts), key=lambda one: one.fun)
    # betaln loses its digits for a heavy prior, so "no difference" is compared in its own exact form.
    chance = -float((special.xlogy(y, mean) + special.xlogy(n - y, 1 - mean)).sum())
    if chance <= found.fun + 1e-6:
        return mean, MOST_CERTAIN
    return float(special.expit(found.x[0])), float(np.exp(np.clip(found.x[1], -5, np.log(MOST_CERTAIN))))


def _restricted_likelihood(y: Floats, v: Floats) -> float:
    """The variance between units: Fisher scoring on the restricted likelihood, not below zero."""
    between = max(0.0, float(y.var(ddof=1) - v.mean())) if len(y) > 1 else 0.0
    for _ in range(200):
        w = 1 / (v + between)
        usual = (w * y).sum() / w.sum()
        score = (w**2 * (y - usual) ** 2).sum() - w.sum() + (w**2).sum() / w.sum()
        information = (w**2).sum() - 2 * (w**3).sum() / w.sum() + ((w**2).sum() / w.sum()) ** 2
        step = score / information if information > 0 else 0.0
        following = max(0.0, between + step)
        if abs(following - between) <= 1e-10 * (1 + between):
            return following
        between = following
    return between
