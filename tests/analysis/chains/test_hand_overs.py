"""Hand-overs between organisations."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np
from hypothesis import given, settings

from tests.analysis.chains.written_logs import (
    LOGS,
    MAPPING,
    MAPPINGS,
    ORGANISATIONS,
    SECOND,
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
from zichtlijn.analysis.chains import hand_overs
from zichtlijn.analysis.chains.answers import ask
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.model import Column, Mapping
from zichtlijn.analysis.eventlogs.time_scale import bin_starts_us, time_bins


def _back_and_forth(*organisations: int | None, filled: int | None = None) -> Case:
    events = (Event(START_US + place * SECOND, 0, at, filled) for place, at in enumerate(organisations))
    return Case(tuple(events))


@settings(max_examples=12, deadline=None)
@given(LOGS, SELECTIONS, MAPPINGS)
def test_hand_overs_are_those_between_stays(cases: Cases, selection: Selection, mapping: Mapping) -> None:
    between, back = defaultdict(list), Counter()
    fields = defaultdict(list)
    for case in selected(cases, selection):
        stays = case.stays()
        for one, other in itertools.pairwise(stays):
            pair = one[0].organisation_text, other[0].organisation_text
            between[pair].append(other[0].at_us - one[-1].at_us)
            fields[pair] += [event.filled for event in other if event.filled is not None][:1]
        for one, other, third in zip(stays, stays[1:], stays[2:], strict=False):
            back[one[0].organisation_text, other[0].organisation_text] += one[0].organisation == third[0].organisation
    with engine_on(cases, mapping) as engine:
        found = hand_overs.compute(engine, selection)
    assert found.count == sum(map(len, between.values()))
    assert {(each.organisation, each.next_organisation) for each in found.hand_overs} == set(between)
    for each in found.hand_overs:
        pair = each.organisation, each.next_organisation
        gaps, filled = np.array(between[pair], dtype=np.int64), fields[pair] if mapping.required else []
        assert (each.count, each.returned, each.judged) == (len(gaps), back[pair], len(filled))
        assert each.times.median_s == np.median(bin_starts_us(time_bins(gaps))) / SECOND
        assert each.times.total_s == int(gaps.sum()) / SECOND
        assert each.filled_share == (sum(filled) / (2 * len(filled)) if filled else None)
        assert each.complete == (sum(number >= 2 for number in filled) if filled else None)


@settings(max_examples=10, deadline=None)
@given(LOGS, SELECTIONS)
def test_consecutive_events_count_also_at_the_same_organisation(cases: Cases, selection: Selection) -> None:
    pairs = Counter(
        (one.organisation_text, other.organisation_text)
        for case in selected(cases, selection)
        for one, other in case.pairs()
        if one.organisation is not None and other.organisation is not None
    )
    with engine_on(cases) as engine:
        found = hand_overs.consecutive_events(engine, selection)
        different = ask(engine, hand_overs.from_events(selection))
    assert {(each.organisation, each.next_organisation): each.count for each in found} == pairs
    assert int(different["count"].sum()) == sum(count for (one, other), count in pairs.items() if one != other)


@settings(max_examples=10, deadline=None)
@given(LOGS)
def test_events_and_stays_agree_where_every_event_has_an_organisation(cases: Cases) -> None:
    known = numbered([Case(tuple(e for e in c.events if e.organisation is not None) or (_EVENT,)) for c in cases])
    with engine_on(known) as engine:
        by_events = ask(engine, hand_overs.from_events())
        by_stays = hand_overs.compute(engine).hand_overs
    columns = (by_events[name].tolist() for name in ("organisation", "next_organisation", "count"))
    assert {(ORGANISATIONS[a], ORGANISATIONS[b]): count for a, b, count in zip(*columns, strict=True)} == {
        (each.organisation, each.next_organisation): each.count for each in by_stays
    }


_EVENT = Event(START_US, 0, 1)


def test_an_event_without_an_organisation_stays_where_the_case_was() -> None:
    with engine_on(numbered([_back_and_forth(0, None, 0, None, 1)])) as engine:
        only = hand_overs.compute(engine).hand_overs
    assert [(each.organisation, each.next_organisation, each.count) for each in only] == [("Court", "Council", 1)]
    assert only[0].times.mean_s == 1.0


def test_behind_a_hand_over_are_its_cases() -> None:
    mapping = replace(MAPPING, required=(Column("a"), Column("b")))
    cases = numbered([_back_and_forth(0, 1, 0, filled=2), _back_and_forth(0, 1, 2, filled=1), _back_and_forth(2, 0)])
    with engine_on(cases, mapping) as engine:
        handed = numbers_of(engine, hand_overs.cases_behind(EVERYTHING, 0, 1))
        returned = numbers_of(engine, hand_overs.cases_behind(EVERYTHING, 0, 1, returned=True))
        incomplete = numbers_of(engine, hand_overs.cases_behind(EVERYTHING, 0, 1, less_than=2))
    assert handed == {cases[0].number, cases[1].number}
    assert returned == {cases[0].number}
    assert incomplete == {cases[1].number}
