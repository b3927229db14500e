"""Whether cases end within their statutory term, with those not yet due counted as such."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
from ibis import _

from zichtlijn.analysis.chains.answers import UNKNOWN, Answer, Numbers, ask, kept, text_of
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.open_cases import (
    UNIT_US,
    Grouping,
    TimeUnit,
    cases_known_at,
    cut_off,
    dimension_of,
    matching,
    time_histograms,
)
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.chains.statistics.survival import Curve, Interval, LogRank, kaplan_meier, log_rank
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.eventlogs.time_scale import DAY_US
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="terms",
    title=gettext_noop("Statutory term exceeded"),
    text=gettext_noop(
        "Of the cases with a term: closed in time, closed late, open and late, and open but not yet due at the "
        "cut-off. A case is in time when it is closed at the latest at the moment the term ends. The share that "
        "exceeds its term is estimated with the cases that are not yet due counted up to the cut-off, on a scale of "
        "time before and after the term, so that terms may differ. Groups are compared with the log-rank test on that "
        "scale."
    ),
    unit="share",
    source="Kaplan & Meier 1958; Mantel 1966; the scale: ours",
)
CLOSED_IN_TIME = gettext_noop("closed in time")
CLOSED_LATE = gettext_noop("closed late")
OPEN_LATE = gettext_noop("open and late")
NOT_YET_DUE = gettext_noop("open, not yet due")
STATES = (CLOSED_IN_TIME, CLOSED_LATE, OPEN_LATE, NOT_YET_DUE)


@dataclass(frozen=True, eq=False)
class GroupTerms:
    """One group. ``exceeded`` is the estimated share that exceeds its term, with its interval; NaN when unknowable.

    ``curve``: share not yet closed against time relative to the term, negative before it.
    """

    value: str | None
    code: int | None
    closed_in_time: int
    closed_late: int
    open_late: int
    not_yet_due: int
    exceeded: Interval
    curve: Curve

    @property
    def cases(self) -> int:
        """Cases with a term."""
        return self.closed_in_time + self.closed_late + self.open_late + self.not_yet_due

    @property
    def late(self) -> int:
        """Cases of which it is certain that the term was exceeded."""
        return self.closed_late + self.open_late


@dataclass(frozen=True, eq=False)
class Terms:
    """All cases with a term together, and per group; ``without_term`` counts the cases that have none."""

    unit: TimeUnit
    by: Grouping | None
    without_term: int
    everyone: GroupTerms
    groups: tuple[GroupTerms, ...]
    comparison: LogRank | None


@kept
def histogram(
    selection: Selection = EVERYTHING,
    by: Grouping | None = None,
    *,
    unit_us: int = DAY_US,
    cut_off_us: int | None = None,
) -> ir.Table:
    """Per group, time relative to the term and state (``ended`` 1 or 0) the number of cases with a term.

    ``time`` is at most 0 exactly when the case stopped (closed, or open at the cut-off) by its term, else above.
    """
    keys = [by] if by else []
    known = _with_term(selection, cut_off_us)
    placed = known.select(*keys, "ended", time=_relative(known, unit_us))
    return placed.group_by(*keys, "time", "ended").agg(count=_.count())


@kept
def without_term(selection: Selection = EVERYTHING, *, cut_off_us: int | None = None) -> ir.Table:
    """The number of cases without a term."""
    known = cases_known_at(selection, cut_off_us)
    return known.filter(known.term_us.isnull()).agg(count=_.count())


EXPRESSIONS = (histogram, without_term)


def compute(
    engine: Engine,
    selection: Selection = EVERYTHING,
    *,
    by: Grouping | None = None,
    unit: TimeUnit = "days",
    level: float = 0.95,
) -> Terms:
    """Terms of all cases, and per group where ``by`` names one."""
    at = cut_off(engine.log)
    placed = ask(engine, histogram(selection, by, unit_us=UNIT_US[unit], cut_off_us=at))
    others = ask(engine, without_term(selection, cut_off_us=at))
    return result(engine.log, placed, int(others["count"][0]), by=by, unit=unit, level=level)


def result(
    log: Prepared, placed: Answer, others: int, *, by: Grouping | None, unit: TimeUnit, level: float = 0.95
) -> Terms:
    """From the answers to ``histogram`` and ``without_term``."""
    codes, times, events, censored = time_histograms(placed, by)
    everyone = _group(None, None, times, events.sum(axis=0), censored.sum(axis=0), level=level)
    if by is None:
        return Terms(unit, by, others, everyone, (), None)
    texts = log.values(dimension_of(by))
    groups = tuple(
        _group(text_of(texts, code), code, times, events[row], censored[row], level=level)
        for row, code in enumerate(codes)
    )
    known = [row for row, code in enumerate(codes) if code != UNKNOWN]
    return Terms(unit, by, others, everyone, groups, log_rank(events[known], censored[known]))


def cases_behind(
    selection: Selection = EVERYTHING,
    *,
    state: str | None = None,
    by: Grouping | None = None,
    code: int | None = None,
    cut_off_us: int | None = None,
) -> ir.Table:
    """The cases with a term in one of ``STATES`` (None: all) and of one group."""
    known = _with_term(selection, cut_off_us)
    found = matching(known, by, code) if by else known
    if state is not None:
        found = found.filter(_.ended == int(state in (CLOSED_IN_TIME, CLOSED_LATE)))
        late = state in (CLOSED_LATE, OPEN_LATE)
        found = found.filter(_.stop_us > _.term_us if late else _.stop_us <= _.term_us)
    return found.select("case_no")


def _with_term(selection: Selection, cut_off_us: int | None) -> ir.Table:
    known = cases_known_at(selection, cut_off_us)
    return known.filter(known.term_us.notnull())


def _relative(known: ir.Table, unit_us: int) -> ir.IntegerColumn:
    """0 is the last unit before the term and 1 the first after it; only numbers above or at 0 are divided."""
    late_us = known.stop_us - known.term_us
    return ibis.ifelse(late_us > 0, (late_us - 1) // unit_us + 1, -((known.term_us - known.stop_us) // unit_us))


def _group(
    value: str | None, code: int | None, times: Numbers, events: Numbers, censored: Numbers, *, level: float
) -> GroupTerms:
    there = (events + censored) > 0
    late = times > 0
    curve = kaplan_meier(times[there], events[there], censored[there], level=level)
    return GroupTerms(
        value,
        code,
        closed_in_time=int(events[~late].sum()),
        closed_late=int(events[late].sum()),
        open_late=int(censored[late].sum()),
        not_yet_due=int(censored[~late].sum()),
        exceeded=curve.at(0.0),
        curve=curve,
    )
