"""Expressions as SQL, kept: making the SQL takes longer than many an answer, and screens ask the same again."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

import ibis
import ibis.expr.types as ir

Dialect = Literal["duckdb", "pyspark"]


def sql_of(expression: ir.Table, dialect: Dialect) -> str:
    """One SELECT over the views ``events``, ``cases`` and ``stays``."""
    return _compiled(expression.op(), dialect)


@lru_cache(maxsize=1_000)
def _compiled(operation: Any, dialect: Dialect) -> str:
    return str(ibis.to_sql(operation.to_expr(), dialect=dialect))
