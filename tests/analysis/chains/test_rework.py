"""Work that is done again."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from tests.analysis.chains.written_logs import (
    ACTIVITIES,
    LOGS,
    SELECTIONS,
    Cases,
    engine_on,
    numbers_of,
    selected,
)
from zichtlijn.analysis.chains import rework
from zichtlijn.analysis.chains.selection import Selection


@settings(max_examples=10, deadline=None)
@given(LOGS, SELECTIONS)
def test_repeats_are_those_of_counting_per_case(cases: Cases, selection: Selection) -> None:
    chosen = selected(cases, selection)
    done = [Counter(event.activity_text for event in case.events) for case in chosen]
    with engine_on(cases) as engine:
        found = rework.compute(engine, selection)
    assert (found.cases, found.cases_with_rework) == (len(chosen), sum(max(c.values()) > 1 for c in done))
    assert (found.events, found.repeats) == (sum(map(sum, map(Counter.values, done))), _repeats(done))
    assert {each.activity: (each.cases, each.repeats) for each in found.per_activity} == {
        name: (sum(c[name] > 1 for c in done), sum(max(0, c[name] - 1) for c in done))
        for name in ACTIVITIES
        if any(c[name] > 1 for c in done)
    }
    loops = Counter(a.activity_text for case in chosen for a, b in case.pairs() if a.activity == b.activity)
    assert {each.activity: each.on_the_spot for each in found.per_activity if each.on_the_spot} == loops
    assert found.on_the_spot == loops.total()
    assert all(each.returns == each.repeats - loops[each.activity] for each in found.per_activity)


def _repeats(done: list[Counter[str]]) -> int:
    return sum(times - 1 for counter in done for times in counter.values())


@settings(max_examples=10, deadline=None)
@given(LOGS, SELECTIONS)
def test_behind_a_repeat_are_the_cases_that_have_it(cases: Cases, selection: Selection) -> None:
    chosen = selected(cases, selection)
    with engine_on(cases) as engine:
        any_repeat = numbers_of(engine, rework.cases_behind(selection))
        any_loop = numbers_of(engine, rework.cases_behind(selection, on_the_spot=True))
        reports = numbers_of(engine, rework.cases_behind(selection, 0))
        report_loops = numbers_of(engine, rework.cases_behind(selection, 0, on_the_spot=True))
    codes = {case.number: [event.activity for event in case.events] for case in chosen}
    assert any_repeat == {number for number, done in codes.items() if len(set(done)) < len(done)}
    assert any_loop == {case.number for case in chosen if any(a.activity == b.activity for a, b in case.pairs())}
    assert reports == {number for number, done in codes.items() if done.count(0) > 1}
    assert report_loops == {c.number for c in chosen if any(a.activity == b.activity == 0 for a, b in c.pairs())}
