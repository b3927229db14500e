"""Asking a prepared log: what is kept between questions, and that a log can stand under any name."""

from __future__ import annotations

from pathlib import Path

from ibis import _

from tests.analysis.eventlogs.small_events import FULL, random_events, written
from zichtlijn.analysis.chains import tables
from zichtlijn.analysis.chains.engines.compiled import sql_of
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.eventlogs.prepare import prepare


def test_the_same_question_is_compiled_once() -> None:
    first, second = (tables.events.filter(_.activity == 3).agg(n=_.count()) for _again in range(2))
    assert sql_of(first, "duckdb") is sql_of(second, "duckdb")
    assert sql_of(first, "duckdb") != sql_of(first, "pyspark")
    assert sql_of(first, "duckdb") != sql_of(tables.events.filter(_.activity == 4).agg(n=_.count()), "duckdb")


def test_a_log_can_stand_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / 'l\'été: [2024] *? "zaken" {a,b}'
    log = prepare(written(folder / "raw", random_events(1, 200)), FULL, folder / "log", buckets=6)
    with Embedded(log) as engine:
        assert engine.run(tables.events.agg(n=_.count())).to_pylist() == [{"n": log.manifest.events}]
