"""Trends of series per week: what rises is said to rise, and whole weeks only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.analysis.chains.generated_logs import GeneratedLog
from tests.analysis.chains.small_logs import SmallLog, random_log, small_log
from zichtlijn.analysis.chains import trends, waiting_lists
from zichtlijn.analysis.chains.local_days import date_of

MONDAY = 19723  # 2024-01-01


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallLog]:
    made = random_log(tmp_path_factory.mktemp("trends"), seed=3)
    yield made
    made.engine.close()


def _series(values: Any, figure: trends.Figure = "level") -> trends.Series:
    return trends.series(figure, "Board", MONDAY + 7 * np.arange(len(values)), values)


def test_a_growing_list_is_rising_and_a_shrinking_one_falling() -> None:
    noise = np.random.default_rng(1).normal(0, 3, 60)
    assert _series(50 + np.arange(60) + noise).verdict == trends.RISING
    assert _series(150 - np.arange(60) + noise).verdict == trends.FALLING
    assert _series(50 + noise).verdict == trends.NO_TREND
    assert _series([1.0, 2.0, 3.0]).verdict == trends.TOO_SHORT
    assert _series([4.0] * 30).verdict == trends.NO_TREND


def test_a_step_is_dated_to_the_monday_it_began() -> None:
    values = np.concatenate([np.full(30, 20.0), np.full(30, 35.0)]) + np.random.default_rng(2).normal(size=60)
    found = _series(values, "inflow").changes
    assert [change.day for change in found] == [MONDAY + 7 * 30]
    assert found[0].text == trends.STEP_UP
    assert found[0].before == pytest.approx(20, abs=1)
    assert found[0].after == pytest.approx(35, abs=1)


def test_a_list_that_first_stood_still_and_then_grew_is_dated_and_rising() -> None:
    steps = np.random.default_rng(3).normal(0, 2, 100) + np.repeat([0.0, 4.0], 50)
    found = _series(40 + np.cumsum(steps))
    assert found.verdict == trends.RISING
    assert [change.text for change in found.changes] == [trends.GROWS]
    assert found.changes[0].day == pytest.approx(MONDAY + 7 * 50, abs=7 * 4)
    assert found.changes[0].after == pytest.approx(4, abs=1)


def test_a_stock_that_wanders_by_chance_seldom_has_a_trend_or_a_turn() -> None:
    rng = np.random.default_rng(4)
    found = [_series(100 + np.cumsum(rng.normal(size=120))) for _ in range(100)]
    assert np.mean([each.verdict != trends.NO_TREND for each in found]) < 0.12
    assert np.mean([bool(each.changes) for each in found]) < 0.12


def test_weeks_without_a_value_are_passed_over() -> None:
    values = 10.0 + np.arange(40)
    values[[3, 17]] = np.nan
    found = _series(values)
    assert len(found.weeks) == 38
    assert found.trend.slope == pytest.approx(1.0)


def test_series_of_a_list_are_its_whole_weeks(log: SmallLog) -> None:
    one = waiting_lists.compute(log.engine).totals[0]
    level, inflow, outflow = trends.of_waiting_list(one)
    assert {date_of(int(week)).weekday() for week in level.weeks} == {0}
    for place, week in enumerate(level.weeks.tolist()):
        first = week - int(one.days[0])
        assert level.values[place] == one.level[first + 6]
        assert inflow.values[place] == one.inflow[first : first + 7].sum()
        assert outflow.values[place] == one.outflow[first : first + 7].sum()
    assert len(level.weeks) >= len(one.days) // 7 - 1


def test_lead_times_per_week_leave_out_weeks_that_are_not_known_yet(tmp_path: Path) -> None:
    start = datetime(2024, 1, 1, 12, tzinfo=UTC)
    columns: dict[str, list[Any]] = {"case": [], "activity": [], "time": []}
    for number in range(140):
        begun = start + timedelta(days=number)
        takes = timedelta(days=5 + number // 7)
        columns["case"] += [f"C{number}"] * 2
        columns["activity"] += ["x", "Closed"]
        columns["time"] += [begun, begun + takes]
    log = small_log(tmp_path, columns, end_activities=("Closed",), cut_off="2024-05-19T12:00:00+00:00")
    found = trends.lead_time(log.engine)
    assert found.verdict == trends.RISING
    assert [each.figure for each in trends.compute(log.engine)] == ["lead-time"]
    assert found.horizon_days is not None
    assert found.weeks[0] == MONDAY
    assert found.weeks[-1] + 6 + found.horizon_days <= MONDAY + 139
    assert found.values.tolist() == [min(5.0 + week, found.horizon_days) for week in range(len(found.weeks))]


def test_the_planted_growing_list_is_rising(log_of: Callable[..., GeneratedLog]) -> None:
    made = log_of("youth-protection")
    growing = made.generated.truth["planted"]["growing"]
    assert growing
    found = trends.compute(made.engine)
    assert [each.figure for each in found[:4]] == ["lead-time", "level", "inflow", "outflow"]
    levels = [each for each in found if each.figure == "level"]
    assert [each.organisation for each in levels if each.verdict == trends.RISING] == ["Gecertificeerde instellingen"]
    turns = next(each.changes for each in levels if each.verdict == trends.RISING)
    assert trends.GROWS in {change.text for change in turns}
