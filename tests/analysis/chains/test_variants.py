"""The routes of cases."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from tests.analysis.chains.written_logs import (
    LOGS,
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
from zichtlijn.analysis.chains import variants
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection


def _route(*activities: int) -> Case:
    return Case(tuple(Event(START_US + place, activity) for place, activity in enumerate(activities)))


LOG = numbered([_route(0, 1), _route(0, 1), _route(0, 2, 2), _route(0, 1), _route(3)])


@settings(max_examples=10, deadline=None)
@given(LOGS, SELECTIONS)
def test_routes_are_counted_and_shown_in_the_order_of_the_case(cases: Cases, selection: Selection) -> None:
    chosen = selected(cases, selection)
    routes = Counter(tuple(event.activity_text for event in case.events) for case in chosen)
    with engine_on(cases) as engine:
        found = variants.compute(engine, selection)
    assert {each.activities: each.cases for each in found.shown} == routes
    assert found.sizes.tolist() == sorted(routes.values(), reverse=True)
    assert found.cases == len(chosen)


def test_the_coverage_adds_up_from_the_most_frequent() -> None:
    with engine_on(LOG) as engine:
        found = variants.compute(engine, shown=2)
    assert [(each.cases, each.share, each.coverage) for each in found.shown] == [(3, 0.6, 0.6), (1, 0.2, 0.8)]
    assert found.sizes.tolist() == [3, 1, 1]
    assert [found.needed_for(share) for share in (0.0, 0.5, 0.6, 0.61, 0.8, 1.0)] == [0, 1, 1, 2, 2, 3]


def test_behind_a_route_are_its_cases() -> None:
    with engine_on(LOG) as engine:
        most = variants.compute(engine).shown[0]
        behind = numbers_of(engine, variants.cases_behind(EVERYTHING, most.variant))
    assert behind == {LOG[place].number for place in (0, 1, 3)}


def test_a_selection_without_cases_has_no_routes() -> None:
    with engine_on(LOG) as engine:
        found = variants.compute(engine, Selection(until_us=0))
    assert (found.cases, found.shown, found.needed_for(0.8)) == (0, (), 0)
