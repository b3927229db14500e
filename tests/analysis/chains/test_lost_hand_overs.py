"""Hand-overs that never arrived."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from scipy.stats import binomtest

from tests.analysis.chains.written_logs import (
    DAY,
    HOUR,
    LOGS,
    MAPPING,
    MINUTE,
    SELECTIONS,
    START_US,
    Case,
    Cases,
    Event,
    engine_on,
    numbered,
    numbers_of,
    selected,
)
from zichtlijn.analysis.chains import lost_hand_overs
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection

SENDING = replace(MAPPING, sent_to={"appeal": "Court", "assess": "Council"})
APPEAL = 3
COURT, COUNCIL = 0, 1


def _sent(day: int, hours_underway: int | None) -> Case:
    """The Council sends a case to the Court, where it arrives so many hours later, or not at all."""
    sent = Event(START_US + day * DAY, APPEAL, COUNCIL)
    arrived = () if hours_underway is None else (Event(sent.at_us + hours_underway * HOUR, 2, COURT),)
    return Case((sent, *arrived))


@settings(max_examples=15, deadline=None)
@given(LOGS, SELECTIONS)
def test_lost_is_what_did_not_arrive_in_time_enough(cases: Cases, selection: Selection) -> None:
    sent = defaultdict(list)
    for case in selected(cases, selection):
        for place, stay in enumerate(case.stays()):
            named = [event for event in stay if event.activity_text in SENDING.sent_to]
            to = SENDING.sent_to[named[-1].activity_text] if named else None
            later = [other[0].at_us for other in case.stays()[place + 1 :] if other[0].organisation_text == to]
            if to and to != stay[0].organisation_text:
                sent[stay[0].organisation_text, to].append((named[-1].at_us, later[0] if later else None))
    arrived = sorted(math.ceil((a - s) / HOUR) for pairs in sent.values() for s, a in pairs if a is not None)
    # So few cases: all pairs are judged by all arrivals together
    allowed = arrived[math.ceil(0.95 * len(arrived)) - 1] if arrived else None
    cut_off_us = max(event.at_us for case in cases for event in case.events) + 2 * DAY
    with engine_on(cases, SENDING, cut_off_us=cut_off_us) as engine:
        found = lost_hand_overs.compute(engine, selection)
    assert {(each.organisation, each.sent_to): each.sent for each in found} == {k: len(v) for k, v in sent.items()}
    for each in found:
        pairs = sent[each.organisation, each.sent_to]
        old = [a for s, a in pairs if allowed is not None and s <= cut_off_us - allowed * HOUR]
        assert (each.allowance_hours, each.judged, each.lost) == (allowed, len(old), old.count(None))
        assert each.sent == each.judged + each.not_yet_judged


def test_one_pair_is_judged_by_its_own_arrivals_when_there_are_enough() -> None:
    cases = numbered([_sent(day, hours) for day, hours in enumerate([10] * 19 + [30, None, None])])
    with engine_on(cases, SENDING, cut_off_us=START_US + 21 * DAY) as engine:
        (found,) = lost_hand_overs.compute(engine)
        behind = numbers_of(
            engine, lost_hand_overs.cases_behind(EVERYTHING, COUNCIL, COURT, 10, engine.log.manifest.cut_off_us)
        )
    # The last was sent at the cut-off itself, so only the one before it is lost
    assert (found.organisation, found.sent_to, found.allowance_hours) == ("Council", "Court", 10)
    assert (found.sent, found.judged, found.not_yet_judged, found.lost) == (22, 21, 1, 1)
    assert found.lost_share == 1 / 21
    theirs = binomtest(1, 21).proportion_ci(method="wilson")
    assert (found.lower, found.upper) == pytest.approx((theirs.low, theirs.high), rel=1e-12)
    assert behind == {cases[20].number}


def test_part_of_an_hour_more_is_allowed_for_whole() -> None:
    late = Case((Event(START_US, APPEAL, COUNCIL), Event(START_US + MINUTE, 2, COURT)))
    with engine_on(numbered([late]), SENDING, cut_off_us=START_US + HOUR) as engine:
        (found,) = lost_hand_overs.compute(engine)
    assert (found.allowance_hours, found.judged, found.lost) == (1, 1, 0)


def test_nothing_is_judged_when_nothing_ever_arrived() -> None:
    with engine_on(numbered([_sent(0, None)]), SENDING, cut_off_us=START_US + 500 * DAY) as engine:
        (found,) = lost_hand_overs.compute(engine)
    assert (found.judged, found.not_yet_judged, found.lost_share, found.allowance_hours) == (0, 1, None, None)


def test_a_log_in_which_nothing_says_that_cases_are_sent_has_no_figure() -> None:
    with engine_on(numbered([_sent(0, 5)]), replace(SENDING, sent_to={})) as engine:
        assert lost_hand_overs.compute(engine) == ()
