# ruff: noqa: S608 (the SQL is made of our own names; paths and names of columns are quoted)
"""The objects, events and links of an object-centric log, as they come out of the file, put away in parts.

::

    events-*.parquet       .sequence, .line, ocel:eid, ocel:activity, ocel:timestamp and the attributes of the events
    relations-*.parquet    event, object, qualifier, line
    objects-*.parquet      object, object_type, line
    attributes-*.parquet   object, name, time, value: every value an attribute of an object had, in order of the file
    links-*.parquet        source, target, qualifier: objects to objects
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from zichtlijn.analysis.eventlogs.model import Problem
from zichtlijn.analysis.eventlogs.raw import LINE, OWN, SEQUENCE, RawLog, RawWriter
from zichtlijn.analysis.eventlogs.raw_tables import parquet_sql
from zichtlijn.analysis.eventlogs.readers.broken import broken
from zichtlijn.analysis.eventlogs.readers.refused import refused
from zichtlijn.analysis.eventlogs.readers.written_values import WrittenColumn, written_details, written_problems

EVENT, ACTIVITY, TIME, OBJECT = "ocel:eid", "ocel:activity", "ocel:timestamp", "ocel:oid"
_TABLES = {
    "relations": ("event", "object", "qualifier", "line"),
    "objects": ("object", "object_type", "line"),
    "attributes": ("object", "name", "time", "value"),
    "links": ("source", "target", "qualifier"),
}
_PART_ROWS = 100_000
_PLACES = 5
_STAGED = "staged"


class ObjectStore:
    """Takes what a reader finds, row by row; ``finish`` makes the raw log of it. Only one part is held in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._staged = folder / _STAGED
        self._staged.mkdir(parents=True)
        self._rows: dict[str, list[Any]] = {name: [] for name in (*_TABLES, "events")}
        self._parts = dict.fromkeys(self._rows, 0)
        self.events = 0

    def event(
        self, key: str | None, activity: str | None, time: str | None, values: Mapping[str, str | None], line: int
    ) -> None:
        """Raises LogError when it has no number, type or time."""
        for name, value in (("id", key), ("type", activity), ("time", time)):
            if not value:
                raise refused("ocel-incomplete", line, name=name)
        own = {LINE: line, EVENT: key, ACTIVITY: activity, TIME: time}
        given = {(f"{name} (file)" if name in own or name in OWN else name): value for name, value in values.items()}
        self._add("events", {**own, **given})
        self.events += 1

    def relation(self, event: str | None, key: str | None, qualifier: str | None, line: int) -> None:
        """An event with an object."""
        if not key:
            raise refused("ocel-incomplete", line, name="objectId")
        self._add("relations", (event, key, qualifier, line))

    def object(self, key: str | None, object_type: str | None, line: int) -> None:
        """Raises LogError when it has no number or type."""
        for name, value in (("id", key), ("type", object_type)):
            if not value:
                raise refused("ocel-incomplete", line, name=name)
        self._add("objects", (key, object_type, line))

    def attribute(self, key: str | None, name: str | None, time: str | None, value: str | None) -> None:
        """A value that an object has from a time on."""
        self._add("attributes", (key, name, time, value))

    def link(self, source: str | None, target: str | None, qualifier: str | None) -> None:
        """An object with an object."""
        self._add("links", (source, target, qualifier))

    def finish(self, *, filename: str, sha256: str, problems: tuple[Problem, ...] = ()) -> RawLog:
        """Raises LogError for a log without events and for numbers that occur twice."""
        for table in self._rows:
            self._flush(table)
        if not self.events:
            raise broken("log-empty")
        for table in _TABLES:
            for part in sorted(self._staged.glob(f"{table}-*.parquet")):
                part.rename(self.folder / part.name)
        columns = self._columns()
        writer = RawWriter(self.folder)
        for part in self._typed(columns):
            writer.write("events", part)
        shutil.rmtree(self._staged)
        return writer.finish(
            filename=filename,
            file_format="ocel",
            sha256=sha256,
            problems=(*problems, *written_problems(columns), *_checked(self.folder)),
            details=written_details(columns),
        )

    def discard(self) -> None:
        """Take all of it away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _add(self, table: str, row: Any) -> None:
        rows = self._rows[table]
        rows.append(row)
        if len(rows) >= _PART_ROWS:
            self._flush(table)

    def _flush(self, table: str) -> None:
        rows = self._rows[table]
        if table in _TABLES and (rows or self._parts[table] == 0):
            columns = zip(*rows, strict=True) if rows else ([] for _ in _TABLES[table])
            values = {
                name: pa.array(column, pa.int64() if name == "line" else pa.string())
                for name, column in zip(_TABLES[table], columns, strict=True)
            }
            self._write(table, pa.table(values))
        elif rows:
            names = dict.fromkeys(name for row in rows for name in row)
            self._write(
                table,
                pa.table(
                    {
                        name: pa.array([row.get(name) for row in rows], pa.int64() if name == LINE else pa.string())
                        for name in names
                    }
                ),
            )
        self._rows[table] = []

    def _write(self, table: str, rows: pa.Table) -> None:
        pq.write_table(rows, self._staged / f"{table}-{self._parts[table]:05d}.parquet", compression="zstd")
        self._parts[table] += 1

    def _staged_events(self) -> Iterator[pa.Table]:
        for path in sorted(self._staged.glob("events-*.parquet")):
            yield pq.read_table(path)

    def _columns(self) -> list[WrittenColumn]:
        columns: dict[str, WrittenColumn] = {}
        for part in self._staged_events():
            for name in part.column_names:
                if name not in (LINE, EVENT, ACTIVITY):
                    columns.setdefault(name, WrittenColumn(name)).look(part[name].combine_chunks())
        return list(columns.values())

    def _typed(self, columns: list[WrittenColumn]) -> Iterator[pa.Table]:
        sequence = 0
        written = {column.name: column for column in columns}
        for part in self._staged_events():
            values = {
                name: written[name].read(part[name].combine_chunks()) if name in written else part[name]
                for name in part.column_names
            }
            yield pa.table({SEQUENCE: np.arange(sequence, sequence + part.num_rows, dtype=np.int64), **values})
            sequence += part.num_rows


def table_sql(folder: Path, table: str) -> str:
    """One of the tables, for DuckDB."""
    return parquet_sql(str(folder / f"{table}-*.parquet"))


def _checked(folder: Path) -> tuple[Problem, ...]:
    """Raises LogError for events or objects that occur twice; links to objects that are not there are a problem."""
    events, relations, objects = (table_sql(folder, name) for name in ("events", "relations", "objects"))
    with duckdb.connect() as connection:
        for name, key, line, table in (
            ("event", f'"{EVENT}"', f'"{LINE}"', events),
            ("object", "object", "line", objects),
        ):
            twice = connection.execute(
                f"SELECT {key}, max({line}) AS l FROM {table} GROUP BY {key} HAVING count(*) > 1 ORDER BY l LIMIT 1"
            ).fetchall()
            if twice:
                raise refused("ocel-twice", twice[0][1], name=f"{name} {twice[0][0]}")
        missing = f"FROM {relations} WHERE object NOT IN (SELECT object FROM {objects})"
        pairs = f"SELECT max(line) AS line, count(*) - 1 AS n FROM {relations} GROUP BY event, object"
        repeated = f"FROM ({pairs} HAVING count(*) > 1)"
        return (
            *_counted(connection, "object-missing", "count(*)", missing),
            *_counted(connection, "link-repeated", "coalesce(sum(n), 0)::BIGINT", repeated),
        )


def _counted(connection: duckdb.DuckDBPyConnection, code: str, number: str, rows: str) -> list[Problem]:
    count, lines = connection.execute(f"SELECT {number}, min(line, {_PLACES}) {rows}").fetchall()[0]
    return [Problem(code, count, tuple(str(line) for line in lines or ()))] if count else []
