"""Work that is done again: the same activity more than once in a case, at once or after something else."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir
from ibis import _

from zichtlijn.analysis.chains.answers import Answer, ask, kept, text_of
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="rework",
    title=gettext_noop("Work done again"),
    text=gettext_noop(
        "An event repeats when its activity was done before in the same case. A repeat directly after the same "
        "activity stands on the spot; any other repeat is a return after something else. Whether a repeat was needed "
        "does not show from the registration."
    ),
    unit="cases",
    source="Van der Aalst, Process Mining: Data Science in Action (2016), section 9.3",
)


@dataclass(frozen=True, slots=True)
class Repeat:
    """``cases`` in which the activity is done more than once, ``repeats`` after the first time, of which
    ``on_the_spot`` directly after the same activity and ``returns`` after something else."""

    activity: str | None
    cases: int
    repeats: int
    on_the_spot: int

    @property
    def returns(self) -> int:
        """Repeats after another activity."""
        return self.repeats - self.on_the_spot


@dataclass(frozen=True, slots=True)
class Rework:
    """``repeats`` of all ``events``; ``per_activity`` those with repeats, most repeats first."""

    cases: int
    cases_with_rework: int
    events: int
    repeats: int
    on_the_spot: int
    per_activity: tuple[Repeat, ...]

    @property
    def share_of_cases(self) -> float:
        """Share of cases with a repeat, 0 to 1."""
        return self.cases_with_rework / self.cases if self.cases else 0.0


@kept
def totals(selection: Selection = EVERYTHING) -> ir.Table:
    """Without and with repeats: cases, events, repeats, and repeats on the spot."""
    found = selection.cases().select("events", "activities", "self_loops", repeated=_.events > _.activities)
    return found.group_by("repeated").agg(
        cases=_.count(), events=_.events.sum(), activities=_.activities.sum(), on_the_spot=_.self_loops.sum()
    )


@kept
def repeats(selection: Selection = EVERYTHING) -> ir.Table:
    """Per activity the cases in which it repeats: those with a second time."""
    events = selection.events().filter(_.done_before > 0)
    return events.group_by("activity").agg(cases=(events.done_before == 1).sum(), repeats=_.count())


@kept
def self_loops(selection: Selection = EVERYTHING) -> ir.Table:
    """Per activity how often it directly follows itself."""
    events = selection.events()
    return events.filter(events.activity == events.next_activity).group_by("activity").agg(count=_.count())


EXPRESSIONS = (totals, repeats, self_loops)


def compute(engine: Engine, selection: Selection = EVERYTHING) -> Rework:
    """Cases with repeats, and repeats per activity."""
    return result(
        engine.log, ask(engine, totals(selection)), ask(engine, repeats(selection)), ask(engine, self_loops(selection))
    )


def result(log: DescribedLog, total: Answer, again: Answer, loops: Answer) -> Rework:
    """From the answers to ``totals``, ``repeats`` and ``self_loops``."""
    texts = log.values("activity")
    on_the_spot = dict(zip(loops["activity"].tolist(), loops["count"].tolist(), strict=True))
    rows = zip(*(again[name].tolist() for name in ("activity", "cases", "repeats")), strict=True)
    found = [Repeat(text_of(texts, code), cases, times, on_the_spot.get(code, 0)) for code, cases, times in rows]
    found.sort(key=lambda each: (-each.repeats, each.activity or ""))
    with_rework = total["repeated"] == 1
    events = int(total["events"].sum())
    return Rework(
        int(total["cases"].sum()),
        int(total["cases"][with_rework].sum()),
        events,
        events - int(total["activities"].sum()),
        int(total["on_the_spot"].sum()),
        tuple(found),
    )


def cases_behind(selection: Selection, activity: int | None = None, *, on_the_spot: bool = False) -> ir.Table:
    """The cases with a repeat, of one activity (code) or of any; ``on_the_spot``: directly after the same."""
    if activity is not None and on_the_spot:
        events = selection.events().filter(_.activity == activity, _.next_activity == activity)
        return events.select("case_no").distinct()
    if activity is not None:
        return selection.events().filter(_.activity == activity, _.done_before == 1).select("case_no")
    cases = selection.cases()
    return cases.filter(cases.self_loops > 0 if on_the_spot else cases.events > cases.activities).select("case_no")
