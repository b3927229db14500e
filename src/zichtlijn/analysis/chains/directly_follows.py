"""Which activity directly follows which, how often and after how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis.expr.types as ir
from ibis import _

from zichtlijn.analysis.chains import timing
from zichtlijn.analysis.chains.answers import Answer, ask, kept, text_of
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.chains.timing import Times
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="directly-follows",
    title=gettext_noop("What follows what"),
    text=gettext_noop(
        "Counts how often one activity is directly followed by another within the same case, in order of time and, for "
        "equal times, in the order of the file. The time of a step runs from the one event to the next. The mean is "
        "exact; median and 90th percentile are rounded down to whole seconds (up to two hours), minutes (up to five "
        "days), hours (up to 300 days) or days."
    ),
    unit="events",
    source="Van der Aalst, Process Mining: Data Science in Action (2016), section 6.2; rounding: ours",
)
KEYS = ("activity", "next_activity")


@dataclass(frozen=True, slots=True)
class Step:
    """``activity`` is followed by ``next_activity`` ``count`` times; ``times`` only when asked for."""

    activity: str | None
    next_activity: str | None
    count: int
    times: Times | None


@dataclass(frozen=True, slots=True)
class DirectlyFollows:
    """Steps, most frequent first; with which activities cases start, and end (or stand now), and how often."""

    steps: tuple[Step, ...]
    starts: tuple[tuple[str | None, int], ...]
    ends: tuple[tuple[str | None, int], ...]


@kept
def counts(selection: Selection = EVERYTHING) -> ir.Table:
    """Per pair of activities the number of times."""
    return followed(selection).group_by(*KEYS).agg(count=_.count())


@kept
def times(selection: Selection = EVERYTHING) -> ir.Table:
    """Per pair of activities the histogram of the time between them."""
    return timing.histogram(followed(selection), KEYS, "to_next_step", "to_next_us")


def followed(selection: Selection) -> ir.Table:
    """Events after which another event came."""
    return selection.events().filter(_.next_activity.notnull())


@kept
def starts(selection: Selection = EVERYTHING) -> ir.Table:
    """Per first activity the number of cases."""
    return selection.cases().group_by("first_activity").agg(count=_.count())


@kept
def ends(selection: Selection = EVERYTHING) -> ir.Table:
    """Per last activity the number of cases."""
    return selection.cases().group_by("last_activity").agg(count=_.count())


EXPRESSIONS = (counts, times, starts, ends)


def compute(engine: Engine, selection: Selection = EVERYTHING, *, with_times: bool = True) -> DirectlyFollows:
    """Counts alone are several times as fast as counts with times."""
    outer = ask(engine, starts(selection)), ask(engine, ends(selection))
    if with_times:
        return result(engine.log, timing.times_per_group(ask(engine, times(selection)), len(KEYS)), outer)
    return result(engine.log, _counted(ask(engine, counts(selection))), outer)


def result(
    log: DescribedLog, pairs: Mapping[tuple[int, ...], int | Times], outer: tuple[Answer, Answer]
) -> DirectlyFollows:
    """From the number or the times of each pair of activities, and the answers to ``starts`` and ``ends``."""
    texts = log.values("activity")
    found = []
    for (one, other), many in pairs.items():
        count, spent = (many.count, many) if isinstance(many, Times) else (many, None)
        found.append(Step(text_of(texts, one), text_of(texts, other), count, spent))
    found.sort(key=lambda step: (-step.count, step.activity or "", step.next_activity or ""))
    first, last = (_by_count(texts, *answer) for answer in zip(outer, ("first_activity", "last_activity"), strict=True))
    return DirectlyFollows(tuple(found), first, last)


def _counted(answer: Answer) -> dict[tuple[int, ...], int]:
    rows = zip(*(answer[name].tolist() for name in (*KEYS, "count")), strict=True)
    return {(one, other): count for one, other, count in rows}


def _by_count(texts: tuple[str, ...], answer: Answer, key: str) -> tuple[tuple[str | None, int], ...]:
    found = [
        (text_of(texts, code), count)
        for code, count in zip(answer[key].tolist(), answer["count"].tolist(), strict=True)
    ]
    return tuple(sorted(found, key=lambda each: (-each[1], each[0] or "")))


def cases_behind(selection: Selection, activity: int, next_activity: int) -> ir.Table:
    """The cases in which the one activity (code) is directly followed by the other."""
    steps = followed(selection).filter(_.activity == activity, _.next_activity == next_activity)
    return steps.select("case_no").distinct()


def cases_starting_with(selection: Selection, activity: int) -> ir.Table:
    """The cases behind a start activity (code)."""
    return selection.cases().filter(_.first_activity == activity).select("case_no")


def cases_ending_with(selection: Selection, activity: int) -> ir.Table:
    """The cases behind an end activity (code)."""
    return selection.cases().filter(_.last_activity == activity).select("case_no")
