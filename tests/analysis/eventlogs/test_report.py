"""The load report says what is dropped and what is odd, with the lines."""

# ruff: noqa: DTZ001 (times without a zone are what is tested)
from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.analysis.eventlogs.raw_logs import SIMPLE, raw_log
from zichtlijn.analysis.eventlogs import readers
from zichtlijn.analysis.eventlogs.model import Column, LogError, Mapping
from zichtlijn.analysis.eventlogs.proposing import propose_mapping
from zichtlijn.analysis.eventlogs.readers import read_log
from zichtlijn.analysis.eventlogs.report import PROBLEMS, LoadReport, load_report
from zichtlijn.analysis.eventlogs.typed_rows import typed_rows_sql

WITH_ORGANISATION = SIMPLE.with_role("organisation", Column("org"))
WITH_COMPLETE = SIMPLE.with_role("complete", Column("done"))


def report_on(folder: Path, mapping: Mapping = SIMPLE, **columns: list[Any]) -> LoadReport:
    number = len(next(iter(columns.values())))
    usual = {"case": ["a"] * number, "activity": ["x"] * number, "time": ["2024-01-01 10:00"] * number}
    return load_report(raw_log(folder / "raw", {**usual, **columns}), mapping)


def found(report: LoadReport, code: str) -> tuple[int, tuple[str, ...]]:
    each = next((each for each in (*report.dropped, *report.problems) if each.code == code), None)
    return (each.count, each.places) if each else (0, ())


def test_events_that_are_dropped_are_counted_with_their_lines(tmp_path: Path) -> None:
    report = report_on(
        tmp_path,
        case=["a", "", None, "a", "a", "a"],
        activity=["x", "x", "x", " ", "x", "x"],
        time=["2024-01-01 10:00", "2024-01-01", "2024-01-01", "2024-01-01", None, "gisteren"],
    )
    assert (report.events_read, report.events_kept, report.cases) == (6, 1, 1)
    assert {each.code: (each.count, each.places) for each in report.dropped} == {
        "event-without-case": (2, ("3", "4")),
        "event-without-activity": (1, ("5",)),
        "event-without-time": (1, ("6",)),
        "unreadable-time": (1, ("7",)),
    }


def test_the_preparation_counts_the_same_events(tmp_path: Path) -> None:
    raw = raw_log(tmp_path / "raw", {"case": ["a", None, "b"], "activity": ["x"] * 3, "time": ["2024-01-01", "?", "?"]})
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT count(*) FROM ({typed_rows_sql(raw, SIMPLE)}) WHERE dropped IS NULL"
        ).fetchone()
    assert rows == (load_report(raw, SIMPLE).events_kept,)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from("xy"), st.integers(0, 3), st.sampled_from("pq")),
        min_size=1,
        max_size=12,
    )
)
def test_ties_and_duplicates_are_as_counted_by_going_through_the_cases(
    tmp_path: Path, events: list[tuple[str, str, int, str]]
) -> None:
    moments = [datetime(2024, 1, 1, 10 + hour) for _, _, hour, _ in events]
    columns = {"case": [e[0] for e in events], "activity": [e[1] for e in events], "org": [e[3] for e in events]}
    report = report_on(tmp_path, WITH_ORGANISATION, time=moments, **columns)
    cases = {case: sorted(e[2] for e in events if e[0] == case) for case, *_ in events}
    ties = {case: sum(a == b for a, b in pairwise(hours)) for case, hours in cases.items()}
    assert report.tied_events == pytest.approx(sum(ties.values()) / len(events))
    assert report.tied_cases == pytest.approx(sum(map(bool, ties.values())) / len(cases))
    assert found(report, "duplicate")[0] == len(events) - len(set(events))


def test_a_log_of_days_is_recognised(tmp_path: Path) -> None:
    days = [datetime(2024, 3, 1) + timedelta(days=number) for number in range(60)]
    report = report_on(tmp_path, time=days)
    assert (report.at_midnight, report.day_granular) == (1.0, True)
    with_times = [day + timedelta(hours=10) for day in days]
    assert not report_on(tmp_path / "times", time=with_times).day_granular


def test_days_with_an_offset_are_midnight_in_the_zone_of_the_mapping(tmp_path: Path) -> None:
    assert report_on(tmp_path, time=["2024-07-01T00:00:00+02:00", "2024-01-01T00:00:00+01:00"]).at_midnight == 1.0
    assert report_on(tmp_path / "utc", time=["2024-07-01T00:00:00Z"]).at_midnight == 0.0


def test_offsets_seen_are_counted_and_times_without_one_too(tmp_path: Path) -> None:
    report = report_on(tmp_path, time=["2024-01-01", "2024-01-01T10:00Z", "2024-01-01T10:00-0330", "2024-01-02"])
    assert report.offsets == {"": 2, "-03:30": 1, "+00:00": 1}
    assert report.time_zone == "Europe/Amsterdam"


