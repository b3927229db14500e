"""Parquet: kept as it is where that can be, otherwise read part by part. Columns that are tables are left, and said so.

The rule: a file stays as it is when the database finds all its columns under their own names, each of a kind that can
stay (``raw_tables.file_kind``), and reads all of them to the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from glob import escape
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from zichtlijn.analysis.eventlogs.model import Problem
from zichtlijn.analysis.eventlogs.raw import LINE, OWN, SEQUENCE, RawLog, RawWriter
from zichtlijn.analysis.eventlogs.raw_tables import as_raw_sql, file_kind, placed_sql, quoted
from zichtlijn.analysis.eventlogs.readers.broken import broken
from zichtlijn.analysis.eventlogs.readers.refused import refused

Progress = Callable[[float, int], None]
_PART_ROWS = 262_144
_DELTAS = {"DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"}
_MOST_DIGITS = 18  # of a whole number in 64 bits


def read(
    path: Path,
    folder: Path,
    *,
    filename: str,
    sha256: str,
    progress: Progress | None = None,
    max_bytes: int | None = None,
) -> RawLog:
    """Read a file into ``folder``; ``.line`` is the row, from 1. Raises LogError with nothing left behind."""
    writer = RawWriter(folder)
    try:
        with pq.ParquetFile(path) as file:
            _check(file, max_bytes)
            targets = {field.name: _target(field.type) for field in file.schema_arrow}
            kept = [name for name, target in targets.items() if target is not None]
            if _can_stay(path, file, kept):
                writer.keep(path, file.metadata.num_rows, _kinds(file, kept))
                if progress is not None:
                    progress(1.0, file.metadata.num_rows)
            else:
                _write_anew(writer, file, targets, progress)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        writer.discard()
        raise refused("parquet-broken") from error
    except BaseException:
        writer.discard()
        raise
    left = tuple(Problem("column-left", 1, (), name) for name, target in targets.items() if target is None)
    return writer.finish(filename=filename, file_format="parquet", sha256=sha256, problems=left)


def _check(file: pq.ParquetFile, max_bytes: int | None) -> None:
    groups = range(file.metadata.num_row_groups)
    if max_bytes is not None and sum(file.metadata.row_group(group).total_byte_size for group in groups) > max_bytes:
        raise broken("file-too-large", limit=max_bytes)
    if file.metadata.num_rows == 0:
        raise refused("no-rows")
    twice = next((name for name, count in Counter(file.schema_arrow.names).items() if count > 1), None)
    if twice is not None:
        raise refused("column-twice", name=twice)


def _kinds(file: pq.ParquetFile, names: list[str]) -> dict[str, str]:
    kinds = {name: file.schema_arrow.field(name).type for name in names}
    return {name: str(kind.value_type if pa.types.is_dictionary(kind) else kind) for name, kind in kinds.items()}


def _can_stay(path: Path, file: pq.ParquetFile, kept: list[str]) -> bool:
    kinds = _kinds(file, kept)
    if not kinds or any(name.lower() in OWN for name in file.schema_arrow.names) or _has_deltas(file):
        return False
    table = placed_sql(escape(str(path)))
    with duckdb.connect() as connection:
        try:
            described = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE FROM {table})")  # noqa: S608
            found = dict(described.fetchall())
            if list(found)[:-1] != file.schema_arrow.names:
                return False
            if any((kind := file_kind(kinds[name])) is None or kind.database != found[name] for name in kept):
                return False
            return _is_whole(connection, table, kinds)
        except duckdb.Error:
            return False  # read anew it is refused, or not, for a reason of its own


def _has_deltas(file: pq.ParquetFile) -> bool:
    """Texts written as differences, which Arrow cannot read as a dictionary."""
    groups = [file.metadata.row_group(group) for group in range(file.metadata.num_row_groups)]
    chunks = (group.column(place) for group in groups for place in range(group.num_columns))
    return any(chunk.physical_type == "BYTE_ARRAY" and _DELTAS & set(chunk.encodings) for chunk in chunks)


def _is_whole(connection: duckdb.DuckDBPyConnection, table: str, kinds: dict[str, str]) -> bool:
    """Every value is decoded, so that a damaged page is noticed; none may be lost, as the largest time would be."""
    values = as_raw_sql(kinds)
    hashes = ", ".join(f"max(hash({value}))" for value in values.values())
    lost = " OR ".join(f"count({value}) <> count({quoted(name)})" for name, value in values.items())
    return not connection.execute(f"SELECT {lost}, {hashes} FROM {table}").fetchall()[0][0]  # noqa: S608


def _write_anew(
    writer: RawWriter, file: pq.ParquetFile, targets: dict[str, pa.DataType | None], progress: Progress | None
) -> None:
    kept = [name for name, target in targets.items() if target is not None]
    for batch in file.iter_batches(_PART_ROWS, columns=kept):
        batch.validate(full=True)  # among others that text is UTF-8
        if batch.num_rows:
            writer.write("events", _part(batch, targets, writer.rows["events"]))
        if progress is not None:
            progress(writer.rows["events"] / file.metadata.num_rows, writer.rows["events"])


def _target(kind: pa.DataType) -> pa.DataType | None:
    """The type of our own that a column becomes; None for what an event log cannot hold."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us", "UTC" if kind.tz else None)
    if pa.types.is_date(kind):
        return pa.timestamp("us")
    if pa.types.is_decimal(kind):
        return pa.int64() if kind.scale == 0 and kind.precision <= _MOST_DIGITS else pa.string()
    if pa.types.is_uint64(kind) or pa.types.is_null(kind):
        return pa.string()
    if pa.types.is_integer(kind):
        return pa.int64()
    if pa.types.is_floating(kind):
        return pa.float64()
    return pa.bool_() if pa.types.is_boolean(kind) else None


def _part(batch: pa.RecordBatch, targets: dict[str, pa.DataType | None], first: int) -> pa.Table:
    numbers = np.arange(first, first + batch.num_rows, dtype=np.int64)
    columns = {
        (f"{name} (file)" if name in OWN else name): _cast(batch[name], targets[name]) for name in batch.schema.names
    }
    return pa.table({SEQUENCE: numbers, LINE: numbers + 1, **columns})


def _cast(values: pa.Array, target: pa.DataType | None) -> pa.Array:
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_date(values.type):
        values = pc.cast(values, pa.date32())
    return pc.cast(values, target, safe=not pa.types.is_timestamp(values.type))  # parts of a microsecond are dropped
