"""Codes for texts: the dictionary of a prepared log while it is being made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from zichtlijn.analysis.eventlogs.prepare.refusals import refusal
from zichtlijn.analysis.eventlogs.prepared import DICTIONARIES, DIMENSIONS, MOST_VALUES, Dimension

Values = Mapping[Dimension, tuple[str, ...]]


def extended(known: Values, found: Mapping[Dimension, Iterable[str]]) -> Values:
    """The values known, in their order, with new ones behind them in order of the alphabet.

    So the codes of a fresh preparation do not depend on the order of the rows, and a code keeps its meaning when
    events are added. Raises LogError when a dimension has more values than a code can tell apart.
    """
    values: dict[Dimension, tuple[str, ...]] = {}
    for dimension in DIMENSIONS:
        old = known.get(dimension, ())
        all_values = (*old, *sorted(set(found.get(dimension, ())) - set(old)))
        if len(all_values) > MOST_VALUES:
            raise refusal("too-many-values", dimension=dimension, most=MOST_VALUES)
        if all_values:
            values[dimension] = all_values
    return values


def write(values: Values, folder: Path) -> None:
    """``dictionaries.parquet`` of a prepared log."""
    rows = [
        (dimension, code, value) for dimension in DIMENSIONS for code, value in enumerate(values.get(dimension, ()))
    ]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    table = pa.table(
        {
            "dimension": pa.array(columns[0], pa.string()),
            "code": pa.array(columns[1], pa.int32()),
            "value": pa.array(columns[2], pa.string()),
        }
    )
    pq.write_table(table, folder / DICTIONARIES)
