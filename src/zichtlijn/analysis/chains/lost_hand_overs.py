"""Hand-overs that left one organisation and never arrived at the other."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
from ibis import _

from zichtlijn.analysis.chains.answers import Answer, Numbers, ask, kept
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.chains.statistics.intervals import wilson
from zichtlijn.analysis.eventlogs.time_scale import HOUR_US
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="lost-hand-overs",
    title=gettext_noop("Lost hand-overs"),
    text=gettext_noop(
        "A hand-over is lost when one organisation registered that it sent the case to another, and the other has not "
        "registered anything about it since, although it had time enough. Time enough is the time within which 95 of "
        "every 100 hand-overs between these two that did arrive had arrived, or of all hand-overs when fewer than 20 "
        "arrived between these two. Hand-overs sent more recently than that before the cut-off of the log are not yet "
        "judged, also those that did arrive. Of several referrals while a case is at one organisation the last "
        "counts. The interval of the share is that of Wilson (95%). Times until arrival "
        "are rounded up to whole hours, ages at the cut-off down."
    ),
    unit="share",
    source="Wilson, JASA 22 (1927) 209-212; when a hand-over counts as lost: ours",
)
KEYS = ("organisation", "sent_to")
PERCENT, FEWEST = 95, 20
"""The percentile of arrival times that is time enough, and the arrivals needed to take it from one pair."""


@dataclass(frozen=True, slots=True)
class LostHandOvers:
    """From one organisation to another: ``sent`` = ``judged`` + ``not_yet_judged``; of those judged ``lost`` did not
    arrive. ``lost_share`` with its interval is None when there is none to judge. ``allowance_hours``: time enough;
    None when nothing arrived anywhere, and then nothing is judged."""

    organisation: str
    sent_to: str
    sent: int
    judged: int
    not_yet_judged: int
    lost: int
    allowance_hours: int | None
    lost_share: float | None
    lower: float | None
    upper: float | None


@kept
def ages(selection: Selection = EVERYTHING, cut_off_us: int = 0) -> ir.Table:
    """Per pair and whole hours between sending and the cut-off: hand-overs sent, and those that arrived."""
    sent = _sent(selection).mutate(hours=(cut_off_us - _.sent_us) // HOUR_US)
    return sent.group_by(*KEYS, "hours").agg(count=_.count(), arrived=_.arrived_us.count())


@kept
def arrival_times(selection: Selection = EVERYTHING) -> ir.Table:
    """Per pair and hours between sending and arriving, rounded up: hand-overs that arrived."""
    arrived = _sent(selection).filter(_.arrived_us.notnull())
    # Rounded up: minus the floor of minus the time
    hours = arrived.mutate(hours=-((_.sent_us - _.arrived_us) // HOUR_US))
    return hours.group_by(*KEYS, "hours").agg(count=_.count())


def _sent(selection: Selection) -> ir.Table:
    stays = selection.stays()
    return stays.filter(stays.sent_to.notnull(), stays.sent_to != stays.organisation)


EXPRESSIONS = (ages, arrival_times)


def compute(engine: Engine, selection: Selection = EVERYTHING) -> tuple[LostHandOvers, ...]:
    """Per pair of organisations, most lost first; empty when the mapping names no activity that sends a case on."""
    log = engine.log
    if not log.has("stays") or not log.manifest.mapping.sent_to:
        return ()
    sent = ask(engine, ages(selection, log.manifest.cut_off_us))
    allowed = allowances_hours(ask(engine, arrival_times(selection)))
    texts = log.values("organisation")
    found = []
    for pair, rows in _per_pair(sent).items():
        names = (texts[pair[0]], texts[pair[1]])
        found.append(_judge(names, rows, allowed.get(pair, allowed.get(ALL))))
    return tuple(sorted(found, key=lambda each: (-each.lost, -each.sent, each.organisation, each.sent_to)))


ALL = (-1, -1)
"""Stands for all pairs together."""


def allowances_hours(arrived: Answer) -> dict[tuple[int, int], int]:
    """Time enough per pair of codes with enough arrivals, and for ``ALL`` when there is any."""
    found = {pair: _percentile(rows) for pair, rows in _per_pair(arrived).items() if int(rows["count"].sum()) >= FEWEST}
    return found | ({ALL: _percentile(arrived)} if len(arrived["count"]) else {})


def _percentile(rows: Answer) -> int:
    order = np.argsort(rows["hours"], kind="stable")
    below = np.cumsum(rows["count"][order])
    return int(rows["hours"][order][np.searchsorted(below * 100, int(below[-1]) * PERCENT)])


def _per_pair(rows: Answer) -> dict[tuple[int, int], Answer]:
    pairs: set[tuple[int, int]] = set(zip(*(rows[key].tolist() for key in KEYS), strict=True))
    return {pair: _where(rows, (rows[KEYS[0]] == pair[0]) & (rows[KEYS[1]] == pair[1])) for pair in sorted(pairs)}


def _where(rows: Answer, mask: Numbers) -> Answer:
    return {name: column[mask] for name, column in rows.items()}


def _judge(names: tuple[str, str], rows: Answer, allowance_hours: int | None) -> LostHandOvers:
    sent = int(rows["count"].sum())
    old = rows["hours"] >= allowance_hours if allowance_hours is not None else np.zeros(len(rows["hours"]), bool)
    judged = int(rows["count"][old].sum())
    lost = judged - int(rows["arrived"][old].sum())
    if not judged:
        return LostHandOvers(*names, sent, 0, sent, 0, allowance_hours, None, None, None)
    lower, upper = wilson(lost, judged)
    return LostHandOvers(
        *names, sent, judged, sent - judged, lost, allowance_hours, lost / judged, float(lower), float(upper)
    )


def cases_behind(
    selection: Selection, organisation: int, sent_to: int, allowance_hours: int, cut_off_us: int
) -> ir.Table:
    """The cases lost between two organisations (codes)."""
    latest_us = cut_off_us - allowance_hours * HOUR_US
    lost = _sent(selection).filter(_.organisation == organisation, _.sent_to == sent_to, _.arrived_us.isnull())
    return lost.filter(_.sent_us <= latest_us).select("case_no").distinct()
