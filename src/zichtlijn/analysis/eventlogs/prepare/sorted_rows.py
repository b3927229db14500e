"""The rows of whole cases, sorted, as arrays; and arrays back to Arrow columns.

In arrays a code that is not known is -1 and a time that is not known is ``NO_TIME``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zichtlijn.analysis.eventlogs.calendar_days import calendar_days
from zichtlijn.analysis.eventlogs.prepare.refusals import refusal
from zichtlijn.analysis.eventlogs.time_scale import time_bins

NO_TIME = np.iinfo(np.int64).min
NO_CODE = -1
Longs = NDArray[np.int64]
Codes = NDArray[np.int16]
Flags = NDArray[np.bool_]
Array = NDArray[Any]
_ABSENT = {pa.int16(): NO_CODE, pa.int32(): NO_CODE, pa.int64(): NO_TIME}


@dataclass(frozen=True)
class SortedRows:
    """Rows in order of ``case_no``, ``at_us``, ``sequence`` and ``source``. ``table`` may lack columns: not known."""

    table: pa.Table
    source: int = 0

    @property
    def events(self) -> int:
        """The number of rows."""
        return int(self.table.num_rows)

    @cached_property
    def sources(self) -> Longs:
        """Of every row the number of the file it came from: in the table, or the same for all."""
        return self.longs("source") if "source" in self.table.column_names else np.full(self.events, self.source)

    def longs(self, name: str) -> Longs:
        """Numbers or times of every row."""
        return self._array(name, pa.int64(), NO_TIME)

    def codes(self, name: str) -> Codes:
        """Codes, or another small number, of every row."""
        return self._array(name, pa.int16(), NO_CODE)

    def _array(self, name: str, kind: pa.DataType, absent: int) -> Array:
        if name not in self.table.column_names:
            return np.full(self.events, absent, kind.to_pandas_dtype())
        column = self.table[name]
        return np.asarray((column if not column.null_count else pc.fill_null(column, absent)).to_numpy())

    @cached_property
    def case_no(self) -> Longs:
        """Of every row."""
        return self.longs("case_no")

    @cached_property
    def at_us(self) -> Longs:
        """Of every row."""
        return self.longs("at_us")

    @cached_property
    def same_case(self) -> Flags:
        """Of every row but the last: the next one is of the same case."""
        return np.equal(self.case_no[1:], self.case_no[:-1])

    @cached_property
    def starts(self) -> Longs:
        """The first row of every case."""
        return np.flatnonzero(np.concatenate(([True], ~self.same_case)))

    @cached_property
    def ends(self) -> Longs:
        """The last row of every case."""
        return np.append(self.starts[1:], self.events) - 1

    @cached_property
    def counts(self) -> Longs:
        """The number of rows of every case."""
        return self.ends - self.starts + 1

    @cached_property
    def position(self) -> Longs:
        """Of every row within its case, from 0."""
        return np.arange(self.events) - np.repeat(self.starts, self.counts)

    def next_of(self, values: Codes) -> Codes:
        """Of every row the value of the next one of its case, -1 for the last."""
        following = np.full(self.events, NO_CODE, values.dtype)
        following[:-1] = np.where(self.same_case, values[1:], NO_CODE)
        return following

    def case_keys(self) -> pa.Array:
        """The own number of every case. Raises LogError when two cases have the same ``case_no`` (MD5)."""
        keys = self.table["case_key"].combine_chunks()
        differs = pc.not_equal(keys.slice(1), keys.slice(0, max(self.events - 1, 0))).to_numpy(zero_copy_only=False)
        if (differs & self.same_case).any():
            place = int(np.flatnonzero(differs & self.same_case)[0])
            raise refusal("case-number", first=keys[place].as_py(), second=keys[place + 1].as_py())
        return keys.take(pa.array(self.starts))


def first_index(wanted: Flags, starts: Longs) -> Longs:
    """Of every group of rows, beginning at ``starts``, the first row that is wanted; -1 without one."""
    none = len(wanted)
    found = np.minimum.reduceat(np.where(wanted, np.arange(none), none), starts)
    return np.where(found == none, -1, found)


def last_index(wanted: Flags, starts: Longs) -> Longs:
    """Of every group of rows, beginning at ``starts``, the last row that is wanted; -1 without one."""
    return np.maximum.reduceat(np.where(wanted, np.arange(len(wanted)), -1), starts)


def at(values: Array, index: Longs, absent: int) -> Array:
    """The values at these rows; ``absent`` where the row is -1."""
    return np.where(index < 0, absent, values[index]).astype(values.dtype, copy=False)


def days_of(moments_us: Longs, time_zone: str) -> pa.Array:
    """A column of calendar days; null where the moment is not known."""
    unknown = moments_us == NO_TIME
    days = calendar_days(np.where(unknown, 0, moments_us) if unknown.any() else moments_us, time_zone)
    return pa.array(days.astype(np.int32), mask=unknown if unknown.any() else None)


def steps_of(durations_us: Longs) -> Longs:
    """The numbers on the scale of times; ``NO_CODE`` where the duration is ``NO_TIME``."""
    return np.where(durations_us == NO_TIME, NO_CODE, time_bins(np.maximum(durations_us, 0)))


def as_table(columns: dict[str, Array | pa.Array], schema: pa.Schema) -> pa.Table:
    """Arrow columns of a schema; what is not known becomes null."""
    return pa.Table.from_arrays([_column(columns[each.name], each.type) for each in schema], schema=schema)


def _column(values: Array | pa.Array, kind: pa.DataType) -> pa.Array:
    if isinstance(values, pa.Array):
        return values
    absent = _ABSENT.get(kind) if values.dtype.kind == "i" else None
    mask = None if absent is None else values == absent
    return pa.array(
        values.astype(kind.to_pandas_dtype(), copy=False), kind, mask=mask if mask is not None and mask.any() else None
    )
