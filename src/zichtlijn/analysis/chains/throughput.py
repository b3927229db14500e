"""What goes in and out: cases started and ended, events, and cases open, per day, week or month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import ibis.expr.types as ir
import numpy as np
from ibis import _

from zichtlijn.analysis.chains import tables
from zichtlijn.analysis.chains.answers import Answer, Numbers, ask, kept
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.local_days import date_of, days_shown, month_starts, week_starts
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="throughput",
    title=gettext_noop("Cases in, out and open"),
    text=gettext_noop(
        "Per calendar day in the time zone of the log: cases with their first event that day, cases that ended that "
        "day, events, and cases open at the end of the day. A week begins on Monday. The first and the last week or "
        "month can be incomplete."
    ),
    unit="cases",
    source="ours",
)
Figure = Literal["started", "ended", "events", "open"]
Period = Literal["day", "week", "month"]
_START_OF: dict[Period, Callable[[Numbers], Numbers]] = {
    "day": lambda days: days,
    "week": week_starts,
    "month": month_starts,
}


@dataclass(frozen=True, slots=True)
class Flow:
    """One day, week or month from ``start`` on; ``open_cases`` at its end."""

    start: date
    started: int
    ended: int
    events: int
    open_cases: int


@dataclass(frozen=True)
class Throughput:
    """Per day, from ``first_day`` (a day number, see ``days_shown``) to the cut-off; arrays of shape (days,)."""

    first_day: int
    started: Numbers
    ended: Numbers
    events: Numbers
    open_cases: Numbers

    def per(self, period: Period) -> tuple[Flow, ...]:
        """The same added up per period."""
        days = self.first_day + np.arange(len(self.started), dtype=np.int64)
        starts = _START_OF[period](days)
        first = np.flatnonzero(np.diff(starts, prepend=starts[0] - 1))
        last = np.append(first[1:], len(days)) - 1
        sums = (np.add.reduceat(column, first).tolist() for column in (self.started, self.ended, self.events))
        columns = zip(starts[first].tolist(), *sums, self.open_cases[last].tolist(), strict=True)
        return tuple(Flow(date_of(start), *figures) for start, *figures in columns)


@kept
def started(selection: Selection = EVERYTHING) -> ir.Table:
    """Per day the number of cases that start."""
    return _per_day(selection.cases(), "start_day")


@kept
def ended(selection: Selection = EVERYTHING) -> ir.Table:
    """Per day the number of cases that end."""
    return _per_day(selection.cases().filter(_.closed), "end_day")


@kept
def events(selection: Selection = EVERYTHING) -> ir.Table:
    """Per day the number of events."""
    return _per_day(selection.events(), "day")


def _per_day(table: ir.Table, day: str) -> ir.Table:
    return table.group_by(table[day].name("day")).agg(count=_.count())


EXPRESSIONS = (started, ended, events)


def compute(engine: Engine, selection: Selection = EVERYTHING) -> Throughput:
    """From the first day of the log to its cut-off, also for a selection, so that figures can be laid side by side."""
    answers = (ask(engine, expression(selection)) for expression in (started, ended, events))
    return result(engine.log, *answers)


def result(log: DescribedLog, start: Answer, end: Answer, event: Answer) -> Throughput:
    """From the answers to ``started``, ``ended`` and ``events``."""
    first, last = days_shown(log)
    came, went, happened = (_series(answer, first, last - first + 1) for answer in (start, end, event))
    open_before = int(start["count"][start["day"] < first].sum() - end["count"][end["day"] < first].sum())
    return Throughput(first, came, went, happened, open_before + np.cumsum(came - went))


def _series(answer: Answer, first: int, length: int) -> Numbers:
    series = np.zeros(length, dtype=np.int64)
    shown = (answer["day"] >= first) & (answer["day"] < first + length)
    series[answer["day"][shown] - first] = answer["count"][shown]
    return series


def cases_behind(selection: Selection, figure: Figure, from_us: int, until_us: int) -> ir.Table:
    """The cases behind a figure of a period ``[from_us, until_us)``; for ``open``: at the end of it.

    ``LocalDays.start_us`` gives the moments at which days begin.
    """
    if figure == "events":
        there = tables.events.filter(_.at_us >= from_us, _.at_us < until_us).select("case_no").distinct()
        return selection.cases().semi_join(there, "case_no").select("case_no")
    cases = selection.cases()
    if figure == "started":
        found = cases.filter(_.start_us >= from_us, _.start_us < until_us)
    elif figure == "ended":
        found = cases.filter(_.closed, _.end_us >= from_us, _.end_us < until_us)
    else:
        found = cases.filter(_.start_us < until_us, ~_.closed | (_.end_us >= until_us))
    return found.select("case_no")
