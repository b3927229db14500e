"""Waiting lists that grow, beyond the ups and downs of a year."""

from __future__ import annotations

import math
from collections.abc import Mapping as Values
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from zichtlijn.analysis.chains import waiting_lists
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.phenomena.limits import Limits
from zichtlijn.analysis.chains.phenomena.phenomenon import Evidence, Phenomenon, Role, Where
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.chains.waiting_lists import WaitingList

WEEKS_PER_YEAR, WEEKS_OF_A_LEVEL, FEWEST_WEEKS = 52, 8, 26
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Recent:
    """The last so many weeks of a list: inflow and outflow per week, and the level at the end of each."""

    inflow: Counts
    outflow: Counts
    level: Counts

    @classmethod
    def of(cls, found: WaitingList, weeks: int) -> _Recent:
        days = slice(len(found.level) - 7 * weeks, None)
        inflow, outflow = (series[days].reshape(-1, 7).sum(axis=1) for series in (found.inflow, found.outflow))
        return cls(inflow, outflow, found.level[days][6::7])

    @property
    def before_and_after(self) -> tuple[float, float]:
        """The mean level of the first and of the last weeks."""
        return float(self.level[:WEEKS_OF_A_LEVEL].mean()), float(self.level[-WEEKS_OF_A_LEVEL:].mean())

    @property
    def p_value(self) -> float:
        """The chance of so much more inflow than outflow when both come at random at the same rate.

        The difference of two Poisson counts, with their over-dispersion (McCullagh & Nelder 1989, 6.2.3) taken from
        one week to the next, so that a slow change does not count as chance.
        """
        total = int(self.inflow.sum() + self.outflow.sum())
        variance = _dispersion(self.inflow) * self.inflow.sum() + _dispersion(self.outflow) * self.outflow.sum()
        if not total:
            return 1.0
        return float(stats.norm.sf((self.inflow.sum() - self.outflow.sum()) / math.sqrt(variance)))


def examined(engine: Engine, selection: Selection, roles: Values[str, Role], limits: Limits) -> list[Phenomenon]:
    """The list of every organisation with enough cases; H0: as many are taken up as come in."""
    found = []
    for each in waiting_lists.compute(engine, selection).totals:
        weeks = looked_at(len(each.days) // 7)
        if weeks and each.level[-7 * weeks :].mean() >= limits.fewest:
            found.append(_phenomenon(engine, selection, each, _Recent.of(each, weeks), roles=roles, limits=limits))
    return found


def looked_at(weeks: int) -> int:
    """How many of the last weeks to look at: whole years, and not the beginning, when a list fills; 0: too short."""
    years = min(2, int((weeks - FEWEST_WEEKS) // WEEKS_PER_YEAR))
    found = years * WEEKS_PER_YEAR if years > 0 else weeks // 2
    return found if found >= FEWEST_WEEKS else 0


def _dispersion(counts: Counts) -> float:
    mean = counts.mean()
    return max(1.0, float((np.diff(counts) ** 2).mean() / 2 / mean)) if mean > 0 else 1.0


def _phenomenon(
    engine: Engine,
    selection: Selection,
    found: WaitingList,
    recent: _Recent,
    *,
    roles: Values[str, Role],
    limits: Limits,
) -> Phenomenon:
    before, after = recent.before_and_after
    ratio = max(after, 0.1) / max(before, 0.1)
    weeks = len(recent.level)
    numbers = {
        "weeks": weeks,
        "level_before": round(before, 1),
        "level_after": round(after, 1),
        "inflow": int(recent.inflow.sum()),
        "outflow": int(recent.outflow.sum()),
    }
    parameters = {"organisation": found.organisation, "weeks": weeks, "usual": limits.growth}
    at = engine.log.manifest.cut_off_us
    return Phenomenon(
        "growing-list",
        Where(found.organisation, role=roles.get(found.organisation, "middle")),
        math.log(ratio),
        Evidence(waiting_lists.DEFINITION.name, parameters, numbers, recent.p_value),
        material=ratio > 1 + limits.growth,
        cases=waiting_lists.cases_behind(
            selection, organisation=found.organisation_code, waiting_at_us=at, cut_off_us=at
        ),
    )
