"""Where the time goes."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, settings

from tests.analysis.chains.written_logs import (
    DAY,
    LOGS,
    MAPPINGS,
    SELECTIONS,
    Cases,
    engine_on,
    numbers_of,
    selected,
)
from zichtlijn.analysis.chains import bottlenecks
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.model import Mapping


@settings(max_examples=12, deadline=None)
@given(LOGS, SELECTIONS, MAPPINGS)
def test_all_time_between_events_is_somewhere(cases: Cases, selection: Selection, mapping: Mapping) -> None:
    activities, organisations = defaultdict(list), defaultdict(list)
    for case in selected(cases, selection):
        for one, other in case.pairs():
            activities[one.activity_text, other.activity_text].append(other.at_us - one.at_us)
            organisations[one.organisation_text, other.organisation_text].append(other.at_us - one.at_us)
    total_us = sum(map(sum, activities.values()))
    with engine_on(cases, mapping) as engine:
        found = bottlenecks.compute(engine, selection)
    assert found.days == total_us / DAY
    for spent, expected in ((found.activities, activities), (found.organisations, organisations)):
        assert {(s.place, s.following): (s.count, s.days) for s in spent} == {
            pair: (len(gaps), sum(gaps) / DAY) for pair, gaps in expected.items()
        }
        assert [s.days for s in spent] == sorted((s.days for s in spent), reverse=True)
        assert sum(s.share for s in spent) == (pytest.approx(1.0) if total_us else 0)


@settings(max_examples=12, deadline=None)
@given(LOGS, SELECTIONS, MAPPINGS)
def test_open_cases_stand_since_their_last_event(cases: Cases, selection: Selection, mapping: Mapping) -> None:
    chosen = selected(cases, selection)
    cut_off_us = max(event.at_us for case in cases for event in case.events) + DAY
    stands, numbers = defaultdict(list), defaultdict(set)
    for case in chosen:
        if not case.end_us(mapping)[1]:
            stands[case.events[-1].activity].append(cut_off_us - case.events[-1].at_us)
            numbers[case.events[-1].activity].add(case.number)
    with engine_on(cases, mapping, cut_off_us=cut_off_us) as engine:
        found = bottlenecks.compute(engine, selection).standing
        behind = {code: numbers_of(engine, bottlenecks.cases_standing(selection, code)) for code in stands}
    assert sorted((each.cases, each.days) for each in found) == sorted((len(s), sum(s) / DAY) for s in stands.values())
    assert behind == numbers
