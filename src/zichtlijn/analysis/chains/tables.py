"""The tables of a prepared log as Ibis tables without a database: expressions over them are compiled per engine."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zichtlijn.analysis.eventlogs.prepared import SCHEMAS, TableName


def _table(name: TableName) -> ir.Table:
    return ibis.table(ibis.Schema.from_pyarrow(SCHEMAS[name]), name=name)


events = _table("events")
cases = _table("cases")
stays = _table("stays")
