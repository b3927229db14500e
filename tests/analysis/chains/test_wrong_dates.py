"""One wrong date neither makes series of centuries nor changes what is true of the days that are shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.analysis.chains.small_logs import SmallLog, small_log
from zichtlijn.analysis.chains import load, throughput, trends, waiting_lists
from zichtlijn.analysis.chains.local_days import MOST_DAYS, date_of
from zichtlijn.analysis.eventlogs.model import LogError


def _log(folder: Path, wrong: datetime, cut_off: str | None = None) -> SmallLog:
    """A case a day comes to A and is closed there a week later; one more came on a wrong date and still waits."""
    first = datetime(2024, 1, 1, 12, tzinfo=UTC)
    times = [first + timedelta(days=day + after) for day in range(100) for after in (0, 7)]
    columns = {
        "case": [str(day) for day in range(100) for _ in range(2)] + ["wrong"],
        "activity": ["Received", "Closed"] * 100 + ["Received"],
        "time": [*times, wrong],
        "organisation": ["A"] * 201,
    }
    return small_log(folder, columns, end_activities=("Closed",), cut_off=cut_off)


@pytest.mark.parametrize("year", [1, 202, 9999])
def test_an_event_of_another_age_is_left_out(tmp_path: Path, year: int) -> None:
    log = _log(tmp_path, datetime(year, 1, 2, tzinfo=UTC))
    assert log.prepared.manifest.cases == 100
    (one,) = waiting_lists.compute(log.engine).lists
    assert date_of(int(one.days[0])) == date(2024, 1, 1)
    assert one.level[-1] == 0


@pytest.mark.parametrize("year", [1900, 1964])
def test_a_case_of_long_ago_waits_from_the_first_day_shown(tmp_path: Path, year: int) -> None:
    came = datetime(year, 1, 2, 12, tzinfo=UTC)
    log = _log(tmp_path, came)
    (one,) = waiting_lists.compute(log.engine).lists
    flows = throughput.compute(log.engine)
    (loaded,) = load.compute(log.engine)
    assert len(one.days) == len(flows.started) == MOST_DAYS
    assert len(loaded.arrived) <= MOST_DAYS // 7
    assert (one.level[0], one.level[-1], flows.open_cases[0], flows.open_cases[-1]) == (1, 1, 1, 1)
    assert one.level.max() == flows.open_cases.max() == 8
    assert one.oldest_age[-1] == (date_of(int(one.days[-1])) - came.date()).days
    assert all(len(each.weeks) <= MOST_DAYS // 7 for each in trends.compute(log.engine))


def test_an_event_in_the_far_future_asks_for_no_centuries(tmp_path: Path) -> None:
    log = _log(tmp_path, datetime(2199, 1, 2, 12, tzinfo=UTC))
    assert len(waiting_lists.compute(log.engine).days) <= MOST_DAYS
    assert len(throughput.compute(log.engine).started) == MOST_DAYS
    trends.compute(log.engine)


def test_a_cut_off_that_cannot_be_meant_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LogError) as caught:
        _log(tmp_path, datetime(2024, 1, 2, tzinfo=UTC), cut_off="9999-12-31")
    assert caught.value.code == "cut-off-far"
