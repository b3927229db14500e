"""The rows of a raw log that count, typed, a part at a time: straight from its Parquet files where that can be.

Straight goes for what has its type already: texts, and times as timestamps. What must be read out of texts or numbers,
or stands in the cases of the log, is read by the database (``typed_rows``). Both give the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from zichtlijn.analysis.eventlogs.calendar_days import utc_of_local_us
from zichtlijn.analysis.eventlogs.model import Column, Mapping
from zichtlijn.analysis.eventlogs.prepare.sorted_rows import NO_TIME, Flags, Longs
from zichtlijn.analysis.eventlogs.prepared import DIMENSIONS, Dimension
from zichtlijn.analysis.eventlogs.raw import SEQUENCE, RawLog
from zichtlijn.analysis.eventlogs.typed_rows import FIRST_US, LAST_US, TEXTS, TIMES, typed_rows_sql

ROWS_AT_ONCE = 2**18
_LARGEST_GROUP = 2**18  # rows of a row group that is read whole, which is quicker than in pieces
NO_VALUE = -1


@dataclass(frozen=True)
class Texts:
    """A column of texts: of every row the place among ``values``, -1 for none. Blank is none."""

    places: NDArray[np.int32]
    values: pa.Array

    @classmethod
    def of(cls, column: pa.ChunkedArray | pa.Array) -> Texts:
        """Of an Arrow column of strings, or of a dictionary of them."""
        if not pa.types.is_dictionary(column.type):
            column = pc.dictionary_encode(column)
        if isinstance(column, pa.ChunkedArray):
            column = column.unify_dictionaries().combine_chunks()
        if isinstance(column, pa.ChunkedArray):  # of no rows
            column = pa.array([], pa.dictionary(pa.int32(), pa.string()))
        indices = column.indices.cast(pa.int32())
        places = (pc.fill_null(indices, NO_VALUE) if indices.null_count else indices).to_numpy()
        values = column.dictionary.cast(pa.string())
        blank = pc.equal(pc.ascii_trim(values, " "), "").fill_null(True).to_numpy(zero_copy_only=False)
        if blank.any():
            places = np.append(np.where(blank, NO_VALUE, np.arange(len(blank))), NO_VALUE).astype(np.int32)[places]
        return cls(places, values)

    def where(self, chosen: Flags) -> Texts:
        """Of some of the rows."""
        return Texts(self.places[chosen], self.values)


@dataclass(frozen=True)
class TypedPart:
    """Rows in any order. ``numbers``: ``at_us``, and as far as the mapping has them ``complete_us`` and ``term_us``
    (``NO_TIME`` where not known); ``filled`` as in ``typed_rows``."""

    sequence: Longs
    case: Texts
    texts: dict[Dimension, Texts]
    numbers: dict[str, Longs]
    filled: NDArray[Any] | None

    def where(self, chosen: Flags) -> TypedPart:
        """Some of the rows."""
        if chosen.all():
            return self
        return TypedPart(
            self.sequence[chosen],
            self.case.where(chosen),
            {name: texts.where(chosen) for name, texts in self.texts.items()},
            {name: values[chosen] for name, values in self.numbers.items()},
            None if self.filled is None else self.filled[chosen],
        )


def typed_parts(raw: RawLog, mapping: Mapping) -> Iterator[TypedPart]:
    """The rows that count, each once. Raises LogError as ``typed_rows_sql`` does."""
    sql = typed_rows_sql(raw, mapping)  # also for its errors
    return _Straight(raw, mapping).parts() if _is_typed(raw, mapping) else _by_database(sql, mapping)


def comes_in_order(raw: RawLog, mapping: Mapping) -> bool:
    """Whether ``typed_parts`` gives the rows in the order of the file."""
    return raw.numbered_by_place and _is_typed(raw, mapping)


def roles_of(mapping: Mapping) -> tuple[list[Dimension], list[str]]:
    """The dimensions and the times that this mapping has."""
    texts = [name for role, name in TEXTS.items() if mapping.column(role)]
    return [name for name in DIMENSIONS if name in texts], [
        name for role, name in TIMES.items() if mapping.column(role)
    ]


def _by_database(sql: str, mapping: Mapping) -> Iterator[TypedPart]:
    dimensions, times = roles_of(mapping)
    names = ["sequence", "case_key", *dimensions, *times, *(["filled"] if mapping.required else [])]
    columns = ", ".join(f'"{name}"' for name in names)
    with duckdb.connect() as database:
        database.execute("SET preserve_insertion_order = false")
        counted = f"SELECT {columns} FROM ({sql}) WHERE dropped IS NULL"  # noqa: S608
        for batch in database.sql(counted).to_arrow_reader(ROWS_AT_ONCE):
            yield TypedPart(
                batch["sequence"].to_numpy(),
                Texts.of(batch["case_key"]),
                {name: Texts.of(batch[name]) for name in dimensions},
                {name: _known(batch[name], NO_TIME) for name in times},
                _known(batch["filled"], NO_VALUE) if mapping.required else None,
            )


def _known(column: pa.Array, absent: int) -> NDArray[Any]:
    return np.asarray((pc.fill_null(column, absent) if column.null_count else column).to_numpy())


def _is_typed(raw: RawLog, mapping: Mapping) -> bool:
    """Every column is of the events, texts are texts, times are timestamps, and those required are one or the other."""
    if raw.case_columns or mapping.object_type is not None:
        return False
    texts = [mapping.column(role) for role in TEXTS]
    times = [mapping.column(role) for role in TIMES]
    for part in raw.event_parts():
        schema = pq.read_schema(part)
        if not all(_has(schema, column, _is_text) for column in texts if column):
            return False
        if not all(_has(schema, column, _is_time) for column in times if column):
            return False
        if not all(_has(schema, column, _is_text) or _has(schema, column, _is_time) for column in mapping.required):
            return False
    return True


def _has(schema: pa.Schema, column: Column, is_right: Callable[[pa.DataType], bool]) -> bool:
    return column.name in schema.names and is_right(schema.field(column.name).type)


def _is_text(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _is_time(kind: pa.DataType) -> bool:
    return bool(pa.types.is_timestamp(kind) and kind.unit != "ns")  # those of the database are rounded


@dataclass(frozen=True)
class _Straight:
    """Reads row groups, columns on all processors at once."""

    raw: RawLog
    mapping: Mapping

    def parts(self) -> Iterator[TypedPart]:
        first = 0
        for path in self.raw.event_parts():
            for table in self._tables(path):
                yield self._part(table, first)
                first += table.num_rows

    def _tables(self, path: Path) -> Iterator[pa.Table]:
        columns = [*map(self.mapping.column, (*TEXTS, *TIMES)), *self.mapping.required]
        names = list(dict.fromkeys(column.name for column in columns if column))
        schema = pq.read_schema(path)
        if not self.raw.numbered_by_place:
            names.append(SEQUENCE)
        texts = [name for name in names if _is_text(schema.field(name).type)]
        with pq.ParquetFile(path, read_dictionary=texts, memory_map=True) as file:
            for group in range(file.num_row_groups):
                if file.metadata.row_group(group).num_rows <= _LARGEST_GROUP:
                    yield file.read_row_group(group, columns=names)
                else:
                    for batch in file.iter_batches(ROWS_AT_ONCE, row_groups=[group], columns=names):
                        yield pa.Table.from_batches([batch])

    def _part(self, table: pa.Table, first: int) -> TypedPart:
        dimensions, times = roles_of(self.mapping)
        read: dict[str, Texts] = {}

        def texts(column: Column) -> Texts:
            if column.name not in read:
                read[column.name] = Texts.of(table[column.name])
            return read[column.name]

        numbered = self.raw.numbered_by_place
        part = TypedPart(
            np.arange(first, first + table.num_rows) if numbered else table[SEQUENCE].to_numpy(),
            texts(self.mapping.roles["case"]),
            {name: texts(self.mapping.roles[role]) for role, name in TEXTS.items() if name in dimensions},
            {name: self._moments(table, self.mapping.roles[role]) for role, name in TIMES.items() if name in times},
            self._filled(table, texts) if self.mapping.required else None,
        )
        return self._counting(part)

    def _moments(self, table: pa.Table, column: Column) -> Longs:
        values = table[column.name]
        zoned = values.type.tz is not None
        numbers = values.cast(pa.timestamp("us", values.type.tz)).cast(pa.int64())
        moments = np.asarray((pc.fill_null(numbers, NO_TIME) if numbers.null_count else numbers).to_numpy())
        return moments if zoned else utc_of_local_us(moments, self.mapping.time_zone, NO_TIME)

    def _filled(self, table: pa.Table, texts: Callable[[Column], Texts]) -> NDArray[np.int16]:
        filled = np.zeros(table.num_rows, np.int16)
        for column in self.mapping.required:
            if _is_text(table.schema.field(column.name).type):
                filled += texts(column).places >= 0
            else:
                filled += pc.is_valid(table[column.name]).to_numpy()
        return filled

    def _counting(self, part: TypedPart) -> TypedPart:
        """Only the rows that ``typed_rows`` does not drop, with completions that can be meant."""
        at_us, numbers = part.numbers["at_us"], dict(part.numbers)
        if "complete_us" in numbers:
            numbers["complete_us"] = np.where(_meant(numbers["complete_us"]), numbers["complete_us"], NO_TIME)
        chosen = (part.case.places >= 0) & (part.texts["activity"].places >= 0) & _meant(at_us)
        return replace(part, numbers=numbers).where(chosen)


def _meant(moments_us: Longs) -> Flags:
    return (moments_us >= FIRST_US) & (moments_us <= LAST_US)
