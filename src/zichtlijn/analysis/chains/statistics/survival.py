"""Time until an end when not every case has ended: Kaplan-Meier, and the log-rank test between groups.

Everything works on a histogram: distinct times with the number of cases that ended and that were still open
(censored) at each. Censoring at the time of an end counts as after it, as is usual. Times may have any unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from zichtlijn.analysis.chains.statistics.distributions import chi_squared_above, normal_quantile

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Band = Literal["log-log", "plain"]


@dataclass(frozen=True)
class Interval:
    """An estimate with its confidence interval; NaN where the data do not reach it."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, eq=False)
class Curve:
    """A Kaplan-Meier curve: one row per distinct time, survival being the share not ended just after that time.

    ``greenwood`` is the cumulative sum of d / (n (n - d)) of Greenwood (1926): the variance of log survival.
    """

    times: Floats
    at_risk: Counts
    events: Counts
    censored: Counts
    survival: Floats
    greenwood: Floats
    lower: Floats
    upper: Floats

    @property
    def cases(self) -> int:
        """Cases in all, ended or open."""
        return int(self.events.sum() + self.censored.sum())

    def at(self, time: float) -> Interval:
        """Share not ended just after ``time``; NaN after the last time observed while cases were still open."""
        place = int(np.searchsorted(self.times, time, side="right")) - 1
        if place < 0:
            return Interval(1.0, 1.0, 1.0) if self.cases else Interval(np.nan, np.nan, np.nan)
        if time > self.times[-1] and self.survival[-1] > 0:
            return Interval(np.nan, np.nan, np.nan)
        return Interval(float(self.survival[place]), float(self.lower[place]), float(self.upper[place]))

    def quantile(self, share: float = 0.5) -> Interval:
        """Time by which ``share`` has ended, with the interval of Brookmeyer & Crowley (1982): where the band crosses.

        Infinite where so many have not ended within the data.
        """
        left = 1 - share
        crossed = (_first_time(self.times, line <= left + 1e-12) for line in (self.survival, self.lower, self.upper))
        return Interval(*crossed)

    def restricted_mean(self, horizon: float, level: float = 0.95) -> Interval:
        """Mean time until the end, later ends counted as at the horizon (Irwin 1949): the area under the curve."""
        mean, variance = self.restricted_mean_and_variance(horizon)
        reach = _reach(level) * np.sqrt(variance)
        return Interval(mean, max(0.0, mean - reach), min(horizon, mean + reach))

    def restricted_mean_and_variance(self, horizon: float) -> tuple[float, float]:
        """The restricted mean and its variance: sum of (area after t)² d / (n (n - d)), Klein & Moeschberger 4.5.

        NaN when the horizon lies beyond the last time while cases were still open.
        """
        if self.cases == 0 or (horizon > self.times[-1] and self.survival[-1] > 0):
            return np.nan, np.nan
        within = self.times < horizon
        edges = np.concatenate(([0.0], self.times[within], [horizon]))
        areas = np.diff(edges) * np.concatenate(([1.0], self.survival[within]))
        after = np.cumsum(areas[::-1])[::-1][1:]
        alive = self.at_risk[within] - self.events[within]
        terms = np.zeros(len(after))
        known = alive > 0
        terms[known] = self.events[within][known] / (self.at_risk[within][known] * alive[known])
        return float(areas.sum()), float((after**2 * terms).sum())


@dataclass(frozen=True)
class LogRank:
    """Whether groups end equally fast. ``observed`` and ``expected`` ends per group; chi-square and its p-value."""

    statistic: float
    degrees: int
    p_value: float
    observed: tuple[float, ...]
    expected: tuple[float, ...]


