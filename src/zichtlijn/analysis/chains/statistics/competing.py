"""Which ending comes, and when, if a case can end in several ways: Aalen-Johansen cumulative incidence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zichtlijn.analysis.chains.statistics.distributions import normal_quantile
from zichtlijn.analysis.chains.statistics.survival import Counts, Floats, Interval, number_at_risk


@dataclass(frozen=True, eq=False)
class Incidence:
    """Per ending (rows) and distinct time (columns) the share of cases that ended so by then, with its variance.

    The shares of all endings and the share still open (``open_share``) add up to one at every time.
    """

    times: Floats
    at_risk: Counts
    events: Counts
    censored: Counts
    share: Floats
    variance: Floats
    lower: Floats
    upper: Floats

    @property
    def open_share(self) -> Floats:
        """Share not ended in any way just after each time."""
        left: Floats = 1 - self.share.sum(axis=0)
        return left

    def at(self, ending: int, time: float) -> Interval:
        """Share that ended so by ``time``; beyond the data the value at the last time, as far as is known."""
        place = int(np.searchsorted(self.times, time, side="right")) - 1
        if place < 0:
            return Interval(0.0, 0.0, 0.0)
        return Interval(*(float(part[ending, place]) for part in (self.share, self.lower, self.upper)))


def cumulative_incidence(
    times: npt.ArrayLike, events: npt.ArrayLike, censored: npt.ArrayLike, *, level: float = 0.95
) -> Incidence:
    """Aalen & Johansen (1978) from a histogram: ``events`` is endings x times, ``censored`` and ``times`` are times.

    Times need not be sorted or distinct. Ties are exact: cases that end at the same time, in whatever way, leave
    together. Variance by the delta method (Marubini & Valsecchi 1995; Collett, Modelling Survival Data, 12.3); the
    band is on the log(-log) scale.
    """
    given, ended = np.asarray(times, dtype=np.float64), np.atleast_2d(np.asarray(events, dtype=np.int64))
    distinct, places = np.unique(given, return_inverse=True)
    summed = np.zeros((len(ended) + 1, len(distinct)), dtype=np.int64)
    for row, counts in zip(summed, (*ended, np.asarray(censored, dtype=np.int64)), strict=True):
        np.add.at(row, places, counts)
    ended, opened = summed[:-1], summed[-1]
    at_risk = number_at_risk(ended.sum(axis=0), opened)
    before = np.concatenate(([1.0], np.cumprod(1 - ended.sum(axis=0) / at_risk)))[:-1]
    share = np.cumsum(before * ended / at_risk, axis=1)
    variance = np.array(
        [_variance(one, share[row], ended.sum(axis=0), at_risk, before) for row, one in enumerate(ended)]
    )
    lower, upper = _band(share, variance, float(normal_quantile((1 + level) / 2)))
    return Incidence(distinct, at_risk, ended, opened, share, variance, lower, upper)


def _variance(own: Counts, share: Floats, ended: Counts, at_risk: Counts, before: Floats) -> Floats:
    """Three sums of (F(t) - F(t_i)) to the power 2, 0 and 1, expanded so that one pass is enough."""
    n, d = at_risk.astype(float), ended.astype(float)
    # Where nobody is left the share no longer changes, so that term would be multiplied by zero.
    hazard = np.divide(d, n * (n - d), out=np.zeros(len(n)), where=n > d)
    mixed = before * own / n**2
    squares = share**2 * np.cumsum(hazard) - 2 * share * np.cumsum(hazard * share) + np.cumsum(hazard * share**2)
    alone = np.cumsum(before**2 * own * (n - own) / n**3)
    cross = share * np.cumsum(mixed) - np.cumsum(mixed * share)
    total: Floats = np.maximum(squares + alone - 2 * cross, 0.0)
    return total


def _band(share: Floats, variance: Floats, reach: float) -> tuple[Floats, Floats]:
    inside = (share > 0) & (share < 1)
    lower, upper = share.copy(), share.copy()
    log = np.log(share[inside])
    half = reach * np.sqrt(variance[inside]) / (share[inside] * np.abs(log))
    middle = np.log(-log)
    lower[inside], upper[inside] = np.exp(-np.exp(middle + half)), np.exp(-np.exp(middle - half))
    return lower, upper
