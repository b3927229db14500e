"""What Spark prepares is what DuckDB prepares, to the last number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.analysis.eventlogs.small_events import FULL, MAPPING, Event, random_events, tables_of, written
from zichtlijn.analysis.eventlogs.model import LogError, Mapping
from zichtlijn.analysis.eventlogs.prepare import append, prepare
from zichtlijn.analysis.eventlogs.prepare.spark_sql import same_numbers_sql
from zichtlijn.analysis.eventlogs.prepared import DIMENSIONS, SCHEMAS

BARE = Mapping({role: MAPPING.roles[role] for role in ("case", "activity", "time")})


@pytest.mark.parametrize(("mapping", "buckets"), [(FULL, 2), (MAPPING, 1), (BARE, 1)])
def test_the_tables_are_the_same(spark: Any, tmp_path: Path, mapping: Mapping, buckets: int) -> None:
    raw = written(tmp_path / "raw", random_events(1))
    ours = prepare(raw, mapping, tmp_path / "duckdb", buckets=buckets)
    theirs = prepare(raw, mapping, tmp_path / "spark", buckets=buckets, engine="spark")
    assert tables_of(ours) == tables_of(theirs)
    assert {name: ours.values(name) for name in DIMENSIONS} == {name: theirs.values(name) for name in DIMENSIONS}
    assert theirs.manifest.engine.startswith("spark 4")
    assert list(tmp_path.glob(".*")) == list(theirs.folder.glob(".*")) == []
    for name in ("events", "cases", "first_us", "last_us", "cut_off_us", "buckets"):
        assert getattr(ours.manifest, name) == getattr(theirs.manifest, name), name


def test_files_are_in_the_same_order_and_of_the_same_types(spark: Any, tmp_path: Path) -> None:
    raw = written(tmp_path / "raw", random_events(3))
    ours = prepare(raw, FULL, tmp_path / "duckdb", buckets=1)
    theirs = prepare(raw, FULL, tmp_path / "spark", buckets=1, engine="spark")
    for table in SCHEMAS:
        one, other = (pq.ParquetFile(log.folder / table / "00000.parquet").read() for log in (ours, theirs))
        assert one.schema.names == other.schema.names
        assert one.schema.types == other.schema.types
        assert one.to_pylist() == other.to_pylist(), table


def test_events_can_be_added_to_what_spark_prepared(spark: Any, tmp_path: Path) -> None:
    events = random_events(4)
    early, late = (written(tmp_path / str(n), events[n * 300 :][:300], sha256=f"{n}" * 64) for n in range(2))
    theirs = append(prepare(early, FULL, tmp_path / "spark", buckets=2, engine="spark"), late, tmp_path / "more")
    ours = prepare(written(tmp_path / "all", events), FULL, tmp_path / "duckdb", buckets=2)
    assert tables_of(ours) == tables_of(theirs)


def test_two_cases_with_one_number_are_told(spark: Any) -> None:
    rows = [(1, "a"), (1, "b"), (2, "c")]
    session = spark.newSession()
    session.createDataFrame(rows, "case_no bigint, case_key string").createOrReplaceTempView("placed")
    assert [tuple(row) for row in session.sql(same_numbers_sql()).collect()] == [("a", "b")]


def test_a_log_that_cannot_be_prepared_leaves_nothing(spark: Any, tmp_path: Path) -> None:
    raw = written(tmp_path / "raw", [Event(0, None, "a", None)])
    with pytest.raises(LogError) as caught:
        prepare(raw, MAPPING, tmp_path / "log", engine="spark")
    assert caught.value.code == "no-events"
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]
