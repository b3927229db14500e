"""What an engine is asked, and what it answered as NumPy columns of whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import Any, ParamSpec

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zichtlijn.analysis.chains.engines import Engine

UNKNOWN = -1
"""Stands for null in columns of codes."""

Numbers = NDArray[np.int64]
Answer = dict[str, Numbers]
Given = ParamSpec("Given")


def kept(build: Callable[Given, ir.Table]) -> Callable[Given, ir.Table]:
    """Remember the expressions that a function builds: that takes as long as many an answer. What it is given must be
    hashable."""
    remembered: Any = lru_cache(maxsize=64)(build)

    @wraps(build)
    def found(*args: Given.args, **options: Given.kwargs) -> ir.Table:
        expression: ir.Table = remembered(*args, **options)
        return expression

    return found


def ask(engine: Engine, expression: ir.Table) -> Answer:
    """The columns of an expression of whole numbers (codes, counts, sums, flags), null as ``UNKNOWN``."""
    return columns(engine.run(expression))


def columns(table: pa.Table) -> Answer:
    """The columns of a table of whole numbers. Sums come as decimals; those beyond 63 bits stay numbers of Python."""
    return {name: _numbers(table[name]) for name in table.column_names}


def _numbers(column: pa.ChunkedArray) -> Numbers:
    try:
        numbers = column if column.type == pa.int64() else column.cast(pa.int64())
    except pa.ArrowInvalid:
        return np.array([UNKNOWN if value is None else int(value) for value in column.to_pylist()], dtype=object)
    known: Numbers = (numbers.fill_null(UNKNOWN) if numbers.null_count else numbers).to_numpy()
    return known


def text_of(values: Sequence[str], code: int) -> str | None:
    """The text of a code; None where nothing is known."""
    return None if code == UNKNOWN else values[code]
