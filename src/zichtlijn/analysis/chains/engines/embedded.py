"""DuckDB in this process, on the Parquet files of the prepared log."""

from __future__ import annotations

from types import TracebackType

import duckdb
import ibis.expr.types as ir
import pyarrow as pa

from zichtlijn.analysis.chains.engines.compiled import sql_of
from zichtlijn.analysis.eventlogs.prepared import TABLES, Prepared


class Embedded:
    """One connection per log; not for use by several threads at once. ``memory_mib`` bounds what DuckDB may take."""

    def __init__(self, log: Prepared, *, memory_mib: int | None = None, threads: int | None = None) -> None:
        self.log = log
        self._connection = duckdb.connect()
        # The footers of the files are read once. No answer has an order.
        self._connection.execute("SET parquet_metadata_cache = true; SET preserve_insertion_order = false")
        if memory_mib is not None:
            self._connection.execute(f"SET memory_limit = '{int(memory_mib)}MiB'")
        if threads is not None:
            self._connection.execute(f"SET threads = {int(threads)}")
        for table in TABLES:
            if log.has(table):
                path = log.glob(table).replace("'", "''")
                self._connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{path}')")  # noqa: S608

    def run(self, expression: ir.Table) -> pa.Table:
        """See ``Engine.run``."""
        return self._connection.sql(sql_of(expression, "duckdb")).to_arrow_table()

    def close(self) -> None:
        """Let the files go."""
        self._connection.close()

    def __enter__(self) -> Embedded:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
