"""What is compared between regions and groups: one expression per measure, per region, group and so on and period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import ibis
import ibis.expr.types as ir
from ibis import _

from zichtlijn.analysis.chains.lost_hand_overs import ALL
from zichtlijn.analysis.chains.open_cases import cases_known_at, known_at
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.time_scale import DAY_US, HOUR_US

Dimension = Literal["region", "group", "citizen_group"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
Measure = Literal["lead-time", "stay-time", "term-exceeded", "outcome", "activity", "hand-over-lost"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
Allowances = Mapping[tuple[int, int], int]
PERIODS = 40


class Periods:
    """Divides the starts of cases over ``PERIODS`` stretches of equal length."""

    def __init__(self, first_us: int, last_us: int) -> None:
        self.first_us, self.width_us = first_us, max(1, (last_us - first_us) // PERIODS + 1)

    def of(self, moment_us: ir.IntegerColumn) -> ir.IntegerColumn:
        """The number of the period, from 0."""
        return (moment_us - self.first_us) // self.width_us


ONE = Periods(0, 2**61)


def starts(selection: Selection = EVERYTHING, *, cut_off_us: int | None = None) -> ir.Table:
    """The first and the last start of a case: what the periods are divided over."""
    return cases_known_at(selection, cut_off_us).agg(first_us=_.start_us.min(), last_us=_.start_us.max())


def lead_times(
    selection: Selection = EVERYTHING,
    dimensions: Sequence[Dimension] = ("region",),
    *,
    periods: Periods = ONE,
    unit_us: int = DAY_US,
    cut_off_us: int | None = None,
) -> ir.Table:
    """Cases per unit, period, whole time and state (``ended`` 1 or 0)."""
    known = cases_known_at(selection, cut_off_us)
    time = (known.stop_us - known.start_us) // unit_us
    return _counted(known.mutate(time=time), dimensions, periods, "time", "ended")


def stay_times(
    selection: Selection = EVERYTHING,
    dimensions: Sequence[Dimension] = ("region",),
    *,
    periods: Periods = ONE,
    unit_us: int = DAY_US,
    cut_off_us: int | None = None,
) -> ir.Table:
    """Stays per organisation (``value``), unit, period of coming, whole time and state (``ended`` 1 or 0)."""
    known = known_at(selection.stays(), "from_us", "until_us", cut_off_us)
    time = (known.stop_us - known.from_us) // unit_us
    placed = known.mutate(time=time, value=known.organisation, start_us=known.from_us)
    return _counted(placed, dimensions, periods, "value", "time", "ended")


def terms_due(
    selection: Selection = EVERYTHING,
    dimensions: Sequence[Dimension] = ("region",),
    *,
    periods: Periods = ONE,
    cut_off_us: int | None = None,
) -> ir.Table:
    """Cases of which the term had passed at the cut-off, per unit, period and ``happened`` (1 when it was exceeded).

    Of all of these it is known whether they were in time, whatever is still open.
    """
    known = cases_known_at(selection, cut_off_us).filter(_.term_us.notnull())
    due = known if cut_off_us is None else known.filter(_.term_us < cut_off_us)
    late = ((due.ended == 0) | (due.stop_us > due.term_us)).cast("int64")
    return _counted(due.mutate(happened=late), dimensions, periods, "happened")


def outcomes(
    selection: Selection = EVERYTHING,
    dimensions: Sequence[Dimension] = ("region",),
    *,
    periods: Periods = ONE,
    cut_off_us: int | None = None,
) -> ir.Table:
    """Ended cases with a known outcome per unit, period and ``value`` (code of the outcome)."""
    ended = _ended(selection, cut_off_us).filter(_.outcome.notnull())
    return _counted(ended.mutate(value=ended.outcome), dimensions, periods, "value")


def activities(
    selection: Selection = EVERYTHING,
    dimensions: Sequence[Dimension] = ("region",),
    *,
    periods: Periods = ONE,
    cut_off_us: int | None = None,
) -> ir.Table:
    """Ended cases per unit, period and ``value``: each activity (code) that a case had, once."""
    had = selection.events().filter(_.done_before == 0).select("case_no", "activity")
    ended = _ended(selection, cut_off_us).select("case_no", "start_us", *dimensions)
    together = ended.join(had, "case_no")
    return _counted(together.mutate(value=together.activity), dimensions, periods, "value")


def ended_cases(
    selection: Selection = EVERYTHING,
    dimensions: Sequence[Dimension] = ("region",),
    *,
    periods: Periods = ONE,
    cut_off_us: int | None = None,
) -> ir.Table:
    """Ended cases per unit and period: out of which those of ``activities`` are."""
    return _counted(_ended(selection, cut_off_us), dimensions, periods)


def sent(
    selection: Selection = EVERYTHING,
    dimensions: Sequence[Dimension] = ("region",),
    *,
    periods: Periods = ONE,
    cut_off_us: int | None = None,
) -> ir.Table:
    """Hand-overs sent per pair of organisations, unit, period, whole hours since, and ``arrived`` (1 or 0)."""
    stays = selection.stays().filter(_.sent_to.notnull(), _.sent_to != _.organisation)
    hours = (stays.sent_us if cut_off_us is None else cut_off_us - stays.sent_us) // HOUR_US
    placed = stays.mutate(hours=hours, arrived=stays.arrived_us.notnull().cast("int64"), start_us=stays.sent_us)
    return _counted(placed, dimensions, periods, "organisation", "sent_to", "hours", "arrived")


EXPRESSIONS = (starts, lead_times, stay_times, terms_due, outcomes, activities, ended_cases, sent)


def cases_behind(
    selection: Selection = EVERYTHING,
    *,
    dimension: Dimension,
    code: int,
    measure: Measure,
    value: int | None = None,
    allowances: Allowances | None = None,
    cut_off_us: int | None = None,
) -> ir.Table:
    """The cases of one unit that the measure counts: those that exceeded their term, had the outcome or activity
    (code ``value``), were lost on the way, or (lead time; time at organisation ``value``) all of them.

    ``allowances``: hours enough per pair of organisations, as ``lost_hand_overs`` finds them; without them every case
    that did not arrive, however recent.
    """
    if measure == "hand-over-lost":
        lost = _lost(selection, allowances, cut_off_us)
        return lost.filter(_[dimension] == code).select("case_no").distinct()
    if measure == "stay-time":
        stays = known_at(selection.stays(), "from_us", "until_us", cut_off_us)
        return stays.filter(_.organisation == value, _[dimension] == code).select("case_no").distinct()
    if measure in ("lead-time", "term-exceeded"):
        known = cases_known_at(selection, cut_off_us).filter(_[dimension] == code)
        if measure == "term-exceeded":
            due = known.filter(_.term_us.notnull())
            due = due if cut_off_us is None else due.filter(_.term_us < cut_off_us)
            known = due.filter((_.ended == 0) | (_.stop_us > _.term_us))
        return known.select("case_no")
    ended = _ended(selection, cut_off_us).filter(_[dimension] == code)
    if measure == "outcome":
        return ended.filter(_.outcome == value).select("case_no")
    had = selection.events().filter(_.activity == value)
    return ended.semi_join(had, "case_no").select("case_no")


def _lost(selection: Selection, allowances: Allowances | None, cut_off_us: int | None) -> ir.Table:
    """Stays that sent their case to where it has not arrived, although (with allowances) there was time enough."""
    stays = selection.stays()
    sent_on = stays.filter(stays.sent_to.notnull(), stays.sent_to != stays.organisation, stays.arrived_us.isnull())
    if cut_off_us is None or allowances is None:
        return sent_on
    hours = (cut_off_us - sent_on.sent_us) // HOUR_US
    pairs = {pair: hours_enough for pair, hours_enough in allowances.items() if pair != ALL}
    this = {pair: (sent_on.organisation == pair[0]) & (sent_on.sent_to == pair[1]) for pair in pairs}
    others = hours >= allowances[ALL] if ALL in allowances else ibis.literal(False)
    branches = [(condition, hours >= pairs[pair]) for pair, condition in this.items()]
    return sent_on.filter(ibis.cases(*branches, else_=others) if branches else others)


def _ended(selection: Selection, cut_off_us: int | None) -> ir.Table:
    return cases_known_at(selection, cut_off_us).filter(_.ended == 1)


def _counted(table: ir.Table, dimensions: Sequence[Dimension], periods: Periods, *keys: str) -> ir.Table:
    placed = table.select(*dimensions, *keys, period=periods.of(table.start_us))
    return placed.group_by(*dimensions, "period", *keys).agg(count=_.count())
