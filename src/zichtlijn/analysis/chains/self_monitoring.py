"""Whether an organisation watches its own waiting list: what it states, held against the log."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import ibis.expr.types as ir
from ibis import _

from zichtlijn.analysis.chains import waiting_lists
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.local_days import LocalDays, date_of, day_number
from zichtlijn.analysis.chains.open_cases import cut_off
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.chains.stated_figures import OF_A_PERIOD, Statement
from zichtlijn.analysis.chains.waiting_lists import WaitingList
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="self-monitoring",
    title=gettext_noop("Self-monitoring held against the log"),
    text=gettext_noop(
        "A figure that an organisation states about its own waiting list, next to the same figure from the log. They "
        "agree when they differ no more than the tolerance: a share of what was measured, and at least a few cases or "
        "days. A level may be that of the beginning or of the end of the day. What lies outside the log, or in its "
        "first half year when lists still fill, cannot be checked. A difference can lie in the registration as well "
        "as in the statement."
    ),
    unit="cases",
    source="ours",
)
Verdict = Literal["agrees", "differs", "cannot-be-checked"]
VERDICTS: dict[Verdict, str] = {
    "agrees": gettext_noop("agrees"),
    "differs": gettext_noop("differs"),
    "cannot-be-checked": gettext_noop("cannot be checked"),
}
WITHIN = gettext_noop("Stated %(stated)s, measured %(measured)s: within the tolerance of %(tolerance)s.")
MORE = gettext_noop("Stated %(stated)s, measured %(measured)s: the log shows more than is stated.")
LESS = gettext_noop("Stated %(stated)s, measured %(measured)s: the log shows less than is stated.")
NO_ORGANISATIONS = gettext_noop("The log does not say at which organisation an event takes place.")
UNKNOWN_ORGANISATION = gettext_noop("The log has no organisation %(name)s.")
UNKNOWN_REGION = gettext_noop("The log has no cases of %(name)s at this organisation.")
TOO_EARLY = gettext_noop("The day lies before %(date)s; until then lists of this log are still filling.")
BEFORE_THE_LOG = gettext_noop("The period begins before the log, on %(date)s.")
TOO_LATE = gettext_noop("The day lies after the cut-off of the log, %(date)s.")
NOBODY = gettext_noop("Nobody waits on that day, so there is no waiting time.")

FILLING_DAYS = 182


@dataclass(frozen=True, slots=True)
class Tolerance:
    """``share`` of what was measured, and at least so many cases or days."""

    share: float = 0.05
    cases: float = 2.0
    days: float = 1.0

    def of(self, statement: Statement, measured: float) -> float:
        """In the unit of the statement."""
        return max(self.share * measured, self.days if statement.what.endswith("wait") else self.cases)


TOLERANCE = Tolerance()


@dataclass(frozen=True)
class Checked:
    """A statement and what the log says. ``difference`` is stated minus measured; None where nothing was measured.

    ``reason`` is English and a key for translation, filled in with ``params``. ``cases`` are those measured, ``count``
    is how many they are.
    """

    statement: Statement
    verdict: Verdict
    reason: str
    params: dict[str, Any]
    measured: float | None = None
    difference: float | None = None
    tolerance: float | None = None
    cases: ir.Table | None = None
    count: int | None = None


class _Unmeasured(Exception):
    """Why something cannot be checked."""

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason)
        self.reason, self.params = reason, params


def check(
    statements: Sequence[Statement],
    engine: Engine,
    *,
    tolerance: Tolerance = TOLERANCE,
    filling_days: int = FILLING_DAYS,
) -> list[Checked]:
    """Every statement in turn. ``filling_days``: from the first day of the log, in which levels are too low."""
    if not engine.log.has("stays"):
        return [Checked(each, "cannot-be-checked", NO_ORGANISATIONS, {}) for each in statements]
    days = LocalDays.of(engine.log)
    lists = _lists(statements, engine)
    found = []
    for statement in statements:
        try:
            measuring = _Measuring(statement, _list_of(statement, lists), engine, days, filling_days)
            found.append(_checked(statement, measuring, tolerance))
        except _Unmeasured as why:
            found.append(Checked(statement, "cannot-be-checked", why.reason, dict(why.params)))
    return found


def _same(one: str | None, other: str | None) -> bool:
    return (one or "").strip().casefold() == (other or "").strip().casefold()


def _lists(statements: Sequence[Statement], engine: Engine) -> tuple[WaitingList, ...]:
    """Of the organisations that are stated; the others need not be counted."""
    names = engine.log.values("organisation")
    codes = [code for code, name in enumerate(names) if any(_same(each.organisation, name) for each in statements)]
    return waiting_lists.compute(engine, Selection(organisations=tuple(codes))).lists if codes else ()


def _list_of(statement: Statement, lists: tuple[WaitingList, ...]) -> WaitingList:
    here = [each for each in lists if _same(each.organisation, statement.organisation)]
    if not here:
        raise _Unmeasured(UNKNOWN_ORGANISATION, name=statement.organisation)
    for each in here:
        if each.is_total if statement.region is None else not each.is_total and _same(each.region, statement.region):
            return each
    raise _Unmeasured(UNKNOWN_REGION, name=statement.region)


class _Measuring:
    """One statement at the list it is about."""

    def __init__(
        self, statement: Statement, found: WaitingList, engine: Engine, days: LocalDays, filling_days: int
    ) -> None:
        self.statement, self.list, self.days = statement, found, days
        self.at = cut_off(engine.log)
        first, last = days.day_of(engine.log.manifest.first_us), days.day_of(self.at)
        self.day = day_number(statement.on)
        if self.day > last:
            raise _Unmeasured(TOO_LATE, date=_written(last))
        if statement.since is not None:
            if day_number(statement.since) < first:
                raise _Unmeasured(BEFORE_THE_LOG, date=_written(first))
        elif self.day < first + filling_days:
            raise _Unmeasured(TOO_EARLY, date=_written(first + filling_days))

    def candidates(self) -> list[tuple[float, int]]:
        """What can be meant, with its day: a level can be that of the end of the day or of the day before."""
        what, first = self.statement.what, int(self.list.days[0])
        if what in OF_A_PERIOD:
            series = self.list.inflow if what == "inflow" else self.list.outflow
            return [(float(series[max(0, self._since - first) : self.day - first + 1].sum()), self.day)]
        levels = {"level": self.list.level, "mean-wait": self.list.mean_age, "longest-wait": self.list.oldest_age}
        days = (day for day in (self.day, self.day - 1) if day >= first)
        values = ((float(levels[what][day - first]), day) for day in days)
        return [(value, day) for value, day in values if not math.isnan(value)]

    @property
    def _since(self) -> int:
        return day_number(self.statement.since or self.statement.on)

    def count(self, day: int, measured: float) -> int:
        """How many cases were measured; those that wait on that day when it is a time that they have waited."""
        if self.statement.what.endswith("wait"):
            return int(self.list.level[day - int(self.list.days[0])])
        return int(measured)

    def cases(self, day: int) -> ir.Table:
        """Those counted: waiting at the end of a day, or come or gone from the beginning of the period until then."""
        end = min(self.days.start_us(day + 1) - 1, self.at)
        organisation, region = self.list.organisation_code, self.list.region_code
        if self.statement.what not in OF_A_PERIOD:
            return waiting_lists.cases_behind(
                organisation=organisation, region=region, waiting_at_us=end, cut_off_us=self.at
            )
        came = self.statement.what == "inflow"
        return moved(organisation, region, self.days.start_us(self._since), end, came=came)


def moved(
    organisation: int, region: int | None, start_us: int, end_us: int, *, came: bool, selection: Selection = EVERYTHING
) -> ir.Table:
    """The cases that came to wait at an organisation (code) from ``start_us`` to ``end_us``, or were taken up there."""
    stays = selection.stays().filter(_.organisation == organisation)
    here = stays if region is None else stays.filter(_.region == region)
    moment = here.from_us if came else here.served_us.coalesce(here.until_us)
    return here.filter(moment >= start_us, moment <= end_us).select("case_no").distinct()


def _checked(statement: Statement, measuring: _Measuring, tolerance: Tolerance) -> Checked:
    candidates = measuring.candidates()
    if not candidates:
        raise _Unmeasured(NOBODY)
    measured, day = min(candidates, key=lambda candidate: abs(candidate[0] - statement.value))
    allowed = tolerance.of(statement, measured)
    difference = statement.value - measured
    agrees = abs(difference) <= allowed
    reason = WITHIN if agrees else MORE if difference < 0 else LESS
    params = {"stated": statement.value, "measured": round(measured, 1), "tolerance": round(allowed, 1)}
    verdict: Verdict = "agrees" if agrees else "differs"
    cases, count = measuring.cases(day), measuring.count(day, measured)
    return Checked(statement, verdict, reason, params, measured, difference, allowed, cases, count)


def _written(day: int) -> str:
    return date_of(day).isoformat()
