"""Every metric gives the same numbers on Spark as on DuckDB: of generated chains, and of the real logs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import ibis.expr.operations as ops
import pyarrow as pa
import pytest

from tests.analysis.chains.metrics import expressions
from tests.analysis.eventlogs.small_events import FULL, random_events, written
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.engines.spark import Spark
from zichtlijn.analysis.chains.generation import CHAINS, ChainCode, generate
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.eventlogs.proposing import propose_mapping
from zichtlijn.analysis.eventlogs.readers import read_log

PART = Selection(organisations=(0, 1), regions=(0,))
LOGS = (
    "BPI2012_W_start_end.xes.gz",
    "BPI2020_PermitLog.xes.gz",
    "bpic2013_incidents.xes.gz",
    "fairness_hospital_log_high.xes.gz",
    "ocel20_example.jsonocel",
    "ocel20_example.sqlite",
    "receipt_CoSeLoG.xes.gz",
    "traffic_fines_full.parquet",
)


def check(log: Prepared, spark: Any, *selections: Selection) -> int:
    """Compare all metrics; gives how many had an answer."""
    answered = 0
    with Embedded(log) as ours, Spark(log, session=spark) as theirs:
        for name, expression in expressions():
            for selection in selections:
                asked = expression(selection)
                if not all(log.has(table.name) for table in asked.op().find(ops.UnboundTable)):
                    continue
                rows = whole_numbers(ours.run(asked))
                assert whole_numbers(theirs.run(asked)) == rows, name
                answered += bool(rows)
    return answered


def whole_numbers(table: pa.Table) -> list[tuple[int | None, ...]]:
    """The rows, sorted; sums come as decimals from DuckDB, as integers from Spark."""
    columns = [column.cast(pa.int64()).to_pylist() for column in table.columns]
    return sorted(zip(*columns, strict=True), key=repr)


def test_figures_of_random_events(spark: Any, tmp_path: Path) -> None:
    log = prepare(written(tmp_path / "raw", random_events(6, 2_000)), FULL, tmp_path / "log", buckets=2)
    assert check(log, spark, EVERYTHING, PART) > 80


@pytest.mark.parametrize("chain", CHAINS)
def test_figures_of_generated_chains(spark: Any, tmp_path: Path, chain: ChainCode) -> None:
    made = generate(chain, cases=2_000, seed=7, folder=tmp_path / "made")
    assert made.raw is not None
    log = prepare(made.raw, made.mapping, tmp_path / "log", buckets=2)
    assert check(log, spark, EVERYTHING) > 40


@pytest.mark.needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("name", LOGS)
def test_figures_of_real_logs(spark: Any, tmp_path: Path, shared: Path, name: str) -> None:
    raw = read_log(shared / "logs" / name, tmp_path / "raw")
    log = prepare(raw, propose_mapping(raw).mapping, tmp_path / "log")
    assert check(log, spark, EVERYTHING) > 20


@pytest.mark.needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("name", LOGS)
def test_preparations_of_real_logs(spark: Any, tmp_path: Path, shared: Path, name: str) -> None:
    raw = read_log(shared / "logs" / name, tmp_path / "raw")
    mapping = propose_mapping(raw).mapping
    ours, theirs = prepare(raw, mapping, tmp_path / "a"), prepare(raw, mapping, tmp_path / "b", engine="spark")
    assert ours.manifest.tables.keys() == theirs.manifest.tables.keys()
    for path in ours.manifest.tables:
        first, second = (log.folder / path for log in (ours, theirs))
        assert not rows_missing(first, second), path
        assert not rows_missing(second, first), path


def rows_missing(one: Path, other: Path) -> int:
    """How many rows of the one are not in the other."""
    found = duckdb.sql(f"SELECT count(*) FROM (FROM '{one}' EXCEPT ALL FROM '{other}')").fetchall()
    return int(found[0][0])
