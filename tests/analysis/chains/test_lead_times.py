"""Lead times and terms against plain counting over the cases of a prepared log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lifelines import KaplanMeierFitter

from tests.analysis.chains.small_logs import SmallLog, random_log, small_log
from zichtlijn.analysis.chains import lead_times, terms
from zichtlijn.analysis.chains.answers import UNKNOWN
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.time_scale import DAY_US

STATES = terms.STATES


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallLog]:
    made = random_log(tmp_path_factory.mktemp("lead-times"))
    yield made
    made.engine.close()


def _known(log: SmallLog, row: dict[str, Any]) -> tuple[bool, int]:
    ended = row["closed"] and row["end_us"] <= log.cut_off_us
    return ended, row["end_us"] if ended else log.cut_off_us


def _plain(log: SmallLog) -> list[tuple[dict[str, Any], bool, int]]:
    rows = [row for row in log.rows("cases") if row["start_us"] <= log.cut_off_us]
    return [(row, *_known(log, row)) for row in rows]


def test_lead_times_equal_lifelines_on_the_cases_themselves(log: SmallLog) -> None:
    plain = _plain(log)
    days = [(stop - row["start_us"]) // DAY_US for row, _, stop in plain]
    theirs = KaplanMeierFitter().fit(days, [ended for _, ended, _ in plain])
    found = lead_times.compute(log.engine).everyone
    assert found.cases == len(plain)
    assert 20 < found.open_cases == sum(not ended for _, ended, _ in plain)
    assert found.curve.survival == pytest.approx(theirs.survival_function_.loc[found.curve.times].to_numpy()[:, 0])
    assert found.median.value == theirs.median_survival_time_


def test_groups_add_up_and_the_unknown_takes_no_part_in_the_comparison(log: SmallLog) -> None:
    found = lead_times.compute(log.engine, by="group")
    plain = Counter(row["group"] for row, _, _ in _plain(log))
    values = log.prepared.values("group")
    assert {group.value: group.cases for group in found.groups} == {
        None if code is None else values[code]: count for code, count in plain.items()
    }
    assert found.groups[-1].code == UNKNOWN
    assert found.comparison is not None
    assert found.comparison.degrees == 1
    assert found.horizon == min(group.curve.times[-1] for group in found.groups if group.curve.survival[-1] > 0)


def test_at_an_organisation_the_stays_are_timed(log: SmallLog) -> None:
    found = lead_times.compute(log.engine, by="organisation")
    stays = Counter(row["organisation"] for row in log.rows("stays") if row["from_us"] <= log.cut_off_us)
    names = log.prepared.values("organisation")
    assert {group.value: group.cases for group in found.groups} == {names[code]: count for code, count in stays.items()}


def test_days_and_seconds_tell_the_same_story(log: SmallLog) -> None:
    days, seconds = (lead_times.compute(log.engine, unit=unit) for unit in ("days", "seconds"))  # type: ignore[arg-type]
    assert days.everyone.open_cases == seconds.everyone.open_cases
    assert seconds.everyone.median.value // 86_400 == pytest.approx(days.everyone.median.value, abs=1)


def test_a_period_counts_only_the_cases_that_start_in_it(log: SmallLog) -> None:
    start = sorted(row["start_us"] for row, _, _ in _plain(log))[100]
    found = lead_times.compute(log.engine, Selection(from_us=start))
    assert found.everyone.cases == sum(row["start_us"] >= start for row, _, _ in _plain(log))


def test_the_cases_behind_a_figure_are_those_counted(log: SmallLog) -> None:
    region = log.prepared.code("region", "R1")
    expression = lead_times.cases_behind(by="region", code=region, at_least=30, ended=False, cut_off_us=log.cut_off_us)
    found = sorted(log.engine.run(expression)["case_no"].to_pylist())
    plain = [
        row["case_no"]
        for row, ended, stop in _plain(log)
        if row["region"] == region and not ended and stop - row["start_us"] >= 30 * DAY_US
    ]
    assert found == sorted(plain)
    assert found


def test_endings_and_open_cases_add_up_to_all(log: SmallLog) -> None:
    found = lead_times.compute_endings(log.engine)
    assert set(found.values) == {"granted", "refused"}
    assert found.incidence.events.sum() + found.incidence.censored.sum() == len(_plain(log))
    curve = lead_times.compute(log.engine).everyone.curve
    assert found.incidence.open_share == pytest.approx(curve.survival)


def test_without_a_closing_activity_no_case_is_open(tmp_path: Path) -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    columns = {"case": ["a", "a", "b"], "activity": ["x", "y", "x"], "time": [start, start + timedelta(days=3), start]}
    log = small_log(tmp_path, columns)
    found = lead_times.compute(log.engine, by="region")
    assert found.everyone.open_cases == 0
    assert found.everyone.curve.times.tolist() == [0, 3]
    assert [group.value for group in found.groups] == [None]
    assert terms.compute(log.engine).without_term == 2
    assert np.isnan(terms.compute(log.engine).everyone.exceeded.value)


def _state(log: SmallLog, row: dict[str, Any]) -> str:
    ended, stop = _known(log, row)
    late = stop > row["term_us"]
    return STATES[(0 if ended else 2) + int(late if ended else not late)]


def test_every_case_with_a_term_is_in_one_of_four_states(log: SmallLog) -> None:
    plain = Counter((row["region"], _state(log, row)) for row, _, _ in _plain(log))
    found = terms.compute(log.engine, by="region")
    for group in found.groups:
        counts = (group.closed_in_time, group.closed_late, group.open_late, group.not_yet_due)
        assert counts == tuple(plain[group.code, state] for state in STATES)
    assert found.everyone.cases == sum(plain.values())
    assert min(found.everyone.closed_late, found.everyone.open_late, found.everyone.not_yet_due) > 0


def test_the_share_exceeded_is_kaplan_meier_at_the_term(log: SmallLog) -> None:
    plain = _plain(log)
    late_us = np.array([stop - row["term_us"] for row, _, stop in plain])
    theirs = KaplanMeierFitter().fit(late_us - late_us.min() + 1, [ended for _, ended, _ in plain])
    found = terms.compute(log.engine, unit="seconds").everyone
    assert found.exceeded.value == pytest.approx(theirs.predict(-late_us.min() + 1), abs=1e-6)
    assert found.exceeded.lower < found.late / found.cases < found.exceeded.upper


def test_a_case_closed_at_the_moment_its_term_ends_is_in_time(tmp_path: Path) -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    term = start + timedelta(days=5)
    ends = [term, term + timedelta(microseconds=1)]
    columns = {
        "case": ["a", "a", "b", "b"],
        "activity": ["x", "Closed"] * 2,
        "time": [start, ends[0], start, ends[1]],
        "term_date": [term] * 4,
    }
    log = small_log(tmp_path, columns, end_activities=("Closed",))
    found = terms.compute(log.engine).everyone
    assert (found.closed_in_time, found.closed_late) == (1, 1)
    assert found.curve.times.tolist() == [0, 1]
    assert found.exceeded.value == 0.5


@pytest.mark.parametrize("state", STATES)
def test_the_cases_behind_a_state_are_those_counted(log: SmallLog, state: str) -> None:
    expression = terms.cases_behind(state=state, by="region", code=0, cut_off_us=log.cut_off_us)
    found = sorted(log.engine.run(expression)["case_no"].to_pylist())
    plain = [row["case_no"] for row, _, _ in _plain(log) if row["region"] == 0 and _state(log, row) == state]
    assert found == sorted(plain)
