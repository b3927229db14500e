"""Whether units (regions, groups) differ more than chance, when cases that start together also fare alike.

Cases are not drawn one by one: those that start in the same weeks meet the same waiting list, the same staff, the same
weather. Counting them as independent finds differences everywhere. So every estimate comes with ``scores``: its error
summed per period of start; from those follows how much wider than for independent cases the errors really are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zichtlijn.analysis.chains.statistics.distributions import chi_squared_above, f_above, t_above
from zichtlijn.analysis.chains.statistics.survival import Counts, Curve, Floats, kaplan_meier


@dataclass(frozen=True, eq=False)
class Estimates:
    """Per unit a value; ``variances`` if cases were independent and units alike, ``own_variances`` of the unit alone.

    ``scores``: units x periods; the sum of a row is zero, and its squares add up to the variance.
    """

    values: Floats
    variances: Floats
    own_variances: Floats
    scores: Floats


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """Whether units differ. ``design_effect``: how many times larger the variance is than for independent cases."""

    statistic: float
    degrees: int
    freedom: float
    design_effect: float
    p_value: float


def of_shares(events: npt.ArrayLike, cases: npt.ArrayLike) -> Estimates:
    """Shares from counts, units x periods of start. Every unit has cases, and not all or none have the event."""
    y, n = np.asarray(events, dtype=float), np.asarray(cases, dtype=float)
    size = n.sum(axis=1)
    share, common = y.sum(axis=1) / size, y.sum() / n.sum()
    scores = (y - share[:, None] * n) / size[:, None]
    return Estimates(share, common * (1 - common) / size, share * (1 - share) / size, scores)


def of_restricted_means(times: Floats, events: Counts, censored: Counts, horizon: float) -> Estimates:
    """Restricted means from histograms, units x periods x times, sorted distinct times.

    The score of a case is its influence on the area under the curve (Klein & Moeschberger 2003, 4.5): minus the sum of
    area after t / (1 - h) · (ended - h) / at risk over the times it was at risk, with h the share that ended.
    """
    found = []
    for ended, opened in zip(events, censored, strict=True):
        curve = kaplan_meier(times, ended.sum(axis=0), opened.sum(axis=0))
        mean, variance = curve.restricted_mean_and_variance(horizon)
        at_end, while_open = _influence(curve, horizon)
        found.append((mean, variance, ended @ at_end + opened @ while_open))
    values, own = (np.array([each[part] for each in found]) for part in (0, 1))
    sizes = (events + censored).sum(axis=(1, 2)).astype(float)
    # Weighing units by their own variance would favour those that happen to have no slow cases.
    alike = (sizes**2 * own).sum() / sizes.sum() / sizes
    return Estimates(values, alike, own, np.array([each[2] for each in found]))


def common_horizon(times: Floats, events: Counts, censored: Counts, *, share: float = 0.05, least: int = 10) -> float:
    """The latest time up to which the course of the cases of every unit is known.

    At most the time that ``share`` of all cases together exceeds: beyond it a few long cases decide. Earlier when a
    unit has fewer than ``least`` cases under way by then, unless at most ``FEW_CUT_OFF`` of its cases were still open
    before: then that few are under way because the others have ended, which is known. Histograms as for
    ``of_restricted_means``. 0 when a unit has fewer than ``least`` cases.
    """
    leaving, open_then = (events + censored).sum(axis=1), censored.sum(axis=1)
    last = np.flatnonzero(_at_risk(leaving.sum(axis=0)) >= share * leaving.sum())[-1]
    for unit, cut_off in zip(leaving, open_then, strict=True):
        known = (_at_risk(unit) >= least) | (np.cumsum(cut_off) - cut_off <= FEW_CUT_OFF * unit.sum())
        if unit.sum() < least or not known[0]:
            return 0.0
        last = min(last, np.flatnonzero(np.logical_and.accumulate(known))[-1])
    return float(times[last])


FEW_CUT_OFF = 0.1


def _at_risk(leaving: Counts) -> Counts:
    return np.cumsum(leaving[::-1])[::-1]


def heterogeneity(estimates: Estimates) -> Heterogeneity:
    """Weighted sum of squares between units, over the design effect: F with the freedom that the periods give.

    The correction of Rao & Scott (1984, Annals of Statistics 12, 46-60) of the first order, with the reference
    distribution of Thomas & Rao (1987).
    """
    weights = 1 / estimates.variances
    usual = (weights * estimates.values).sum() / weights.sum()
    statistic = float((weights * (estimates.values - usual) ** 2).sum())
    degrees, periods = len(weights) - 1, _used(estimates.scores)
    if periods < 3:
        return Heterogeneity(statistic, degrees, np.inf, 1.0, float(chi_squared_above(statistic, degrees)))
    effect = max(_mean_effect(estimates.scores, weights, periods), 1e-3)
    freedom = float(degrees * (periods - 1))
    p_value = float(f_above(statistic / effect / degrees, degrees, freedom))
    return Heterogeneity(statistic, degrees, freedom, effect, p_value)


def against_the_rest(estimates: Estimates, found: Heterogeneity) -> tuple[Floats, Floats]:
    """Per unit z and two-sided p of its difference with all others together, at the design effect found."""
    weights = 1 / estimates.variances
    others = weights.sum() - weights
    elsewhere = ((weights * estimates.values).sum() - weights * estimates.values) / others
    z = (estimates.values - elsewhere) / np.sqrt((estimates.variances + 1 / others) * found.design_effect)
    return z, 2 * t_above(np.abs(z), found.freedom)


def _used(scores: Floats) -> int:
    return int((scores != 0).any(axis=0).sum())


def _mean_effect(scores: Floats, weights: Floats, periods: int) -> float:
    """Trace of A V over its degrees, with A the matrix of the statistic and V the covariance from the periods.

    A waiting list lasts from one period into the next; so the covariance with the next period counts for half where
    that makes the errors wider (Newey & West 1987, one lag).
    """
    alone = scores @ scores.T
    following = scores[:, :-1] @ scores[:, 1:].T
    effects = []
    for covariance in (alone, alone + (following + following.T) / 2):
        within = (weights * np.diag(covariance)).sum()
        between = weights @ covariance @ weights / weights.sum()
        effects.append(float(within - between))
    return max(effects) * periods / (periods - 1) / (len(weights) - 1)


def _influence(curve: Curve, horizon: float) -> tuple[Floats, Floats]:
    """Per time the influence on the restricted mean of a case that ended then, and of one open until then."""
    times, at_risk = curve.times, curve.at_risk.astype(float)
    within = times < horizon
    widths = np.diff(np.append(np.minimum(times, horizon), horizon))
    after = np.cumsum((curve.survival * widths)[::-1])[::-1]
    ends = np.divide(curve.events, at_risk, out=np.zeros(len(times)), where=at_risk > 0)
    # Where all that are left end nothing comes after, so the weight does not matter.
    open_share = 1 - ends
    weight = np.divide(
        after, open_share * at_risk, out=np.zeros(len(times)), where=within & (open_share * at_risk > 1e-12)
    )
    while_open = np.cumsum(weight * ends)
    return while_open - weight, while_open
