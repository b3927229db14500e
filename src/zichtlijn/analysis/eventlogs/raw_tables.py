"""The tables of a raw log in SQL: the one place that knows in which form its parts are.

A reader writes parts with ``.sequence`` and ``.line``. A Parquet file that stays as it is has neither, and columns of
kinds that a raw log has not: here they become those of a raw log while they are read.
"""

from __future__ import annotations

from collections.abc import Mapping as Values
from dataclasses import dataclass

import duckdb

from zichtlijn.analysis.eventlogs.model import Level
from zichtlijn.analysis.eventlogs.raw import LINE, SEQUENCE, TRACE, RawLog

Types = dict[Level, dict[str, str]]
_PLACE = "file_row_number"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of column that can stay in a Parquet file: what DuckDB calls it, and SQL that makes a raw log's of it."""

    database: str
    as_raw: str = "{}"


_WHOLE, _FRACTION, _DAY = "{}::BIGINT", "{}::DOUBLE", "{}::TIMESTAMP"
# by Arrow's name of the kind; parts of a microsecond are dropped, where a cast would round them
_FILE_KINDS = {
    **dict.fromkeys(("string", "large_string", "string_view"), FileKind("VARCHAR")),
    "bool": FileKind("BOOLEAN"),
    "int8": FileKind("TINYINT", _WHOLE),
    "int16": FileKind("SMALLINT", _WHOLE),
    "int32": FileKind("INTEGER", _WHOLE),
    "int64": FileKind("BIGINT"),
    "uint8": FileKind("UTINYINT", _WHOLE),
    "uint16": FileKind("USMALLINT", _WHOLE),
    "uint32": FileKind("UINTEGER", _WHOLE),
    "float": FileKind("FLOAT", _FRACTION),
    "double": FileKind("DOUBLE"),
    "date32[day]": FileKind("DATE", _DAY),
    "date64[ms]": FileKind("DATE", _DAY),
    **dict.fromkeys(("timestamp[ms]", "timestamp[us]"), FileKind("TIMESTAMP")),
    "timestamp[ns]": FileKind("TIMESTAMP_NS", "make_timestamp(epoch_ns({}) // 1000)"),
    **dict.fromkeys(("timestamp[ms, zone]", "timestamp[us, zone]"), FileKind("TIMESTAMP WITH TIME ZONE")),
    "timestamp[ns, zone]": FileKind("TIMESTAMPTZ_NS", "make_timestamptz(epoch_ns({}) // 1000)"),
}


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """An SQL string."""
    return "'" + text.replace("'", "''") + "'"


def parquet_sql(glob: str) -> str:
    """The parts of a table, read by name, as they are."""
    return f"read_parquet({literal(glob)}, union_by_name = true, hive_partitioning = false)"


def placed_sql(glob: str) -> str:
    """A file as it is, with the number of the row from 0 as its last column."""
    return f"read_parquet({literal(glob)}, {_PLACE} = true, hive_partitioning = false)"


def file_kind(described: str) -> FileKind | None:
    """Of a column, by Arrow's name of its kind; None for what cannot stay in the file."""
    kind, zone, _ = described.partition(", tz=")
    return _FILE_KINDS.get(f"{kind}, zone]" if zone else described)


def events_sql(raw: RawLog) -> str:
    """The events, whichever form their parts have: ``.sequence``, ``.line``, for some ``.trace``, and the columns."""
    if not raw.numbered_by_place:
        return parquet_sql(raw.events_glob)
    own = [f"{_PLACE}::BIGINT AS {quoted(SEQUENCE)}", f"{_PLACE}::BIGINT + 1 AS {quoted(LINE)}"]
    columns = [f"{each} AS {quoted(name)}" for name, each in as_raw_sql(raw.event_columns).items()]
    return f"(SELECT {', '.join([*own, *columns])} FROM {placed_sql(raw.events_glob)})"  # noqa: S608


def as_raw_sql(columns: Values[str, str]) -> dict[str, str]:
    """Per column of a file that stays as it is, by name and kind: SQL of the values that a raw log has for it."""
    kinds = {name: file_kind(kind) for name, kind in columns.items()}
    return {name: kind.as_raw.format(quoted(name)) for name, kind in kinds.items() if kind}


def cases_sql(raw: RawLog) -> str | None:
    """The cases; None when the format has no attributes of cases."""
    return None if raw.cases_glob is None else parquet_sql(raw.cases_glob)


def source_sql(raw: RawLog) -> str:
    """Events as ``e`` and, where the log has them, their cases as ``c``."""
    events, cases = f"{events_sql(raw)} e", cases_sql(raw)
    return events if cases is None else f"{events} LEFT JOIN {cases} c ON e.{quoted(TRACE)} = c.{quoted(TRACE)}"


def column_types(raw: RawLog) -> Types:
    """DuckDB's type of every column of the events and the cases, by name."""
    return {"event": _types(events_sql(raw) if raw.events else None), "case": _types(cases_sql(raw))}


def _types(table: str | None) -> dict[str, str]:
    if table is None:
        return {}
    with duckdb.connect() as connection:
        described = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE FROM {table})")  # noqa: S608
        return dict(described.fetchall())
