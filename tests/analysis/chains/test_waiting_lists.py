"""Waiting lists against counting each case on each day."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.chains.small_logs import SmallLog, random_log, small_log
from zichtlijn.analysis.chains import waiting_ages, waiting_lists
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.model import LogError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module", params=[False, True], ids=["until gone", "until served"])
def log(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallLog]:
    made = random_log(tmp_path_factory.mktemp("waiting"), service=request.param, seed=2)
    yield made
    made.engine.close()


def _day(moment_us: int) -> int:
    local = (EPOCH + timedelta(microseconds=moment_us)).astimezone(ZoneInfo("Europe/Amsterdam"))
    return (local.date() - EPOCH.date()).days


def _stays(log: SmallLog) -> list[tuple[dict[str, Any], int, int | None]]:
    """Each stay with the day it came and the day it left, None while it waits."""
    found = []
    for row in log.rows("stays"):
        if row["from_us"] > log.cut_off_us:
            continue
        left = row["served_us"] if row["served_us"] is not None else row["until_us"]
        gone = left is not None and left <= log.cut_off_us
        found.append((row, _day(row["from_us"]), _day(left) if gone else None))
    return found


def _rank(ages: list[int], share: float) -> int:
    return sorted(ages)[math.ceil(len(ages) * share - 1e-9) - 1]


def test_every_list_equals_counting_who_waits_on_each_day(log: SmallLog) -> None:
    stays, found = _stays(log), waiting_lists.compute(log.engine)
    assert found.days[-1] == _day(log.cut_off_us)
    for one in found.lists:
        here = [
            (came, left)
            for row, came, left in stays
            if row["organisation"] == one.organisation_code and (one.is_total or row["region"] == one.region_code)
        ]
        for place, day in enumerate(found.days.tolist()):
            ages = [day - came for came, left in here if came <= day and (left is None or left > day)]
            assert one.level[place] == len(ages)
            assert one.inflow[place] == sum(came == day for came, _ in here)
            assert one.outflow[place] == sum(left == day for _, left in here)
            if not ages:
                assert np.isnan(one.mean_age[place])
                continue
            assert one.mean_age[place] == pytest.approx(sum(ages) / len(ages))
            assert one.median_age[place] == _rank(ages, 0.5)
            assert one.p90_age[place] == _rank(ages, 0.9)
            assert one.oldest_age[place] == max(ages)


def test_regions_add_up_to_the_total(log: SmallLog) -> None:
    found = waiting_lists.compute(log.engine)
    for total in found.totals:
        parts = [one.level for one in found.lists if one.organisation == total.organisation and not one.is_total]
        assert np.array_equal(np.sum(parts, axis=0), total.level)


def test_the_cases_behind_a_level_are_those_counted(log: SmallLog) -> None:
    moment = log.cut_off_us - 60 * 86_400_000_000
    expression = waiting_lists.cases_behind(organisation=0, region=1, waiting_at_us=moment, cut_off_us=log.cut_off_us)
    found = sorted(log.engine.run(expression)["case_no"].to_pylist())
    plain = set()
    for row, _, _ in _stays(log):
        left = row["served_us"] if row["served_us"] is not None else row["until_us"]
        there = row["organisation"] == 0 and row["region"] == 1 and row["from_us"] <= moment
        if there and (left is None or left > moment):
            plain.add(row["case_no"])
    assert found == sorted(plain)
    assert found


def test_a_selection_shows_the_lists_of_its_organisations_and_regions(log: SmallLog) -> None:
    found = waiting_lists.compute(log.engine, Selection(organisations=(1,), regions=(0,)))
    assert {(one.organisation_code, one.region_code) for one in found.lists} == {(1, None), (1, 0)}


def test_the_backlog_asks_for_more_than_comes_when_the_list_is_too_big(log: SmallLog) -> None:
    one = waiting_lists.compute(log.engine).totals[0]
    state = one.backlog(term_days=10)
    assert state.demand == one.inflow[-91:].sum() / 91
    assert state.queue_size == one.level[-1]
    assert state.too_big
    assert state.needed_capacity > state.demand
    assert state.pressure == pytest.approx(2 * one.mean_age[-1] / 10)


def test_a_closed_case_does_not_wait_for_what_is_registered_after_its_closing(tmp_path: Path) -> None:
    days = (datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 5, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC))
    columns = {"case": ["a"] * 4, "activity": ["Received", "Closed", "Helped", "Note"], "organisation": list("AAAB")}
    columns |= {"time": [*days[:2], days[2], days[2] + timedelta(days=3)]}
    log = small_log(tmp_path, columns, end_activities=("Closed",), service_activities=("Helped",))
    at_a, at_b = waiting_lists.compute(log.engine).totals
    assert at_a.level.tolist() == [1] * 4 + [0] * (len(at_a.days) - 4)
    assert at_b.level.tolist() == [0] * len(at_b.days)
    first, second = sorted(log.rows("stays"), key=lambda row: row["stay"])
    assert first["until_us"] - first["from_us"] == 4 * 86_400_000_000
    assert second["until_us"] == second["from_us"]
    assert first["to_next_us"] == 3 * 86_400_000_000


def test_a_log_without_organisations_has_no_waiting_lists(tmp_path: Path) -> None:
    log = small_log(tmp_path, {"case": ["a"], "activity": ["x"], "time": [datetime(2024, 1, 1, tzinfo=UTC)]})
    with pytest.raises(LogError) as caught:
        waiting_lists.compute(log.engine)
    assert caught.value.code == "no-organisation"


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 30), st.integers(1, 4)), max_size=12), st.integers(1, 60))
def test_ages_do_not_depend_on_how_many_days_are_taken_at_once(rows: list[tuple[int, int, int]], at_once: int) -> None:
    came = np.array([row[0] for row in rows], dtype=np.int64)
    left = came + np.array([row[1] for row in rows], dtype=np.int64)
    count = np.array([row[2] for row in rows], dtype=np.int64)
    whole = waiting_ages.daily_ages(came, left, count, 21)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(waiting_ages, "DAYS_AT_ONCE", at_once)
        parts = waiting_ages.daily_ages(came, left, count, 21)
    for one, other in zip(whole, parts, strict=True):
        assert np.array_equal(one, other, equal_nan=True)


@given(st.lists(st.tuples(st.integers(-9, 20), st.integers(0, 30), st.integers(1, 4)), max_size=12))
def test_who_came_before_the_days_shown_is_there_with_the_right_age(rows: list[tuple[int, int, int]]) -> None:
    came = np.array([row[0] for row in rows], dtype=np.int64)
    left = came + np.array([row[1] for row in rows], dtype=np.int64)
    count = np.array([row[2] for row in rows], dtype=np.int64)
    whole = waiting_ages.daily_ages(came + 9, left + 9, count, 30)
    shown = waiting_ages.daily_ages(came, left, count, 21)
    for one, other in zip(whole, shown, strict=True):
        assert np.array_equal(one[9:], other, equal_nan=True)
