"""Who waits where: level, inflow, outflow and age per organisation, region and day, and what that asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
from ibis import _

from zichtlijn.analysis.chains.answers import UNKNOWN, Answer, Numbers, ask, kept, text_of
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.local_days import MOST_DAYS, LocalDays
from zichtlijn.analysis.chains.open_cases import cut_off, known_at, matching
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.chains.statistics.backlog import Backlog, backlog
from zichtlijn.analysis.chains.waiting_ages import daily_ages
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="waiting-lists",
    title=gettext_noop("Waiting lists"),
    text=gettext_noop(
        "A case waits at an organisation from its first event there until the first activity that counts as service, "
        "or, without one, until it leaves or is closed. Level is the number that waits at the end of a day; inflow and "
        "outflow are those that came and left on that day. Age is the number of days since they came. In the first "
        "weeks of a log the level is too low, because cases that came before it are not in it."
    ),
    unit="cases",
    source="Counting: ours; backlog pressure: Fong et al. 2022 (medRxiv 2022.08.23.22279117), as in NHSRwaitinglist",
)
BACKLOG_DAYS = 91
STILL = 2**31 - 1
"""The day of leaving of a case that still waits: after every day."""
Series = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class WaitingList:
    """The list of one organisation, in one region or (``region`` None and ``is_total``) in all together.

    Arrays are per day of ``days`` (days since 1970-01-01, local). Ages are in days, NaN on days when nobody waits; the
    median and 90th percentile are the lowest age that at least that share does not exceed.
    """

    organisation: str
    organisation_code: int
    region: str | None
    region_code: int | None
    is_total: bool
    days: Series
    level: Series
    inflow: Series
    outflow: Series
    mean_age: npt.NDArray[np.float64]
    median_age: npt.NDArray[np.float64]
    p90_age: npt.NDArray[np.float64]
    oldest_age: npt.NDArray[np.float64]

    def backlog(self, term_days: float, *, over_days: int = BACKLOG_DAYS, days_to_target: float = 182.0) -> Backlog:
        """What the list asks for, with arrivals and departures over the last days before the cut-off.

        The variation of arrivals and departures is that of the counts per week: for a renewal process the variance
        of a count over its mean tends to the square of the coefficient of variation of the times between.
        """
        span = min(over_days, len(self.days))
        recent = slice(len(self.days) - span, None)
        inflow, outflow = self.inflow[recent], self.outflow[recent]
        return backlog(
            arrivals=int(inflow.sum()),
            departures=int(outflow.sum()),
            days=span,
            queue_size=int(self.level[-1]),
            mean_wait_days=float(self.mean_age[-1]),
            term_days=term_days,
            days_to_target=days_to_target,
            cv_demand=_variation(inflow),
            cv_capacity=_variation(outflow),
        )


@dataclass(frozen=True, eq=False)
class WaitingLists:
    """The lists, per organisation first the total and then its regions. ``term_days`` is that of the mapping."""

    days: Series
    term_days: int | None
    lists: tuple[WaitingList, ...]

    @property
    def totals(self) -> tuple[WaitingList, ...]:
        """One list per organisation."""
        return tuple(each for each in self.lists if each.is_total)


@kept
def waits(selection: Selection = EVERYTHING) -> ir.Table:
    """Per organisation, region, day of coming and day of leaving (``STILL``: not yet) the number of cases."""
    stays = _chosen(selection)
    left = stays.served_day.coalesce(stays.until_day, STILL)
    placed = stays.select("organisation", "region", came=stays.from_day, left=left)
    return placed.group_by("organisation", "region", "came", "left").agg(count=_.count())


EXPRESSIONS = (waits,)


def compute(engine: Engine, selection: Selection = EVERYTHING) -> WaitingLists:
    """Lists of the organisations of the selection, from the first day of the log to its cut-off: at most ``MOST_DAYS``.

    Raises LogError for a log without organisations.
    """
    log = engine.log
    if not log.has("stays"):
        raise LogError("no-organisation", "The log does not say at which organisation an event takes place.")
    days = LocalDays.of(log)
    return result(log, ask(engine, waits(selection)), days)


def result(log: Prepared, answer: Answer, days: LocalDays) -> WaitingLists:
    """From the answer to ``waits``."""
    last = days.day_of(cut_off(log))
    first = max(int(answer["came"].min()), last - MOST_DAYS + 1) if len(answer["came"]) else last
    span = np.arange(first, last + 1)
    left = np.minimum(answer["left"], last + 1)
    rows = {**answer, "came": answer["came"] - first, "left": left - first}
    lists = tuple(_lists(log, rows, span))
    return WaitingLists(span, log.manifest.mapping.term_days, lists)


def cases_behind(
    selection: Selection = EVERYTHING,
    *,
    organisation: int,
    region: int | None = None,
    waiting_at_us: int,
    cut_off_us: int | None = None,
) -> ir.Table:
    """The cases that wait at an organisation (code) at a moment, in a region (code; None for all)."""
    known = _waiting(selection, cut_off_us).filter(_.organisation == organisation)
    there = matching(known, "region", region)
    waiting = there.filter(_.from_us <= waiting_at_us, (_.ended == 0) | (_.stop_us > waiting_at_us))
    return waiting.select("case_no").distinct()


def _waiting(selection: Selection, cut_off_us: int | None) -> ir.Table:
    stays = _chosen(selection)
    waiting = stays.mutate(waited_until_us=stays.served_us.coalesce(stays.until_us))
    return known_at(waiting, "from_us", "waited_until_us", cut_off_us)


def _chosen(selection: Selection) -> ir.Table:
    stays = selection.stays()
    if selection.organisations:
        stays = stays.filter(_.organisation.isin(selection.organisations))
    if selection.regions:
        stays = stays.filter(_.region.isin(selection.regions))
    return stays


def _lists(log: Prepared, rows: Answer, span: Series) -> Iterator[WaitingList]:
    organisations, regions = log.values("organisation"), log.values("region")
    for organisation, here in _parts(rows, "organisation"):
        name = organisations[organisation]
        yield _list(here, span, (name, organisation, None, None, True))
        for region, there in _parts(here, "region") if regions else ():
            yield _list(there, span, (name, organisation, text_of(regions, region), region, False))


def _parts(rows: Answer, key: str) -> Iterator[tuple[int, Answer]]:
    """The rows per code, unknown last; sorted once, so that many lists cost no more than one."""
    order = np.argsort(rows[key], kind="stable")
    codes, starts = np.unique(rows[key][order], return_index=True)
    ends = [*starts[1:].tolist(), len(order)][: len(starts)]
    places = list(zip(codes.tolist(), starts.tolist(), ends, strict=True))
    for code, start, end in sorted(places, key=lambda place: (place[0] == UNKNOWN, place[0])):
        yield code, {name: column[order[start:end]] for name, column in rows.items()}


def _list(rows: Answer, span: Series, place: tuple[str, int, str | None, int | None, bool]) -> WaitingList:
    came, left, count, days = rows["came"], rows["left"], rows["count"], len(span)
    inflow, outflow = _per_day(came, count, days), _per_day(left, count, days)
    ages = daily_ages(came, left, count, days)
    before = int(count[(came < 0) & (left >= 0)].sum())
    return WaitingList(*place, span, before + np.cumsum(inflow - outflow), inflow, outflow, *ages)


def _per_day(days: Numbers, count: Numbers, span: int) -> Series:
    """Those beyond the last day fall off: they still wait. So do those before the first."""
    shown = days >= 0
    days, count = days[shown], count[shown]
    return np.bincount(days, weights=count, minlength=span + 1)[:span].astype(np.int64)


def _variation(per_day: Series) -> float:
    weeks = per_day[len(per_day) % 7 :].reshape(-1, 7).sum(axis=1)
    if len(weeks) < 4 or weeks.sum() == 0:
        return 1.0
    return float(np.sqrt(weeks.var(ddof=1) / weeks.mean()))
