"""Hand-overs between organisations: how many, how long they take, how many come back or arrive incomplete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis.expr.types as ir
from ibis import _

from zichtlijn.analysis.chains import timing
from zichtlijn.analysis.chains.answers import Answer, ask, kept
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.chains.timing import Times
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="hand-overs",
    title=gettext_noop("Hand-overs"),
    text=gettext_noop(
        "A case is handed over when its next event is at another organisation. The time of a hand-over runs from the "
        "last event at the one organisation to the first event at the other. It is returned when the case goes from "
        "the other organisation straight back. Complete on arrival is the share of the required fields that is filled "
        "at the first event at the receiving organisation. Events without an organisation count as at the organisation "
        "where the case was before."
    ),
    unit="hand-overs",
    source="Van der Aalst, Reijers & Song, CSCW 14 (2005) 549-593; returned and complete on arrival: ours",
)
KEYS = ("organisation", "next_organisation")


@dataclass(frozen=True, slots=True)
class HandOver:
    """From one organisation to another.

    ``returned`` of the ``count`` hand-overs came straight back. ``judged`` hand-overs could be looked at for the
    required fields: ``filled_share`` of those fields is filled, ``complete`` of the hand-overs had all. Both are None
    when the mapping requires no fields or no hand-over could be looked at.
    """

    organisation: str
    next_organisation: str
    count: int
    times: Times
    returned: int
    judged: int
    filled_share: float | None
    complete: int | None


@dataclass(frozen=True, slots=True)
class Consecutive:
    """``count`` pairs of events directly after one another, of which the first is at ``organisation``."""

    organisation: str
    next_organisation: str
    count: int


@dataclass(frozen=True, slots=True)
class HandOvers:
    """Hand-overs, most frequent first."""

    hand_overs: tuple[HandOver, ...]

    @property
    def count(self) -> int:
        """All of them together."""
        return sum(each.count for each in self.hand_overs)


@kept
def times(selection: Selection = EVERYTHING) -> ir.Table:
    """Per pair of organisations the histogram of the time between them."""
    stays = selection.stays().filter(_.next_organisation.notnull())
    return timing.histogram(stays, KEYS, "to_next_step", "to_next_us")


@kept
def returns(selection: Selection = EVERYTHING) -> ir.Table:
    """Per pair of organisations the hand-overs that came straight back."""
    stays = selection.stays()
    back = stays.filter(stays.previous_organisation == stays.next_organisation)
    return back.group_by(organisation=back.previous_organisation, next_organisation=back.organisation).agg(
        count=_.count()
    )


@kept
def arrivals(selection: Selection = EVERYTHING, required: int = 1) -> ir.Table:
    """Per pair of organisations, of the hand-overs that could be looked at: fields filled, and those with all."""
    stays = selection.stays().filter(_.previous_organisation.notnull(), _.filled.notnull())
    per_pair = stays.group_by(organisation=stays.previous_organisation, next_organisation=stays.organisation)
    return per_pair.agg(count=_.count(), filled=_.filled.sum(), complete=(_.filled >= required).sum())


def consecutive(selection: Selection = EVERYTHING) -> ir.Table:
    """Per pair of organisations, also twice the same, the pairs of events directly after one another."""
    events = selection.events().filter(_.organisation.notnull(), _.next_organisation.notnull())
    return events.group_by(*KEYS).agg(count=_.count())


def from_events(selection: Selection = EVERYTHING) -> ir.Table:
    """Per pair of different organisations the hand-overs between events directly after one another.

    Fewer than in ``times`` when events without an organisation stand between those of two organisations.
    """
    return selection.events().filter(_.hand_over, _.organisation.notnull()).group_by(*KEYS).agg(count=_.count())


EXPRESSIONS = (times, returns, arrivals, consecutive, from_events)


def compute(engine: Engine, selection: Selection = EVERYTHING) -> HandOvers:
    """Empty for a log without organisations."""
    if not engine.log.has("stays"):
        return HandOvers(())
    required = len(engine.log.manifest.mapping.required)
    arrived = ask(engine, arrivals(selection, required)) if required else None
    timed = timing.times_per_group(ask(engine, times(selection)), len(KEYS))
    return result(engine.log, timed, ask(engine, returns(selection)), arrived)


def result(
    log: DescribedLog, timed: Mapping[tuple[int, ...], Times], back: Answer, arrived: Answer | None
) -> HandOvers:
    """From the times per pair, and the answers to ``returns`` and ``arrivals``."""
    texts, required = log.values("organisation"), len(log.manifest.mapping.required)
    returned = _by_pair(back, "count")
    judged, filled, complete = (_by_pair(arrived, name) for name in ("count", "filled", "complete"))
    found = []
    for pair, spent in timed.items():
        seen = judged.get(pair, 0)
        share = filled[pair] / (seen * required) if seen else None
        whole = complete[pair] if seen else None
        names = (texts[pair[0]], texts[pair[1]])
        found.append(HandOver(*names, spent.count, spent, returned.get(pair, 0), seen, share, whole))
    return HandOvers(tuple(sorted(found, key=lambda each: (-each.count, each.organisation, each.next_organisation))))


def _by_pair(answer: Answer | None, name: str) -> dict[tuple[int, ...], int]:
    if answer is None:
        return {}
    columns = (answer[column].tolist() for column in (*KEYS, name))
    return {(organisation, following): value for organisation, following, value in zip(*columns, strict=True)}


def consecutive_events(engine: Engine, selection: Selection = EVERYTHING) -> tuple[Consecutive, ...]:
    """How often an event at one organisation is directly followed by one at another or at the same.

    What other software often counts as "handover of work".
    """
    return consecutive_result(engine.log, ask(engine, consecutive(selection)))


def consecutive_result(log: DescribedLog, answer: Answer) -> tuple[Consecutive, ...]:
    """From the answer to ``consecutive``."""
    texts, pairs = log.values("organisation"), _by_pair(answer, "count")
    found = [Consecutive(texts[pair[0]], texts[pair[1]], count) for pair, count in pairs.items()]
    return tuple(sorted(found, key=lambda each: (-each.count, each.organisation, each.next_organisation)))


def cases_behind(
    selection: Selection,
    organisation: int,
    next_organisation: int,
    *,
    returned: bool = False,
    less_than: int | None = None,
) -> ir.Table:
    """The cases handed over from one organisation (code) to another; ``returned``: and straight back;
    ``less_than``: with fewer than so many fields filled on arrival."""
    stays = selection.stays().filter(_.previous_organisation == organisation, _.organisation == next_organisation)
    if returned:
        stays = stays.filter(_.next_organisation == organisation)
    if less_than is not None:
        stays = stays.filter(_.filled < less_than)
    return stays.select("case_no").distinct()
