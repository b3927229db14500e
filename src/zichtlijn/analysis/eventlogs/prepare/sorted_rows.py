"""The rows of whole cases, sorted, as arrays; and arrays back to Arrow columns.

In arrays a code that is not known is -1 and a time that is not known is ``NO_TIME``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zichtlijn.analysis.eventlogs.calendar_days import calendar_days
from zichtlijn.analysis.eventlogs.prepare import row_loops
from zichtlijn.analysis.eventlogs.time_scale import SCALE, time_bins

NO_TIME = np.iinfo(np.int64).min
NO_CODE = -1
Longs = NDArray[np.int64]
Codes = NDArray[np.int16]
Flags = NDArray[np.bool_]
Array = NDArray[Any]
_ABSENT = {pa.int16(): NO_CODE, pa.int32(): NO_CODE, pa.int64(): NO_TIME}


class OfEvents(NamedTuple):
    """Columns of events that say where they stand in their case: see ``row_loops.walk_events``."""

    position: Array
    next_activity: Codes
    next_organisation: Codes
    to_next_us: Longs
    to_next_step: Array
    hand_over: Flags
    done_before: Array


class OfCases(NamedTuple):
    """Columns of cases that are counted over their events."""

    activities: Array
    self_loops: Array
    hand_overs: Array
    first_organisation: Codes
    last_organisation: Codes


@dataclass(frozen=True)
class SortedRows:
    """Rows in order of ``case_no``, ``at_us``, ``sequence`` and ``source``.

    ``columns``: arrays of one length; those that lack are not known of any row. ``case_keys``: what every case is
    called, in their order. ``bounds``: the first row of every case, and the number of rows. ``source``: the number of
    the file, where all rows are of one.
    """

    columns: Mapping[str, Array]
    case_keys: pa.Array
    bounds: Longs
    source: int = 0

    @classmethod
    def of(cls, columns: Mapping[str, Array], case_keys: pa.Array, source: int = 0) -> SortedRows:
        """Of rows in any order."""
        case_no = columns["case_no"]
        begins = row_loops.runs(case_no)
        heads = case_no[begins[:-1]]
        order, bounds = by_case(begins, heads, np.argsort(heads, kind="stable"))
        # Of one file no two rows have one sequence, and the source is not looked at
        places = (columns["at_us"], columns["sequence"], columns.get("source", columns["sequence"]))
        row_loops.order_within_cases(order, bounds, places)
        return cls({name: values[order] for name, values in columns.items()}, case_keys, bounds, source)

    @property
    def events(self) -> int:
        """The number of rows."""
        return int(self.bounds[-1])

    @cached_property
    def sources(self) -> Longs:
        """Of every row the number of the file it came from: a column, or the same for all."""
        return self.columns.get("source", np.full(self.events, self.source))

    def longs(self, name: str) -> Longs:
        """Times of every row."""
        return self.columns.get(name, np.full(self.events, NO_TIME))

    def codes(self, name: str) -> Codes:
        """Codes, or another small number, of every row."""
        return self.columns.get(name, np.full(self.events, NO_CODE, np.int16))

    @property
    def case_no(self) -> Longs:
        """Of every row."""
        return self.columns["case_no"]

    @property
    def at_us(self) -> Longs:
        """Of every row."""
        return self.columns["at_us"]

    @property
    def starts(self) -> Longs:
        """The first row of every case."""
        return self.bounds[:-1]

    @property
    def ends(self) -> Longs:
        """The last row of every case."""
        return self.bounds[1:] - 1

    @cached_property
    def walked(self) -> tuple[OfEvents, OfCases]:
        """What is found by walking over the events of every case."""
        events, cases = self.events, len(self.starts)
        of_events = OfEvents(
            np.empty(events, np.int32),
            np.empty(events, np.int16),
            np.empty(events, np.int16),
            np.empty(events, np.int64),
            np.empty(events, np.int32),
            np.empty(events, np.bool_),
            np.empty(events, np.int32),
        )
        of_cases = OfCases(
            np.empty(cases, np.int32),
            np.empty(cases, np.int32),
            np.empty(cases, np.int32),
            np.empty(cases, np.int16),
            np.empty(cases, np.int16),
        )
        codes = (self.codes("activity"), self.codes("organisation"))
        row_loops.walk_events(self.bounds, codes, (self.at_us, SCALE), tuple(of_events), tuple(of_cases))
        return of_events, of_cases


def by_case(begins: Longs, heads: Longs, by_number: Longs) -> tuple[Longs, Longs]:
    """The rows of runs put together by case, and where each case begins.

    ``begins``: the first row of each run, and the number of rows; ``heads``: the number of its case; ``by_number``: the
    runs in an order in which those of one case are together.
    """
    numbers, lengths = heads[by_number], np.diff(begins)[by_number]
    is_first = np.concatenate(([True], numbers[1:] != numbers[:-1]))
    ends = np.cumsum(lengths)
    order: Longs = row_loops.unrolled(begins, by_number)
    return order, np.append((ends - lengths)[is_first], ends[-1])


def last_index(wanted: Flags, starts: Longs) -> Longs:
    """Of every group of rows, beginning at ``starts``, the last row that is wanted; -1 without one."""
    return np.maximum.reduceat(np.where(wanted, np.arange(len(wanted)), -1), starts)


def first_known(values: Codes, starts: Longs, ends: Longs) -> Codes:
    """Of every group of rows, from a start to an end, the first code that is known."""
    found = np.empty(len(starts), np.int16)
    row_loops.first_of_group(values, starts, ends, found)
    return found


def last_known(values: Codes, starts: Longs, ends: Longs) -> Codes:
    """Of every group of rows the last code that is known."""
    found = np.empty(len(starts), np.int16)
    row_loops.last_of_group(values, starts, ends, found)
    return found


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


def as_table(columns: Mapping[str, Array | pa.Array], schema: pa.Schema) -> pa.Table:
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
