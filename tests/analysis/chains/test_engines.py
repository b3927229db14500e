"""Asking a prepared log: what is kept between questions, and that a log can stand under any name."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
from ibis import _

from tests.analysis.eventlogs.small_events import FULL, random_events, written
from zichtlijn.analysis.chains import directly_follows, tables, timing
from zichtlijn.analysis.chains.answers import UNKNOWN, columns
from zichtlijn.analysis.chains.engines.compiled import sql_of
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.prepare import prepare


def test_the_same_question_is_compiled_once() -> None:
    first, second = (tables.events.filter(_.activity == 3).agg(n=_.count()) for _again in range(2))
    assert sql_of(first, "duckdb") is sql_of(second, "duckdb")
    assert sql_of(first, "duckdb") != sql_of(first, "pyspark")
    assert sql_of(first, "duckdb") != sql_of(tables.events.filter(_.activity == 4).agg(n=_.count()), "duckdb")


def test_an_expression_is_built_once_per_selection() -> None:
    part = Selection(regions=(1, 2))
    assert directly_follows.times(part) is directly_follows.times(Selection(regions=(1, 2)))
    assert directly_follows.times(part) is not directly_follows.times()


def test_sums_on_spark_are_as_wide_as_those_of_duckdb() -> None:
    summed = tables.events.group_by("activity").agg(total_us=_.to_next_us.sum(), filled=_.hand_over.sum())
    assert "SUM(CAST(`t0`.`to_next_us` AS DECIMAL(38, 0)))" in sql_of(summed, "pyspark")
    assert "DECIMAL" not in sql_of(summed, "duckdb")


def test_sums_beyond_63_bits_stay_exact() -> None:
    large = pa.table({"total_us": pa.array([Decimal(2**70), None], pa.decimal128(38, 0)), "count": [1, None]})
    found = columns(large)
    assert found["total_us"].tolist() == [2**70, UNKNOWN]
    assert found["count"].tolist() == [1, UNKNOWN]
    totals = np.array([2**70 + 1, 3], dtype=object)
    assert timing.summed(totals) == 2**70 + 4
    assert timing.summed(np.full(4, 2**62)) == 2**64


def test_a_log_can_stand_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / 'l\'été: [2024] *? "zaken" {a,b}'
    log = prepare(written(folder / "raw", random_events(1, 200)), FULL, folder / "log", buckets=6)
    with Embedded(log) as engine:
        assert engine.run(tables.events.agg(n=_.count())).to_pylist() == [{"n": log.manifest.events}]
