"""Regions where cases stay longer at an organisation than in the others, open cases counted."""

from __future__ import annotations

import math
from collections.abc import Mapping as Values
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
from ibis import _

from zichtlijn.analysis.chains.answers import UNKNOWN, Answer, ask
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.open_cases import cut_off, known_at, time_histograms
from zichtlijn.analysis.chains.phenomena.limits import Limits
from zichtlijn.analysis.chains.phenomena.phenomenon import Evidence, Phenomenon, Role, Where
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.chains.statistics.distributions import normal_above, normal_quantile
from zichtlijn.analysis.chains.statistics.funnel import funnel
from zichtlijn.analysis.chains.statistics.survival import kaplan_meier
from zichtlijn.analysis.eventlogs.time_scale import DAY_US

METRIC = "time-at-organisation-per-region"
FEWEST_REGIONS = 5
LONGEST = 0.99


@dataclass(frozen=True)
class _Stay:
    """How long cases of one region stay at an organisation, in days; ``variance`` is that of the mean."""

    region: int
    cases: int
    mean: float
    variance: float


def stays_per_region(selection: Selection = EVERYTHING, cut_off_us: int | None = None) -> ir.Table:
    """Per organisation, region, whole days and state (``ended`` 1 or 0) the number of stays."""
    known = known_at(selection.stays().filter(_.region.notnull()), "from_us", "until_us", cut_off_us)
    timed = known.select("organisation", "region", "ended", time=(known.stop_us - known.from_us) // DAY_US)
    return timed.group_by("organisation", "region", "time", "ended").agg(count=_.count())


EXPRESSIONS = (stays_per_region,)


def examined(engine: Engine, selection: Selection, roles: Values[str, Role], limits: Limits) -> list[Phenomenon]:
    """Every organisation and region with enough cases, among at least five; H0: not slower than regions usually differ.

    The mean stay is that up to the time by which 99 % had gone, of the Kaplan-Meier curve; its logarithm is put in a
    funnel with over-dispersion, so that a region stands out only from the differences there are between regions.
    """
    answer = ask(engine, stays_per_region(selection, cut_off(engine.log)))
    found = []
    for code in np.unique(answer["organisation"]).tolist():
        rows = answer["organisation"] == code
        here = {name: column[rows] for name, column in answer.items()}
        found += _of_organisation(engine, selection, here, roles=roles, limits=limits)
    return found


def _of_organisation(
    engine: Engine, selection: Selection, rows: Answer, *, roles: Values[str, Role], limits: Limits
) -> list[Phenomenon]:
    everyone, horizon, regions = _means(rows, limits.fewest)
    if len(regions) < FEWEST_REGIONS:
        return []
    code = int(rows["organisation"][0])
    name = engine.log.values("organisation")[code]
    logs = np.log([each.mean for each in regions])
    spread = funnel(logs, np.array([math.sqrt(each.variance) / each.mean for each in regions]))
    usual = math.exp(spread.target)
    reach = -float(normal_quantile(limits.level))
    deviation = math.sqrt(everyone.variance * everyone.cases)
    found = []
    for each, z in zip(regions, spread.z.tolist(), strict=True):
        region = engine.log.values("region")[each.region]
        parameters = {"organisation": name, "region": region, "up_to_days": horizon, "usual": limits.regional_ratio}
        numbers = {"cases": each.cases, "days": round(each.mean, 1), "usual_days": round(usual, 1)}
        numbers |= {"ratio": each.mean / usual, "regions": len(regions), "between": spread.between}
        found.append(
            Phenomenon(
                "regional-gap",
                Where(name, region=region, role=roles.get(name, "middle")),
                (each.mean - usual) / deviation,
                Evidence(METRIC, parameters, numbers, float(normal_above(z))),
                material=each.mean > usual * limits.regional_ratio,
                absent=each.mean + reach * math.sqrt(each.variance) < usual * limits.regional_ratio,
                cases=cases_behind(selection, code, each.region),
            )
        )
    return found


def cases_behind(selection: Selection, organisation: int, region: int) -> ir.Table:
    """The cases of a region (code) that were at an organisation (code)."""
    stays = selection.stays().filter(_.organisation == organisation, _.region == region)
    return stays.select("case_no").distinct()


def _means(rows: Answer, fewest: int) -> tuple[_Stay, float, list[_Stay]]:
    """Of all regions together, the time up to which is looked, and of each region with enough cases."""
    codes, times, ended, opened = time_histograms(rows, "region")
    everyone = kaplan_meier(times, ended.sum(axis=0), opened.sum(axis=0))
    enough = []
    for row, code in enumerate(codes):
        there = ended[row] + opened[row] > 0
        if ended[row].any() and (ended[row] + opened[row]).sum() >= fewest:
            enough.append((code, kaplan_meier(times[there], ended[row][there], opened[row][there])))
    last = [float(curve.times[-1]) for _, curve in enough if curve.survival[-1] > 0]
    horizon = min([everyone.quantile(LONGEST).value, *last])
    if not math.isfinite(horizon) or horizon <= 0:
        return _Stay(UNKNOWN, 0, 0.0, 0.0), 0.0, []
    stays = [_Stay(code, curve.cases, *curve.restricted_mean_and_variance(horizon)) for code, curve in enough]
    usable = [each for each in stays if each.mean > 0 and each.variance > 0]
    whole = _Stay(UNKNOWN, everyone.cases, *everyone.restricted_mean_and_variance(horizon))
    return whole, horizon, usable
