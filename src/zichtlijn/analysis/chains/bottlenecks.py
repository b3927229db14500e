"""Where the time goes: which steps and which organisations hold the waiting of all cases together."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir
from ibis import _

from zichtlijn.analysis.chains.answers import Answer, ask, kept, text_of
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.directly_follows import cases_behind, followed
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.eventlogs.time_scale import DAY_US
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="bottlenecks",
    title=gettext_noop("Where the time goes"),
    text=gettext_noop(
        "All time between events of a case is added up over all cases, per pair of activities and per organisation "
        "where the case was. An organisation has the time until its own next event (within) and the time until the "
        "first event elsewhere (to others). Time since the last event of cases that are still open is given apart: it "
        "is not over yet. A long time is a reason to look, not proof of idleness: the log does not say what was done "
        "between events."
    ),
    unit="days",
    source="Van der Aalst, Process Mining: Data Science in Action (2016), section 9.4; open cases apart: ours",
)

__all__ = ["DEFINITION", "EXPRESSIONS", "Bottlenecks", "Spent", "Standing", "cases_behind", "cases_standing", "compute"]


@dataclass(frozen=True, slots=True)
class Spent:
    """``count`` times from ``place`` to ``following`` (activities or organisations): days together, and the share of
    the days of all of them."""

    place: str | None
    following: str | None
    count: int
    days: float
    share: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Open cases whose last activity this is, and the days since, together."""

    activity: str | None
    cases: int
    days: float


@dataclass(frozen=True, slots=True)
class Bottlenecks:
    """Most days first. ``organisations`` is empty for a log without; ``following`` is then None where unknown."""

    days: float
    activities: tuple[Spent, ...]
    organisations: tuple[Spent, ...]
    standing: tuple[Standing, ...]


@kept
def between_activities(selection: Selection = EVERYTHING) -> ir.Table:
    """Per pair of activities the time between them."""
    return _sums(followed(selection), "activity", "next_activity", "to_next_us")


@kept
def between_organisations(selection: Selection = EVERYTHING) -> ir.Table:
    """Per pair of organisations, also twice the same or an unknown one, the time between their events."""
    return _sums(followed(selection), "organisation", "next_organisation", "to_next_us")


@kept
def standing(selection: Selection = EVERYTHING, cut_off_us: int = 0) -> ir.Table:
    """Per last activity of open cases the time until the cut-off."""
    still = selection.cases().filter(~_.closed)
    return _sums(still.mutate(since_us=cut_off_us - _.end_us), "last_activity", "closed", "since_us")


def _sums(table: ir.Table, place: str, following: str, duration: str) -> ir.Table:
    per_pair = table.group_by(place=table[place], following=table[following])
    return per_pair.agg(count=_.count(), total_us=_[duration].sum())


EXPRESSIONS = (between_activities, between_organisations, standing)


def compute(engine: Engine, selection: Selection = EVERYTHING) -> Bottlenecks:
    """Organisations are left out for a log without."""
    log = engine.log
    by_organisation = ask(engine, between_organisations(selection)) if log.values("organisation") else None
    still = ask(engine, standing(selection, log.manifest.cut_off_us))
    return result(log, ask(engine, between_activities(selection)), by_organisation, still)


def result(log: Prepared, by_activity: Answer, by_organisation: Answer | None, still: Answer) -> Bottlenecks:
    """From the answers to ``between_activities``, ``between_organisations`` and ``standing``."""
    activities = log.values("activity")
    rows = zip(still["place"].tolist(), still["count"].tolist(), still["total_us"].tolist(), strict=True)
    stands = [Standing(text_of(activities, code), count, spent_us / DAY_US) for code, count, spent_us in rows]
    stands.sort(key=lambda each: (-each.days, each.activity or ""))
    return Bottlenecks(
        sum(by_activity["total_us"].tolist()) / DAY_US,
        _spent(by_activity, activities),
        _spent(by_organisation, log.values("organisation")) if by_organisation else (),
        tuple(stands),
    )


def _spent(answer: Answer, texts: tuple[str, ...]) -> tuple[Spent, ...]:
    spent_us = answer["total_us"].tolist()
    total_us = sum(spent_us) or 1
    columns = (answer[name].tolist() for name in ("place", "following", "count"))
    found = [
        Spent(text_of(texts, place), text_of(texts, following), count, spent / DAY_US, spent / total_us)
        for place, following, count, spent in zip(*columns, spent_us, strict=True)
    ]
    return tuple(sorted(found, key=lambda each: (-each.days, each.place or "", each.following or "")))


def cases_standing(selection: Selection, activity: int) -> ir.Table:
    """The open cases whose last activity (code) this is."""
    return selection.cases().filter(~_.closed, _.last_activity == activity).select("case_no")
