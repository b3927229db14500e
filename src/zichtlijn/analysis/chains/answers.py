"""What an engine answered, as NumPy columns of whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zichtlijn.analysis.chains.engines import Engine

UNKNOWN = -1
"""Stands for null in columns of codes."""

Numbers = NDArray[np.int64]
Answer = dict[str, Numbers]


def ask(engine: Engine, expression: ir.Table) -> Answer:
    """The columns of an expression of whole numbers (codes, counts, sums, flags), null as ``UNKNOWN``."""
    return columns(engine.run(expression))


def columns(table: pa.Table) -> Answer:
    """The columns of a table of whole numbers; sums come as decimals from DuckDB, as integers from Spark."""
    return {name: table[name].cast(pa.int64()).fill_null(UNKNOWN).to_numpy() for name in table.column_names}


def text_of(values: Sequence[str], code: int) -> str | None:
    """The text of a code; None where nothing is known."""
    return None if code == UNKNOWN else values[code]