def test_local_times_around_the_change_of_summer_time_are_named(tmp_path: Path) -> None:
    times = ["2024-03-31 01:59:59", "2024-03-31 02:00", "2024-03-31 02:59:59", "2024-03-31 03:00"]
    times += [
        "2024-10-27 01:59:59",
        "2024-10-27 02:00",
        "2024-10-27 02:59",
        "2024-10-27 03:00",
        "2024-10-27T02:30+02:00",
    ]
    report = report_on(tmp_path, time=times)
    assert found(report, "nonexistent-time") == (2, ("3", "4"))
    assert found(report, "ambiguous-time") == (2, ("7", "8"))


def test_impossible_orders_and_moments_are_named(tmp_path: Path) -> None:
    mapping = replace(WITH_COMPLETE, cut_off="2024-12-31")
    report = report_on(
        tmp_path,
        mapping,
        time=["2024-01-02", "2024-12-31 23:59", "2025-01-01", "1969-12-31", "2024-01-02"],
        done=["2024-01-01", "2024-12-31 23:59", None, "2024-01-01", "later"],
    )
    assert found(report, "complete-before-start") == (1, ("2",))
    assert found(report, "after-cut-off") == (1, ("4",))
    assert found(report, "before-1970") == (1, ("5",))
    assert found(report, "unreadable-completion") == (1, ("6",))


def test_cases_with_another_beginning_and_events_before_the_start_are_named(tmp_path: Path) -> None:
    cases, activities, times = [], [], []
    for number in range(9):
        cases += [f"c{number}"] * 2
        activities += ["intake", "besluit"]
        times += ["2024-01-01 10:00", "2024-01-02 10:00"]
    cases += ["late", "late", "none"]
    activities += ["besluit", "intake", "besluit"]
    times += ["2024-01-01 09:00", "2024-01-01 10:00", "2024-01-01 10:00"]
    report = report_on(tmp_path, case=cases, activity=activities, time=times)
    assert (report.usual_start, round(report.usual_start_cases, 3)) == ("intake", round(9 / 11, 3))
    assert found(report, "other-start") == (2, ("20", "22"))
    assert found(report, "before-start") == (1, ("20",))


def test_without_a_usual_beginning_nothing_is_said_about_it(tmp_path: Path) -> None:
    report = report_on(tmp_path, case=["a", "b"], activity=["x", "y"])
    assert report.usual_start_cases == 0.5
    assert found(report, "other-start") == (0, ())


def test_the_first_event_is_that_of_the_file_when_times_are_equal(tmp_path: Path) -> None:
    report = report_on(tmp_path, activity=["tweede?", "eerste?"], case=["a", "a"])
    assert report.usual_start == "tweede?"


def test_roles_are_summed_up_over_the_events_that_count(tmp_path: Path) -> None:
    report = report_on(tmp_path, WITH_ORGANISATION, case=["a", "b", None], org=["p", "", "q"])
    uses = {each.role: (each.values, each.filled) for each in report.roles}
    assert uses == {"case": (2, 1.0), "activity": (1, 1.0), "time": (1, 1.0), "organisation": (1, 0.5)}


def test_a_log_of_which_nothing_is_left_gives_a_report(tmp_path: Path) -> None:
    report = report_on(tmp_path, time=["?", ""])
    assert (report.events_kept, report.cases, report.first_us, report.usual_start) == (0, 0, None, "")


def test_a_report_survives_json_and_leaves_nothing_behind(tmp_path: Path) -> None:
    report = report_on(tmp_path, case=["a", ""], time=["2024-01-01", "2024-01-01"])
    assert LoadReport.from_json(json.loads(json.dumps(report.as_json()))) == report
    assert [path.suffix for path in (tmp_path / "raw").iterdir() if path.name.startswith(".")] == []


def test_an_unknown_zone_and_an_unreadable_cut_off_are_refused(tmp_path: Path) -> None:
    for mapping in (replace(SIMPLE, time_zone="Mars/Olympus"), replace(SIMPLE, cut_off="binnenkort")):
        with pytest.raises(LogError):
            report_on(tmp_path, mapping, case=["a"])


def test_every_problem_that_a_reader_can_find_has_a_text() -> None:
    folder = Path(readers.__file__).parent
    code = re.compile(r'(?:Problem\(|note\(\s*)"([a-z0-9-]+)"')
    used = {name for path in folder.glob("*.py") for name in code.findall(path.read_text(encoding="utf-8"))}
    assert used
    assert used <= set(PROBLEMS)


@pytest.mark.needs_shared
def test_the_fines_are_a_log_of_days(shared: Path, tmp_path: Path) -> None:
    raw = read_log(shared / "logs/traffic_fines_full.parquet", tmp_path / "raw")
    report = load_report(raw, propose_mapping(raw).mapping)
    assert (report.events_kept, report.cases, report.day_granular) == (561_470, 150_370, True)
    assert (report.usual_start, report.usual_start_cases) == ("Create Fine", 1.0)
    assert found(report, "duplicate")[0] == 30
