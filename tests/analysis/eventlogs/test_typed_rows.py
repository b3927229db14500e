# ruff: noqa: DTZ001 (times without a zone are what is tested)
"""What an event says and whether it counts is decided in one place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.eventlogs.raw_logs import SIMPLE, raw_log
from zichtlijn.analysis.eventlogs.model import Column, LogError, Mapping
from zichtlijn.analysis.eventlogs.raw import TRACE, RawLog
from zichtlijn.analysis.eventlogs.time_zones import changes, offset_sql
from zichtlijn.analysis.eventlogs.typed_rows import typed_rows_sql


def rows(raw: RawLog, mapping: Mapping = SIMPLE, columns: str = "*", zone: str = "UTC") -> list[Any]:
    with duckdb.connect() as connection:
        connection.execute(f"SET TimeZone = '{zone}'")
        return connection.execute(
            f"SELECT {columns} FROM ({typed_rows_sql(raw, mapping)}) ORDER BY sequence"
        ).fetchall()


def moments(folder: Path, times: Any, **details: Any) -> list[str | None]:
    number = len(times)
    raw = raw_log(folder, {"case": ["a"] * number, "activity": ["x"] * number, "time": times}, details=details)
    return [
        None if us is None else datetime.fromtimestamp(us / 1e6, UTC).isoformat()
        for (us,) in rows(raw, columns="at_us", zone="Asia/Tokyo")
    ]


def test_written_times_are_read_in_iso_and_the_usual_dutch_forms(tmp_path: Path) -> None:
    written = {
        "2024-12-31T23:59:59+01:00": "2024-12-31T22:59:59+00:00",
        "2024-12-31 23:59:59.5 -0530": "2025-01-01T05:29:59.500000+00:00",
        "2024-12-31T23:59:59Z": "2024-12-31T23:59:59+00:00",
        "2024-12-31T23:59+01": "2024-12-31T22:59:00+00:00",
        "2024-07-01T12:00:00": "2024-07-01T10:00:00+00:00",
        "2024-07-01": "2024-06-30T22:00:00+00:00",
        "31-12-2024 23:59": "2024-12-31T22:59:00+00:00",
        "1-7-2024 09:05": "2024-07-01T07:05:00+00:00",
        "31/12/2024": "2024-12-30T23:00:00+00:00",
        "31.12.2024 08:00:01": "2024-12-31T07:00:01+00:00",
        "31-12-24": "2024-12-30T23:00:00+00:00",
        "20241231": "2024-12-30T23:00:00+00:00",
        "2024/12/31 10:00": "2024-12-31T09:00:00+00:00",
        "2024-12-31 10:00:00,250": "2024-12-31T09:00:00.250000+00:00",
        "31-12-2024 23:59:59+01:00": "2024-12-31T22:59:59+00:00",
    }
    assert dict(zip(written, moments(tmp_path / "raw", list(written)), strict=True)) == written


@pytest.mark.parametrize(
    "text", ["onbekend", "32-12-2024", "2024-13-01", "infinity", "epoch", "12:00", "31-12-2024 25:00"]
)
def test_a_time_that_cannot_be_read_is_dropped_as_such(tmp_path: Path, text: str) -> None:
    raw = raw_log(tmp_path / "raw", {"case": ["a"], "activity": ["x"], "time": [text]})
    assert rows(raw, columns="at_us, dropped") == [(None, "unreadable-time")]


def test_the_smallest_whole_number_is_no_time_and_stops_nothing(tmp_path: Path) -> None:
    numbers = pa.array([-(2**63), 1_700_000_000], pa.int64())
    assert moments(tmp_path / "raw", numbers) == [None, "2023-11-14T22:13:20+00:00"]


def test_the_month_stands_first_where_the_reader_found_so(tmp_path: Path) -> None:
    assert moments(tmp_path / "raw", ["12/31/2024", "01/02/2024"], month_first=["time"]) == [
        "2024-12-30T23:00:00+00:00",
        "2024-01-01T23:00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        (
            [1_700_000_000, 1_700_000_000_000, 1_700_000_000_000_000, 1_700_000_000_000_000_000],
            pa.int64(),
            "2023-11-14T22:13:20+00:00",
        ),
        ([1_700_000_000.0], pa.float64(), "2023-11-14T22:13:20+00:00"),
        ([20241231], pa.int64(), "2024-12-30T23:00:00+00:00"),
        ([datetime(2024, 7, 1, 12)], pa.timestamp("us"), "2024-07-01T10:00:00+00:00"),
        ([datetime(2024, 7, 1, 12, tzinfo=UTC)], pa.timestamp("us", "UTC"), "2024-07-01T12:00:00+00:00"),
        ([float("nan")], pa.float64(), None),
    ],
)
def test_numbers_and_timestamps_are_times_too(tmp_path: Path, values: Any, kind: Any, expected: str | None) -> None:
    assert set(moments(tmp_path / "raw", pa.array(values, kind))) == {expected}


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)), st.sampled_from(["Europe/Amsterdam", "America/New_York"])
)
def test_local_times_become_utc_as_python_does_it(moment: datetime, zone: str) -> None:
    wall_us = round((moment - datetime(1970, 1, 1)).total_seconds() * 1e6)
    expected = moment.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    assert expected is not None
    found = CONNECTION.execute(f"SELECT {offset_sql(zone, 'us')} FROM (SELECT {wall_us} AS us)").fetchone()
    assert found == (round(expected.total_seconds() * 1e6),)


CONNECTION = duckdb.connect()


def test_the_hours_around_the_change_of_summer_time_follow_python(tmp_path: Path) -> None:
    texts = ["2024-03-31 01:59", "2024-03-31 02:30", "2024-03-31 03:00", "2024-10-27 02:30", "2024-10-27 03:00"]
    zone = ZoneInfo("Europe/Amsterdam")
    expected = [datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC).isoformat() for text in texts]
    assert moments(tmp_path / "raw", texts) == expected


def test_a_zone_without_summer_time_has_one_offset() -> None:
    assert changes("UTC") == (0, ())
    with pytest.raises(LogError, match="no time zone"):
        changes("Europe/Nergens")


def test_missing_and_blank_values_drop_an_event_with_the_reason(tmp_path: Path) -> None:
    raw = raw_log(
        tmp_path / "raw",
        {
            "case": ["a", None, " ", "a", "a", "a"],
            "activity": ["x", "x", "x", "", "x", "x"],
            "time": ["2024-01-01", "2024-01-01", "2024-01-01", "2024-01-01", " ", "toen"],
        },
    )
    assert [reason for (reason,) in rows(raw, columns="dropped")] == [
        None,
        "event-without-case",
        "event-without-case",
        "event-without-activity",
        "event-without-time",
        "unreadable-time",
    ]


def test_columns_of_the_case_are_joined_on_the_trace(tmp_path: Path) -> None:
    raw = raw_log(
        tmp_path / "raw",
        {TRACE: pa.array([1, 0, 1]), "name": ["x", "y", "z"], "time": ["2024-01-01"] * 3},
        {"name": ["first", "second"], "end date": pa.array([datetime(2024, 1, 9), None], pa.timestamp("us"))},
    )
    mapping = Mapping(
        {
            "case": Column("name", "case"),
            "activity": Column("name"),
            "time": Column("time"),
            "term_date": Column("end date", "case"),
        }
    )
    assert rows(raw, mapping, "case_key, activity, term_us") == [
        ("second", "x", None),
        ("first", "y", 1_704_754_800_000_000),
        ("second", "z", None),
    ]


def test_numbers_and_truths_are_texts_without_needless_decimals(tmp_path: Path) -> None:
    raw = raw_log(
        tmp_path / "raw",
        {"case": pa.array([17.0, 1.5]), "activity": pa.array([True, False]), "time": ["2024-01-01"] * 2},
    )
    assert rows(raw, columns="case_key, activity") == [("17", "true"), ("1.5", "false")]


def test_filled_counts_the_required_columns_that_have_a_value(tmp_path: Path) -> None:
    raw = raw_log(
        tmp_path / "raw",
        {"case": ["a", "a"], "activity": ["x", "y"], "time": ["2024-01-01"] * 2, "one": ["1", " "], "two": [None, 2]},
    )
    assert rows(raw, columns="filled") == [(None,), (None,)]
    required = Mapping(SIMPLE.roles, required=(Column("one"), Column("two")))
    assert rows(raw, required, "filled") == [(1,), (1,)]


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    raw = raw_log(tmp_path / "raw", {"case": ["a"], "activity": ["x"], "time": ["2024-01-01"]})
    for column in (Column("regio"), Column("case", "case")):
        with pytest.raises(LogError) as caught:
            typed_rows_sql(raw, SIMPLE.with_role("region", column))
        assert caught.value.code == "mapping-column-missing"
        assert caught.value.params == {"name": column.name}
