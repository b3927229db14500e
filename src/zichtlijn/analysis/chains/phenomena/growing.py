"""Waiting lists that grow, beyond the ups and downs of a year."""

from __future__ import annotations

import math
from collections.abc import Iterator
from collections.abc import Mapping as Values
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
from ibis import _

from zichtlijn.analysis.chains import waiting_lists
from zichtlijn.analysis.chains.answers import Answer, ask, kept
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.local_days import MOST_DAYS, LocalDays
from zichtlijn.analysis.chains.open_cases import cut_off
from zichtlijn.analysis.chains.phenomena.limits import Limits
from zichtlijn.analysis.chains.phenomena.phenomenon import Evidence, Phenomenon, Role, Where
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.chains.statistics.distributions import normal_above

WEEKS_PER_YEAR, WEEKS_OF_A_LEVEL, FEWEST_WEEKS = 52, 8, 26
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Recent:
    """The last so many weeks of a list: inflow and outflow per week, and the level at the end of each."""

    organisation: int
    inflow: Counts
    outflow: Counts
    level: Counts

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
        return float(normal_above((self.inflow.sum() - self.outflow.sum()) / math.sqrt(variance)))


@kept
def inflow(selection: Selection = EVERYTHING) -> ir.Table:
    """Per organisation and day the cases that came to wait."""
    waits = waiting_lists.waits(selection)
    return waits.group_by("organisation", day=_.came).agg(cases=_["count"].sum())


@kept
def outflow(selection: Selection = EVERYTHING) -> ir.Table:
    """Per organisation and day the cases that were taken up."""
    waits = waiting_lists.waits(selection).filter(_.left < waiting_lists.STILL)
    return waits.group_by("organisation", day=_.left).agg(cases=_["count"].sum())


EXPRESSIONS = (inflow, outflow)


def examined(engine: Engine, selection: Selection, roles: Values[str, Role], limits: Limits) -> list[Phenomenon]:
    """The list of every organisation with enough cases; H0: as many are taken up as come in."""
    return [
        _phenomenon(engine, selection, each, roles=roles, limits=limits)
        for each in _recent(engine, selection)
        if each.level.mean() >= limits.fewest
    ]


def _recent(engine: Engine, selection: Selection) -> Iterator[_Recent]:
    days, at = LocalDays.of(engine.log), cut_off(engine.log)
    came, left = (ask(engine, query(selection)) for query in (inflow, outflow))
    if not len(came["day"]):
        return
    last = days.day_of(at)
    first = max(int(came["day"].min()), last - MOST_DAYS + 1)
    weeks = looked_at((last - first + 1) // 7)
    for code in np.unique(came["organisation"]).tolist() if weeks else ():
        into, out = (_per_day(rows, code, first, last) for rows in (came, left))
        recent = slice(len(into) - 7 * weeks, None)
        came_per_week, left_per_week = (series[recent].reshape(-1, 7).sum(axis=1) for series in (into, out))
        yield _Recent(code, came_per_week, left_per_week, np.cumsum(into - out)[recent][6::7])


def _per_day(rows: Answer, organisation: int, first: int, last: int) -> Counts:
    here = rows["organisation"] == organisation
    series = np.zeros(last - first + 1, dtype=np.int64)
    # What was before it is there on the first day
    np.add.at(series, np.maximum(rows["day"][here] - first, 0), rows["cases"][here])
    return series


def looked_at(weeks: int) -> int:
    """How many of the last weeks to look at: whole years, and not the beginning, when a list fills; 0: too short."""
    years = min(2, int((weeks - FEWEST_WEEKS) // WEEKS_PER_YEAR))
    found = years * WEEKS_PER_YEAR if years > 0 else weeks // 2
    return found if found >= FEWEST_WEEKS else 0


def _dispersion(counts: Counts) -> float:
    mean = counts.mean()
    return max(1.0, float((np.diff(counts) ** 2).mean() / 2 / mean)) if mean > 0 else 1.0


def _phenomenon(
    engine: Engine, selection: Selection, recent: _Recent, *, roles: Values[str, Role], limits: Limits
) -> Phenomenon:
    name, weeks = engine.log.values("organisation")[recent.organisation], len(recent.level)
    before, after = recent.before_and_after
    ratio = max(after, 0.1) / max(before, 0.1)
    numbers = {
        "weeks": weeks,
        "level_before": round(before, 1),
        "level_after": round(after, 1),
        "inflow": int(recent.inflow.sum()),
        "outflow": int(recent.outflow.sum()),
    }
    parameters = {"organisation": name, "weeks": weeks, "usual": limits.growth}
    at = cut_off(engine.log)
    cases = waiting_lists.cases_behind(selection, organisation=recent.organisation, waiting_at_us=at, cut_off_us=at)
    return Phenomenon(
        "growing-list",
        Where(name, role=roles.get(name, "middle")),
        math.log(ratio),
        Evidence(waiting_lists.DEFINITION.name, parameters, numbers, recent.p_value),
        material=ratio > 1 + limits.growth,
        absent=ratio < 1 + limits.growth / 2 and recent.p_value > limits.level,
        cases=cases,
    )
