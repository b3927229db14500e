"""Columns of a prepared log as NumPy arrays, each read when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from zichtlijn.analysis.chains.kernels.parts import Array, Part, parts_of, together
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.eventlogs.prepared import SCHEMAS, TABLES, Prepared, TableName

ABSENT = -1
"""Stands for null: codes and durations are never negative."""


class LogColumns(Protocol):
    """What the compiled loops take a log from, wherever its columns come from.

    The events of a case follow each other in order, and cases stand in the same order in every table. Columns are
    asked by the names of ``SCHEMAS``; the figures need

    - of events ``activity``, ``organisation`` and ``at_us``;
    - of stays ``filled``, and only where the mapping requires fields;
    - of cases ``events``, ``start_us``, ``end_us``, ``closed`` and ``variant``; and for a selection or for groups
      ``region``, ``group``, ``citizen_group``, ``first_organisation`` and ``last_organisation``.

    What follows from these (the next activity, times, days, stays) is worked out as it is counted.
    """

    @property
    def log(self) -> DescribedLog:
        """The log they are of."""
        ...  # pragma: no cover - a protocol

    def of(self, table: TableName, *names: str) -> list[Array]:
        """Arrays of shape (rows of the table,), contiguous, in the types of the schema; null is ``ABSENT``.

        A column that the log does not have is ``ABSENT`` throughout.
        """
        ...  # pragma: no cover - a protocol

    @property
    def first_events(self) -> NDArray[np.int64]:
        """Place of the first event of each case, and the number of events; shape (cases + 1,)."""
        ...  # pragma: no cover - a protocol

    @property
    def bytes_held(self) -> int:
        """What the columns take in memory."""
        ...  # pragma: no cover - a protocol


_BYTES: dict[TableName, int] = {"events": 16, "cases": 96, "stays": 32}
"""Per row, of all columns that figures can ask for and what is worked out of them."""
GROUPS_TOGETHER = 16
"""So many row groups, about two million rows, are read before they are copied: never all of a log twice."""


class Columns:
    """Buckets follow each other by name, in every table, so cases and their events are in the same order.

    Null is ``ABSENT``, also in columns of moments: there ask another column whether there is one.
    """

    def __init__(self, log: Prepared) -> None:
        self.log = log
        self._read: dict[tuple[TableName, str], Array] = {}

    def of(self, table: TableName, *names: str) -> list[Array]:
        """Columns of a table, shape (rows of the table,), in the types of its schema."""
        missing = [name for name in names if (table, name) not in self._read]
        if missing:
            self._read |= {(table, name): column for name, column in self._load(table, missing).items()}
        return [self._read[table, name] for name in names]

    def _load(self, table: TableName, names: list[str]) -> dict[str, Array]:
        found = groups_of(sorted((self.log.folder / table).glob("*.parquet")))
        ends = np.cumsum([0, *(group.rows for group in found)])
        columns = {name: np.empty(ends[-1], _dtype(SCHEMAS[table].field(name).type)) for name in names}

        def read(part: Part) -> None:
            for first in range(*part, GROUPS_TOGETHER):
                behind = min(part[1], first + GROUPS_TOGETHER)
                _read(
                    found[first:behind], {name: values[ends[first] : ends[behind]] for name, values in columns.items()}
                )

        together(read, parts_of(ends))
        return columns

    @cached_property
    def first_events(self) -> NDArray[np.int64]:
        """Place of the first event of each case, and the number of events; shape (cases + 1,)."""
        (events,) = self.of("cases", "events")
        return np.concatenate([[0], np.cumsum(events, dtype=np.int64)])

    @property
    def bytes_held(self) -> int:
        """What the columns take in memory."""
        return sum(column.nbytes for column in self._read.values())


def bytes_of(log: DescribedLog) -> int:
    """What the columns of a log take in memory at most, with what the figures keep."""
    tables = [(name.partition("/")[0], int(values["rows"])) for name, values in log.manifest.tables.items()]
    return sum(rows * _BYTES[table] for table in TABLES for name, rows in tables if name == table)


class Group(NamedTuple):
    """A row group of a file: the least that can be read apart."""

    path: Path
    number: int
    rows: int


def groups_of(paths: Iterable[Path]) -> list[Group]:
    """The row groups of these files, in order."""
    found = []
    for path in paths:
        metadata = pq.read_metadata(path, memory_map=True)
        found += [Group(path, number, metadata.row_group(number).num_rows) for number in range(metadata.num_row_groups)]
    return found


def _read(groups: Sequence[Group], targets: dict[str, Array]) -> None:
    start = 0
    for path, of_file in groupby(groups, lambda group: group.path):
        with pq.ParquetFile(path, memory_map=True) as file:
            read = file.read_row_groups([each.number for each in of_file], columns=list(targets), use_threads=False)
        for name, target in targets.items():
            _copy(read[name], target[start : start + read.num_rows])
        start += read.num_rows


def _dtype(kind: pa.DataType) -> np.dtype[Any]:
    dtype: np.dtype[Any] = np.dtype(kind.to_pandas_dtype())
    return dtype


def _copy(column: pa.ChunkedArray, target: Array) -> None:
    start = 0
    for chunk in column.chunks:
        known = pc.fill_null(chunk, False if pa.types.is_boolean(chunk.type) else ABSENT) if chunk.null_count else chunk
        target[start : start + len(chunk)] = known.to_numpy(zero_copy_only=False)
        start += len(chunk)
