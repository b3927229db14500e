"""DuckDB in this process, on the Parquet files of the prepared log."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from uuid import uuid4

import duckdb
import ibis.expr.types as ir
import pyarrow as pa

from zichtlijn.analysis.chains.engines.compiled import sql_of
from zichtlijn.analysis.eventlogs.prepared import TABLES, Prepared


class Embedded:
    """One connection per log; not for use by several threads at once. ``memory_mib`` bounds what DuckDB may take."""

    def __init__(self, log: Prepared, *, memory_mib: int | None = None, threads: int | None = None) -> None:
        self.log = log
        self.memory_mib = memory_mib
        self._connection = duckdb.connect()
        # Otherwise what does not fit in memory goes to the folder that the product happens to run in
        self._spilled = Path(tempfile.gettempdir()) / f"zichtlijn-{uuid4().hex}"
        self._connection.execute(f"SET temp_directory = '{self._spilled}'")
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
        shutil.rmtree(self._spilled, ignore_errors=True)

    def __enter__(self) -> Embedded:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
