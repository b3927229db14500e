"""A log arranged in memory has the cases and events of the prepared one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.analysis.eventlogs.small_events import FULL, MAPPING, YEAR_2024, Event, random_events, written
from zichtlijn.analysis.eventlogs.model import Column, LogError, Mapping
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.prepare.arranged import Arranged, arrange
from zichtlijn.analysis.eventlogs.raw import RawLog

OF_EVENTS = ("activity", "organisation", "at_us")
OF_CASES = (
    *("start_us", "end_us", "closed", "variant", "events", "region", "group"),
    *("first_organisation", "last_organisation"),
)


def cases_in(log: Arranged) -> list[Any]:
    """Of every case its columns and its events."""
    cases = zip(*(column.tolist() for column in log.of("cases", *OF_CASES)), strict=True)
    events = list(zip(*(column.tolist() for column in log.of("events", *OF_EVENTS)), strict=True))
    bounds = log.first_events.tolist()
    return sorted((case, events[low:high]) for case, low, high in zip(cases, bounds, bounds[1:], strict=False))


def cases_on_disk(raw: RawLog, mapping: Mapping, folder: Path) -> list[Any]:
    """The same of the prepared log."""
    log = prepare(raw, mapping, folder, buckets=2)
    events: dict[int, list[Any]] = {}
    for case_no, *columns in known_rows(log.folder / "events", "case_no", *OF_EVENTS):
        events.setdefault(case_no, []).append(tuple(columns))
    cases = known_rows(log.folder / "cases", "case_no", *OF_CASES)
    return sorted((tuple(columns), events[case_no]) for case_no, *columns in cases)


def known_rows(folder: Path, *names: str) -> list[Any]:
    """Of all files of a table, with -1 for null."""
    rows: list[Any] = []
    for path in sorted(folder.glob("*.parquet")):
        columns = pq.ParquetFile(path).read(columns=list(names)).select(names)
        rows += zip(*([-1 if v is None else v for v in column.to_pylist()] for column in columns), strict=True)
    return rows


@pytest.mark.parametrize("seed", range(4))
def test_cases_and_events_are_those_of_the_prepared_log(tmp_path: Path, seed: int) -> None:
    events = random_events(seed)
    raw = written(tmp_path / "raw", events[::2], events[1::2], zone=None if seed % 2 else "UTC")
    log = arrange(raw, FULL)
    assert cases_in(log) == cases_on_disk(raw, FULL, tmp_path / "log")
    assert sorted(log.of("stays", "filled")[0]) == sorted(
        filled for (filled,) in known_rows(tmp_path / "log" / "stays", "filled")
    )


def test_rows_together_and_in_order_stay_where_they_are(tmp_path: Path) -> None:
    cases = [str(case) for case in range(30, 0, -1) for _ in range(3)]
    events = [Event(place, case, "ab"[place % 2], YEAR_2024) for place, case in enumerate(cases)]
    log = arrange(written(tmp_path / "raw", events), MAPPING)
    activities = [log.values("activity")[code] for code in log.of("events", "activity")[0]]
    assert activities == [each.activity for each in events]
    assert log.first_events.tolist() == list(range(0, 91, 3))


def test_through_the_database_it_is_the_same(tmp_path: Path) -> None:
    raw = written(tmp_path / "raw", random_events(7))
    wanted = replace(FULL, required=(Column(".line"), Column("needed")))
    assert cases_in(arrange(raw, wanted)) == cases_on_disk(raw, wanted, tmp_path / "log")


def test_what_is_after_the_cut_off_is_left_out(tmp_path: Path) -> None:
    raw = written(tmp_path / "raw", random_events(8))
    whole, early = arrange(raw, MAPPING), arrange(raw, MAPPING, cut_off="2024-04-01")
    assert early.manifest.events < whole.manifest.events
    assert early.of("events", "at_us")[0].max() == early.manifest.last_us <= early.manifest.cut_off_us


def test_a_log_without_events_that_count_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LogError) as caught:
        arrange(written(tmp_path / "raw", [Event(0, None, "a", YEAR_2024)]), MAPPING)
    assert caught.value.code == "no-events"


def test_what_the_log_does_not_have_is_not_known(tmp_path: Path) -> None:
    roles = {role: MAPPING.roles[role] for role in ("case", "activity", "time")}
    log = arrange(written(tmp_path / "raw", [Event(0, "1", "a", YEAR_2024)]), Mapping(roles))
    assert not log.has("stays")
    assert log.of("events", "organisation")[0].tolist() == log.of("cases", "region")[0].tolist() == [-1]
    assert log.values("organisation") == ()
    assert log.bytes_held >= np.dtype(np.int64).itemsize
    assert pa.int16().to_pandas_dtype() == log.of("events", "activity")[0].dtype
