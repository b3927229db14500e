"""How long cases take, with those still open counted as such."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import ibis.expr.types as ir
import numpy as np
from ibis import _

from zichtlijn.analysis.chains.answers import Answer, Numbers, ask, kept, text_of
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.open_cases import (
    UNIT_US,
    Grouping,
    TimeUnit,
    cases_known_at,
    cut_off,
    dimension_of,
    known_at,
    matching,
    time_histograms,
)
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.chains.statistics.competing import Incidence, cumulative_incidence
from zichtlijn.analysis.chains.statistics.survival import Curve, Interval, LogRank, kaplan_meier, log_rank
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.eventlogs.time_scale import DAY_US
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="lead-times",
    title=gettext_noop("Lead time"),
    text=gettext_noop(
        "The time from the first event of a case until it is closed, in whole days rounded down unless another unit is "
        "chosen. Cases that were still open at the cut-off count up to then as not yet ended, so that slow cases are "
        "not left out. The line shows the share of cases not yet ended after so many days, with its 95% band; the "
        "median is the time by which half has ended. Groups are compared with the log-rank test."
    ),
    unit="days",
    source="Kaplan & Meier 1958; Greenwood 1926; Kalbfleisch & Prentice 1980; Mantel 1966",
)
ENDINGS = Definition(
    name="endings",
    title=gettext_noop("How and when cases end"),
    text=gettext_noop(
        "The share of cases that ended in each way by so many days after their start. Cases that were still open at "
        "the cut-off count up to then. An ending that comes often does not make another seem quicker or slower."
    ),
    unit="share",
    source="Aalen & Johansen 1978; Marubini & Valsecchi 1995",
)
By = Grouping | Literal["organisation"]
Ending = Literal["outcome", "last_activity"]


@dataclass(frozen=True, eq=False)
class GroupLeadTime:
    """One group. ``value`` is None for cases of which it is not known, and for all cases together.

    Times are in the unit of the whole; a median or 90th percentile is infinite where so many have not ended yet.
    ``mean`` is restricted to the horizon of the whole.
    """

    value: str | None
    code: int | None
    cases: int
    open_cases: int
    curve: Curve
    median: Interval
    p90: Interval
    mean: Interval


@dataclass(frozen=True, eq=False)
class LeadTimes:
    """All cases together and per group. ``horizon``: the longest time up to which every group has been observed."""

    unit: TimeUnit
    by: By | None
    horizon: float
    everyone: GroupLeadTime
    groups: tuple[GroupLeadTime, ...]
    comparison: LogRank | None


@dataclass(frozen=True, eq=False)
class Endings:
    """``values`` are the ways to end, in the rows of ``incidence``; None where a case ended in an unknown way."""

    unit: TimeUnit
    by: Ending
    values: tuple[str | None, ...]
    incidence: Incidence


@kept
def histogram(
    selection: Selection = EVERYTHING,
    by: By | Ending | None = None,
    *,
    unit_us: int = DAY_US,
    cut_off_us: int | None = None,
) -> ir.Table:
    """Per group, whole unit of time and state (``ended`` 1 or 0) the number of cases; of stays for organisations."""
    known, start = _known(selection, by, cut_off_us)
    keys = [by] if by else []
    timed = known.select(*keys, "ended", time=(known.stop_us - known[start]) // unit_us)
    return timed.group_by(*keys, "time", "ended").agg(count=_.count())


def per_organisation(selection: Selection = EVERYTHING) -> ir.Table:
    """``histogram`` of the time that cases stay at each organisation."""
    return histogram(selection, "organisation")


def per_region(selection: Selection = EVERYTHING) -> ir.Table:
    """``histogram`` per region."""
    return histogram(selection, "region")


EXPRESSIONS = (histogram, per_organisation, per_region)


def compute(
    engine: Engine,
    selection: Selection = EVERYTHING,
    *,
    by: By | None = None,
    unit: TimeUnit = "days",
    level: float = 0.95,
) -> LeadTimes:
    """Lead times of all cases, and per group where ``by`` names one. By organisation: the time a case stays there.

    Cases of which the group is not known are a group of their own in the result, but take no part in the comparison.
    """
    query = histogram(selection, by, unit_us=UNIT_US[unit], cut_off_us=cut_off(engine.log))
    return result(engine.log, ask(engine, query), by=by, unit=unit, level=level)


def result(log: DescribedLog, answer: Answer, *, by: By | None, unit: TimeUnit, level: float = 0.95) -> LeadTimes:
    """From the answer to ``histogram``."""
    codes, times, events, censored = time_histograms(answer, by)
    horizon = _horizon(times, events, censored)
    sums = events.sum(axis=0), censored.sum(axis=0)
    everyone = _group(None, None, times, *sums, horizon=horizon, level=level)
    if by is None:
        return LeadTimes(unit, by, horizon, everyone, (), None)
    texts = log.values(dimension_of(by))
    groups = tuple(
        _group(text_of(texts, code), code, times, events[row], censored[row], horizon=horizon, level=level)
        for row, code in enumerate(codes)
    )
    known = [row for row, code in enumerate(codes) if code >= 0]
    return LeadTimes(unit, by, horizon, everyone, groups, log_rank(events[known], censored[known]))


def compute_endings(
    engine: Engine,
    selection: Selection = EVERYTHING,
    *,
    by: Ending = "outcome",
    unit: TimeUnit = "days",
    level: float = 0.95,
) -> Endings:
    """How cases end (their outcome, or last activity) and when."""
    query = histogram(selection, by, unit_us=UNIT_US[unit], cut_off_us=cut_off(engine.log))
    codes, times, events, censored = time_histograms(ask(engine, query), by)
    texts = engine.log.values(dimension_of(by))
    ways = [row for row in range(len(codes)) if events[row].any()]
    incidence = cumulative_incidence(times, events[ways], censored.sum(axis=0), level=level)
    return Endings(unit, by, tuple(text_of(texts, codes[row]) for row in ways), incidence)


def cases_behind(
    selection: Selection = EVERYTHING,
    *,
    by: By | Ending | None = None,
    code: int | None = None,
    at_least: int = 0,
    ended: bool | None = None,
    unit: TimeUnit = "days",
    cut_off_us: int | None = None,
) -> ir.Table:
    """The cases of a group (code; None for all) that took, or are open for, at least so many units."""
    known, start = _known(selection, by, cut_off_us)
    found = known.filter((known.stop_us - known[start]) // UNIT_US[unit] >= at_least)
    found = matching(found, by, code) if by else found
    if ended is not None:
        found = found.filter(_.ended == int(ended))
    return found.select("case_no").distinct()


def _known(selection: Selection, by: By | Ending | None, cut_off_us: int | None) -> tuple[ir.Table, str]:
    if by == "organisation":
        return known_at(selection.stays(), "from_us", "until_us", cut_off_us), "from_us"
    return cases_known_at(selection, cut_off_us), "start_us"


def _group(
    value: str | None,
    code: int | None,
    times: Numbers,
    events: Numbers,
    censored: Numbers,
    *,
    horizon: float,
    level: float,
) -> GroupLeadTime:
    there = (events + censored) > 0
    curve = kaplan_meier(times[there], events[there], censored[there], level=level)
    mean = curve.restricted_mean(horizon, level)
    return GroupLeadTime(
        value, code, curve.cases, int(censored.sum()), curve, curve.quantile(0.5), curve.quantile(0.9), mean
    )


def _horizon(times: Numbers, events: Numbers, censored: Numbers) -> float:
    """Up to where every curve is known: to its last time, or without end where all of its cases have ended."""
    last = []
    for ended, opened in zip(events, censored, strict=True):
        there = np.flatnonzero(ended + opened)
        if len(there) and opened[there[-1]]:
            last.append(int(times[there[-1]]))
    return float(min(last) if last else times[-1]) if len(times) else 0.0
