"""What the queries of every metric take, against only reading the columns that they read.

    python benchmarks/chain_scans.py FOLDER [--runs 5]

DuckDB tells by EXPLAIN which columns of which tables a query reads; for the comparison the same columns of the same
tables are read and added up, once for every time that the query reads them.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from measuring import tell, timed

from zichtlijn.analysis.chains.catalogue import METRICS
from zichtlijn.analysis.chains.engines.compiled import sql_of
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.eventlogs.prepared import SCHEMAS, Prepared, TableName


def main() -> None:
    """A ratio per metric, and their median."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    wanted = parser.parse_args()
    log, ratios = Prepared(wanted.folder), {}
    with Embedded(log) as engine, duckdb.connect() as files, duckdb.connect() as planner:
        for table, schema in SCHEMAS.items():
            files.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{log.glob(table)}')")  # noqa: S608
            given = schema.empty_table()  # noqa: F841 - DuckDB looks it up by its name
            planner.execute(f"CREATE TABLE {table} AS SELECT * FROM given")  # noqa: S608
        for name, metric in METRICS.items():
            asked = scanned = 0.0
            for expression in metric.expressions:
                question = expression()
                asked += timed(lambda question=question: engine.run(question), wanted.runs)[0]
                for scan in scans_of(planner, sql_of(question, "duckdb")):
                    scanned += timed(lambda scan=scan: files.sql(scan).to_arrow_table(), wanted.runs)[0]
            ratios[name] = asked / scanned
    tell(ratios=ratios, median=statistics.median(ratios.values()))


def scans_of(planner: duckdb.DuckDBPyConnection, question: str) -> Iterator[str]:
    """A query per time that a table is read, which adds up each of the columns that are read."""
    plan = json.loads(planner.execute(f"EXPLAIN (FORMAT json) {question}").fetchall()[0][1])
    for node in nodes(plan):
        told = node.get("extra_info", {})
        if "Table" not in told:
            continue
        table = told["Table"].rpartition(".")[2]
        words = set(re.findall(r"\w+", json.dumps([told.get("Projections"), told.get("Filters")])))
        named = [name for name in SCHEMAS[table].names if name in words]
        sums = ", ".join(f"sum({as_number(table, name)})" for name in named) or "count(*)"
        yield f"SELECT {sums} FROM {table}"  # noqa: S608


def nodes(plan: Any) -> Iterator[dict[str, Any]]:
    """All steps of a plan."""
    for node in plan if isinstance(plan, list) else [plan]:
        yield node
        yield from nodes(node.get("children", []))


def as_number(table: TableName, column: str) -> str:
    """Something that can be added up."""
    kind = SCHEMAS[table].field(column).type
    if pa.types.is_boolean(kind):
        return f'"{column}"::INTEGER'
    return f'length("{column}")' if pa.types.is_string(kind) else f'"{column}"'


if __name__ == "__main__":
    main()
