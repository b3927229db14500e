"""The tables of a prepared log as Ibis tables without a database: expressions over them are compiled per engine."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zichtlijn.analysis.eventlogs.prepared import SCHEMAS, TableName


def _table(name: TableName) -> ir.Table:
    # By the names of the types: Ibis reads an Arrow schema only with pyarrow_hotfix, which current Arrow does not need
    return ibis.table({column.name: str(column.type) for column in SCHEMAS[name]}, name=name)


events = _table("events")
cases = _table("cases")
stays = _table("stays")
