"""Apache Spark, on the Parquet files of the prepared log: for a log that outgrows one machine."""

from __future__ import annotations

from types import TracebackType
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from zichtlijn.analysis.chains.engines.compiled import sql_of
from zichtlijn.analysis.eventlogs.prepared import TABLES, Prepared
from zichtlijn.analysis.eventlogs.spark_session import spark_session


class Spark:
    """Its own views in a session of Spark: one that runs, or a new one with the machine's settings.

    The folder of the log must be reachable for every worker under the same path. Raises LogError when Spark or Java
    is missing.
    """

    def __init__(self, log: Prepared, *, session: Any = None) -> None:
        self.log = log
        self._session = spark_session(session)
        for table in TABLES:
            if log.has(table):
                self._session.read.parquet(str(log.folder / table)).createOrReplaceTempView(table)

    def run(self, expression: ir.Table) -> pa.Table:
        """See ``Engine.run``."""
        return self._session.sql(sql_of(expression, "pyspark")).toArrow()

    def close(self) -> None:
        """Forget the views; the session itself goes on."""
        for table in TABLES:
            self._session.catalog.dropTempView(table)

    def __enter__(self) -> Spark:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
