"""Which ways cases go: the order of their activities, and how many cases each order covers."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
from ibis import _

from zichtlijn.analysis.chains import tables
from zichtlijn.analysis.chains.answers import Answer, Numbers, ask, kept, text_of
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="variants",
    title=gettext_noop("Routes of cases"),
    text=gettext_noop(
        "Cases with exactly the same activities in the same order went the same route. The coverage says which share "
        "of all cases the most frequent routes have together. Cases that are still open count with what was done so "
        "far."
    ),
    unit="cases",
    source="Van der Aalst, Process Mining: Data Science in Action (2016), section 5.2",
)
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Variant:
    """A route: its number in the log, its activities in order, its cases, and the share of cases up to here."""

    variant: int
    activities: tuple[str | None, ...]
    cases: int
    share: float
    coverage: float


@dataclass(frozen=True)
class Variants:
    """``shown``: the most frequent routes. ``sizes``: the cases of each of all routes, most first, shape (routes,)."""

    cases: int
    sizes: Numbers
    shown: tuple[Variant, ...]

    def needed_for(self, share: float) -> int:
        """The number of routes, most frequent first, that together have at least this share (0 to 1) of the cases."""
        enough = np.cumsum(self.sizes) >= share * self.cases
        return int(np.argmax(enough)) + 1 if len(enough) and share > 0 else 0


@kept
def counts(selection: Selection = EVERYTHING) -> ir.Table:
    """Per variant the number of cases, and the one with the lowest number, to show the activities of."""
    return selection.cases().group_by("variant").agg(count=_.count(), shown=_.case_no.min())


@kept
def activities(_selection: Selection = EVERYTHING, cases: tuple[int, ...] = (0,)) -> ir.Table:
    """The events of some cases (numbers) of the selection, in no order: ``case_no``, ``position``, ``activity``."""
    events = tables.events
    return events.filter(events.case_no.isin(cases)).select("case_no", "position", "activity")


EXPRESSIONS = (counts, activities)


def compute(engine: Engine, selection: Selection = EVERYTHING, *, shown: int = SHOWN) -> Variants:
    """The activities are looked up of at most ``shown`` routes."""
    found = ask(engine, counts(selection))
    most = largest(found, shown)
    cases = tuple(found["shown"][most].tolist())
    return result(engine.log, found, most, ask(engine, activities(selection, cases or (0,))))


def largest(found: Answer, shown: int) -> Numbers:
    """Places of the most frequent routes; equal ones by number of the route, so that no order of rows matters."""
    return np.lexsort((found["variant"], -found["count"]))[:shown]


def result(log: DescribedLog, found: Answer, most: Numbers, events: Answer) -> Variants:
    """From the answers to ``counts`` and ``activities``; ``most``: the places of the routes to show."""
    texts, cases = log.values("activity"), int(found["count"].sum())
    routes = _routes(events)
    shown, covered = [], 0
    for place in most.tolist():
        count = int(found["count"][place])
        covered += count
        names = tuple(text_of(texts, code) for code in routes.get(int(found["shown"][place]), ()))
        shown.append(Variant(int(found["variant"][place]), names, count, count / cases, covered / cases))
    return Variants(cases, -np.sort(-found["count"]), tuple(shown))


def _routes(events: Answer) -> dict[int, list[int]]:
    routes: dict[int, list[int]] = {}
    for place in np.lexsort((events["position"], events["case_no"])).tolist():
        routes.setdefault(int(events["case_no"][place]), []).append(int(events["activity"][place]))
    return routes


def cases_behind(selection: Selection, variant: int) -> ir.Table:
    """The cases that went a route (its number)."""
    return selection.cases().filter(_.variant == variant).select("case_no")
