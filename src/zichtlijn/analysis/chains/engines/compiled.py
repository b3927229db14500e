"""Expressions as SQL, kept: making the SQL takes longer than many an answer, and screens ask the same again."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

Dialect = Literal["duckdb", "pyspark"]


def sql_of(expression: ir.Table, dialect: Dialect) -> str:
    """One SELECT over the views ``events``, ``cases`` and ``stays``."""
    return _compiled(expression.op(), dialect)


@lru_cache(maxsize=1_000)
def _compiled(operation: Any, dialect: Dialect) -> str:
    if dialect == "pyspark":
        operation = operation.replace(_wide)
    return str(ibis.to_sql(operation.to_expr(), dialect=dialect))


def _wide(node: Any, given: dict[str, Any] | None) -> Any:
    """Sums of Spark overflow at 63 bits, which microseconds of millions of cases pass; those of DuckDB are wider."""
    made = node if given is None else node.__recreate__(given)
    if isinstance(made, ops.Sum) and made.arg.dtype.is_int64():
        return ops.Sum(ops.Cast(made.arg, to="decimal(38, 0)"), where=made.where)
    return made