def kaplan_meier(
    times: npt.ArrayLike, events: npt.ArrayLike, censored: npt.ArrayLike, *, level: float = 0.95, band: Band = "log-log"
) -> Curve:
    """The curve of a histogram; times need not be sorted or distinct (Kaplan & Meier 1958).

    ``band``: log(-log) keeps the band within 0 and 1 (Kalbfleisch & Prentice 1980); plain is survival ± z · s.e.
    """
    distinct, ended, opened = histogram(times, events, censored)
    at_risk = number_at_risk(ended, opened)
    survival = np.asarray(np.cumprod(1 - _per(ended, at_risk)), dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(ended > 0, ended / (at_risk * (at_risk - ended).astype(float)), 0.0)
    greenwood: Floats = np.cumsum(terms)
    lower, upper = _band(survival, greenwood, _reach(level), band)
    return Curve(distinct, at_risk, ended, opened, survival, greenwood, lower, upper)


def histogram(times: npt.ArrayLike, events: npt.ArrayLike, censored: npt.ArrayLike) -> tuple[Floats, Counts, Counts]:
    """Sorted distinct times with the ends and open cases summed per time."""
    given = np.asarray(times, dtype=np.float64)
    distinct, places = np.unique(given, return_inverse=True)
    sums = [np.zeros(len(distinct), dtype=np.int64) for _ in range(2)]
    for total, counts in zip(sums, (events, censored), strict=True):
        np.add.at(total, places, np.asarray(counts, dtype=np.int64))
    return distinct, sums[0], sums[1]


def number_at_risk(events: Counts, censored: Counts) -> Counts:
    """Cases not yet ended or censored just before each time; along the last axis."""
    leaving = events + censored
    at_risk: Counts = np.cumsum(leaving[..., ::-1], axis=-1)[..., ::-1]
    return at_risk


def log_rank(events: npt.ArrayLike, censored: npt.ArrayLike) -> LogRank:
    """Mantel's log-rank test (1966) over groups, by groups x times, or stratified by strata x groups x times.

    The columns are the same distinct times, sorted, for all. Groups without cases take no part. With strata the sums
    are taken within each stratum first. ``p_value`` is NaN when fewer than two groups have ends to compare.
    """
    ended, opened = np.asarray(events, dtype=np.int64), np.asarray(censored, dtype=np.int64)
    if ended.ndim == 2:
        ended, opened = ended[None], opened[None]
    observed, expected, covariance = _log_rank_sums(ended, opened)
    varies = np.diag(covariance) > 1e-12
    degrees = max(0, int(varies.sum()) - 1)
    sides = tuple(observed.tolist()), tuple(expected.tolist())
    if degrees == 0:
        return LogRank(0.0, 0, float("nan"), *sides)
    apart = (observed - expected)[varies]
    inverse = np.linalg.pinv(covariance[np.ix_(varies, varies)], hermitian=True)
    statistic = float(apart @ inverse @ apart)
    return LogRank(statistic, degrees, float(chi_squared_above(statistic, degrees)), *sides)


def _log_rank_sums(ended: Counts, opened: Counts) -> tuple[Floats, Floats, Floats]:
    """Observed, expected and covariance, summed over strata."""
    groups = ended.shape[1]
    observed, expected = ended.sum(axis=(0, 2)).astype(float), np.zeros(groups)
    covariance = np.zeros((groups, groups))
    for stratum_ended, stratum_opened in zip(ended, opened, strict=True):
        at_risk = number_at_risk(stratum_ended, stratum_opened).astype(float)
        everyone, ends = at_risk.sum(axis=0), stratum_ended.sum(axis=0).astype(float)
        used = ends > 0
        share, everyone, ends = at_risk[:, used] / everyone[used], everyone[used], ends[used]
        expected += share @ ends
        weight = np.where(everyone > 1, ends * (everyone - ends) / np.maximum(everyone - 1, 1), 0.0)
        covariance += np.diag(share @ weight) - (share * weight) @ share.T
    return observed, expected, covariance


def _band(survival: Floats, greenwood: Floats, reach: float, band: Band) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        if band == "plain":
            half = reach * survival * np.sqrt(greenwood)
            lower, upper = np.clip(survival - half, 0, 1), np.clip(survival + half, 0, 1)
        else:
            log = np.log(survival)
            half = reach * np.sqrt(greenwood) / log
            middle = np.log(-log)
            lower, upper = np.exp(-np.exp(middle - half)), np.exp(-np.exp(middle + half))
    # Before the first end the curve is certain; when all have ended the variance is not defined.
    for edge in (lower, upper):
        edge[survival >= 1] = 1.0
        edge[survival <= 0] = 0.0
    return lower, upper


def _per(part: Counts, whole: Counts) -> Floats:
    share: Floats = np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)
    return share


def _first_time(times: Floats, reached: npt.NDArray[np.bool_]) -> float:
    return float(times[int(np.argmax(reached))]) if reached.any() else float("inf")


def _reach(level: float) -> float:
    return float(normal_quantile((1 + level) / 2))
