"""Who computes: DuckDB in this process, or Apache Spark for a log that outgrows one machine, with the same numbers."""

from __future__ import annotations

from typing import Protocol

import ibis.expr.types as ir
import pyarrow as pa

from zichtlijn.analysis.eventlogs.prepared import Prepared


class Engine(Protocol):
    """Computes Ibis expressions over the tables of one prepared log."""

    log: Prepared

    def run(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression over ``tables.events``, ``tables.cases`` and ``tables.stays``."""
        ...  # pragma: no cover - a protocol
