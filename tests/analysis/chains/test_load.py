"""Load against capacity."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given, settings

from tests.analysis.chains.written_logs import (
    DAY,
    LOGS,
    MAPPINGS,
    SECOND,
    SELECTIONS,
    Case,
    Cases,
    Event,
    engine_on,
    left_us,
    numbered,
    numbers_of,
    selected,
)
from zichtlijn.analysis.chains import load
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.model import Mapping

MONDAY_US = int(datetime(2024, 1, 1, 12, tzinfo=UTC).timestamp()) * SECOND


def _weekly(left_per_week: list[int]) -> Cases:
    """Each case comes to the Court a week before it leaves for the Council; the log begins and ends on a Monday."""
    cases = [
        Case((Event(MONDAY_US + (week - 1) * 7 * DAY, 0, 0), Event(MONDAY_US + week * 7 * DAY, 1, 1)))
        for week, number in enumerate(left_per_week)
        for _ in range(number)
    ]
    return numbered([*cases, Case((Event(MONDAY_US + len(left_per_week) * 7 * DAY, 0, 2),))])


@settings(max_examples=12, deadline=None)
@given(LOGS, SELECTIONS, MAPPINGS)
def test_weeks_hold_who_came_and_left(cases: Cases, selection: Selection, mapping: Mapping) -> None:
    def monday(moment_us: int) -> date:
        day = datetime.fromtimestamp(moment_us // SECOND, tz=ZoneInfo(mapping.time_zone)).date()
        return day - timedelta(days=day.weekday())

    came, went = Counter(), Counter()
    for case in selected(cases, selection):
        stays = case.stays()
        end_us, closed = case.end_us(mapping)
        for place, stay in enumerate(stays):
            came[stay[0].organisation_text, monday(stay[0].at_us)] += 1
            next_us = stays[place + 1][0].at_us if place + 1 < len(stays) else None
            until_us = left_us(stay, next_us, end_us if closed else None)
            if until_us is not None:
                went[stay[0].organisation_text, monday(until_us)] += 1
    with engine_on(cases, mapping) as engine:
        found = load.compute(engine, selection)
    assert {each.organisation for each in found} == {organisation for organisation, _ in came}
    for each in found:
        weeks = [each.first_week + timedelta(weeks=week) for week in range(len(each.arrived))]
        assert each.arrived.tolist() == [came[each.organisation, week] for week in weeks]
        assert each.left.tolist() == [went[each.organisation, week] for week in weeks]


def test_the_capacity_is_the_best_that_was_kept_up_for_eight_weeks() -> None:
    with engine_on(_weekly([2, 2, 9, 2, 2, 2, 2, 2, 2, 2, 4, 4])) as engine:
        court = next(each for each in load.compute(engine) if each.organisation == "Court")
    assert court.capacity_per_week == (9 + 2 * 7) / 8
    assert court.basis == "observed"
    assert court.first_week == date(2023, 12, 25)
    assert court.load is not None
    assert np.allclose(court.load, court.arrived / court.capacity_per_week)


def test_a_stated_capacity_goes_before_the_observed_one() -> None:
    with engine_on(_weekly([5] * 10)) as engine:
        court = next(each for each in load.compute(engine, stated_per_week={"Court": 4.0}) if each.load is not None)
    assert (court.organisation, court.basis, court.capacity_per_week) == ("Court", "stated", 4.0)
    assert court.load is not None
    assert court.load.tolist() == [1.25] * 10 + [0.0]
    assert court.weeks_over == 10


def test_a_week_that_ends_on_the_last_sunday_counts() -> None:
    cases = numbered([Case((Event(MONDAY_US, 0, 0), Event(MONDAY_US + 13 * DAY, 1, 1)))])
    with engine_on(cases) as engine:
        found = load.compute(engine)
    assert {len(each.arrived) for each in found} == {2}


def test_a_short_log_shows_no_capacity() -> None:
    with engine_on(_weekly([5] * 6)) as engine:
        found = load.compute(engine)
    assert {each.capacity_per_week for each in found} == {None}
    assert {(each.mean_load, each.weeks_over) for each in found} == {(None, None)}


def test_behind_a_week_are_the_cases_that_came_or_left() -> None:
    cases = _weekly([1, 0, 2])
    week_us = (MONDAY_US + 14 * DAY, MONDAY_US + 21 * DAY)
    with engine_on(cases) as engine:
        came = numbers_of(engine, load.cases_behind(EVERYTHING, 1, *week_us))
        left = numbers_of(engine, load.cases_behind(EVERYTHING, 0, *week_us, left=True))
    assert came == left == {cases[1].number, cases[2].number}
