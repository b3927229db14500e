"""What directly follows what."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings

from tests.analysis.chains.written_logs import (
    DAY,
    HOUR,
    LOGS,
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
from zichtlijn.analysis.chains import directly_follows
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.time_scale import bin_starts_us, time_bins

LOG = numbered(
    [
        Case((Event(START_US, 0), Event(START_US + HOUR, 1), Event(START_US + HOUR, 1))),
        Case((Event(START_US, 0), Event(START_US + 3 * DAY, 1))),
        Case((Event(START_US, 2),)),
    ]
)


@settings(max_examples=12, deadline=None)
@given(LOGS, SELECTIONS)
def test_counts_and_times_are_those_of_going_through_the_cases(cases: Cases, selection: Selection) -> None:
    between = defaultdict(list)
    for case in selected(cases, selection):
        for one, other in case.pairs():
            between[one.activity_text, other.activity_text].append(other.at_us - one.at_us)
    with engine_on(cases) as engine:
        found = directly_follows.compute(engine, selection)
        counted = directly_follows.compute(engine, selection, with_times=False)
    assert {(step.activity, step.next_activity): step.count for step in found.steps} == {
        pair: len(gaps) for pair, gaps in between.items()
    }
    assert [(s.activity, s.next_activity, s.count) for s in counted.steps] == [
        (s.activity, s.next_activity, s.count) for s in found.steps
    ]
    for step in found.steps:
        assert step.times is not None
        gaps = np.array(between[step.activity, step.next_activity], dtype=np.int64)
        rounded = bin_starts_us(time_bins(gaps))
        assert step.times.total_s == int(gaps.sum()) / SECOND
        assert step.times.mean_s == pytest.approx(gaps.mean() / SECOND, rel=1e-12)
        assert step.times.median_s == np.median(rounded) / SECOND
        assert step.times.p90_s == np.quantile(rounded, 0.9, method="averaged_inverted_cdf") / SECOND


@settings(max_examples=12, deadline=None)
@given(LOGS, SELECTIONS)
def test_starts_and_ends_are_the_first_and_last_events(cases: Cases, selection: Selection) -> None:
    with engine_on(cases) as engine:
        found = directly_follows.compute(engine, selection, with_times=False)
    chosen = selected(cases, selection)
    assert dict(found.starts) == Counter(case.events[0].activity_text for case in chosen)
    assert dict(found.ends) == Counter(case.events[-1].activity_text for case in chosen)


def test_events_at_the_same_moment_follow_in_the_order_of_the_log() -> None:
    with engine_on(LOG) as engine:
        steps = directly_follows.compute(engine).steps
    assert [(step.activity, step.next_activity, step.count) for step in steps] == [
        ("report", "assess", 2),
        ("assess", "assess", 1),
    ]


def test_behind_a_step_are_the_cases_that_make_it() -> None:
    with engine_on(LOG) as engine:
        assert numbers_of(engine, directly_follows.cases_behind(EVERYTHING, 0, 1)) == {LOG[0].number, LOG[1].number}
        assert numbers_of(engine, directly_follows.cases_behind(EVERYTHING, 1, 1)) == {LOG[0].number}
        assert numbers_of(engine, directly_follows.cases_starting_with(EVERYTHING, 2)) == {LOG[2].number}
        assert numbers_of(engine, directly_follows.cases_ending_with(EVERYTHING, 1)) == {c.number for c in LOG[:2]}


def test_a_selection_without_cases_gives_nothing() -> None:
    with engine_on(LOG) as engine:
        found = directly_follows.compute(engine, Selection(until_us=0))
    assert found == directly_follows.DirectlyFollows((), (), ())
