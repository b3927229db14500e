"""Preparing with DuckDB: the rows are spread over buckets once, and then each bucket is sorted and written by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.analysis.eventlogs.prepare import windows
from zichtlijn.analysis.eventlogs.prepare.codes_of_mapping import conditions
from zichtlijn.analysis.eventlogs.prepare.dialects import DUCKDB
from zichtlijn.analysis.eventlogs.prepare.dictionaries import Values, code_table
from zichtlijn.analysis.eventlogs.prepared import DIMENSIONS, Dimension, TableName

_COPY = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880"


class Workbench:
    """One DuckDB connection that prepares one log in ``folder``; what does not fit in memory goes to a folder in it."""

    def __init__(self, folder: Path, memory_mib: int | None) -> None:
        self.folder = folder
        self._connection = duckdb.connect()
        self.run(f"SET temp_directory = {_text(folder / '.spill')}")
        if memory_mib is not None:
            self.run(f"SET memory_limit = '{int(memory_mib)}MiB'")

    def run(self, sql: str) -> duckdb.DuckDBPyConnection:
        """Execute."""
        return self._connection.execute(sql)

    def close(self) -> None:
        """Let everything go."""
        self._connection.close()

    def read(self, typed_sql: str, until_us: int | None) -> int:
        """Take the rows that count as ``typed``; gives how many there are."""
        until = "" if until_us is None else f" AND at_us <= {until_us}"
        self.run(f"CREATE TEMP VIEW typed AS SELECT * FROM ({typed_sql}) WHERE dropped IS NULL{until}")  # noqa: S608
        return int(self._one("SELECT count(*) FROM typed"))

    def found(self, mapping: Mapping) -> dict[Dimension, list[str]]:
        """The values of each dimension in the rows that count."""
        return {name: self._distinct(name) for name in DIMENSIONS if mapping.column(name) is not None}

    def _distinct(self, name: Dimension) -> list[str]:
        rows = self.run(f'SELECT DISTINCT "{name}" FROM typed WHERE "{name}" IS NOT NULL').fetchall()  # noqa: S608
        return [value for (value,) in rows]

    def spread(self, values: Values, source: int, buckets: int) -> None:
        """Write the rows in codes as ``coded``, one part per bucket."""
        joins, columns = [], []
        for name in DIMENSIONS:
            if name in values:
                self._register(name, values[name])
                joins.append(f'LEFT JOIN codes_{name} c_{name} ON t."{name}" = c_{name}.value')
            columns.append(f'c_{name}.code AS "{name}"' if name in values else f'NULL::SMALLINT AS "{name}"')
        number = DUCKDB.number_of("case_key")
        coded = (
            f"SELECT {number} AS case_no, case_key, {source}::BIGINT AS source, sequence, at_us, complete_us, term_us,"  # noqa: S608
            f" filled, {', '.join(columns)} FROM typed t {' '.join(joins)}"
        )
        target = _text(self.folder / ".coded")
        self.run(
            f"COPY (SELECT *, case_no % {buckets} AS bucket FROM ({coded})) TO {target}"  # noqa: S608
            " (FORMAT parquet, COMPRESSION lz4_raw, PARTITION_BY (bucket))"
        )

    def _register(self, name: Dimension, values: tuple[str, ...]) -> None:
        self._connection.register("arriving", code_table(values))
        self.run(f"CREATE TEMP TABLE codes_{name} AS SELECT * FROM arriving")
        self._connection.unregister("arriving")

    def write_bucket(self, bucket: int, mapping: Mapping, values: Values, *, with_stays: bool) -> None:
        """Sort the rows of a bucket and write its events, cases and stays."""
        rows = f"read_parquet({_text(self.folder / '.coded' / f'bucket={bucket}' / '*.parquet')})"
        self.run(f"CREATE OR REPLACE TEMP TABLE placed AS {windows.placed_sql(rows, DUCKDB, with_stays=with_stays)}")
        said = conditions(mapping, values)
        self._write("events", bucket, windows.events_sql("placed", DUCKDB), "case_no, position")
        self.run(
            "CREATE OR REPLACE TEMP TABLE keys AS SELECT case_no, any_value(case_key) AS case_key FROM placed GROUP BY 1"
        )
        cases = windows.cases_sql("placed", "codes_activity", "keys", said.closing, mapping.term_days, DUCKDB)
        self.run(f"CREATE OR REPLACE TEMP TABLE cases_made AS {cases}")
        self._write("cases", bucket, "SELECT * FROM cases_made", "case_no")
        if with_stays:
            stays = windows.stays_sql("placed", "cases_made", said.sending, said.serving, DUCKDB)
            self._write("stays", bucket, stays, "case_no, stay")

    def _write(self, table: TableName, bucket: int, sql: str, order: str) -> None:
        path = self.folder / table / f"{bucket:05d}.parquet"
        path.parent.mkdir(exist_ok=True)
        self.run(f"COPY (SELECT * FROM ({sql}) ORDER BY {order}) TO {_text(path)} ({_COPY})")  # noqa: S608

    def _one(self, sql: str) -> object:
        row = self.run(sql).fetchone()
        return row[0] if row else None


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


Progress = Callable[[str, float], None]
