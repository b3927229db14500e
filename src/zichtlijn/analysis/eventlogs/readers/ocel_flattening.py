# ruff: noqa: S608 (the SQL is made of our own names; paths, names and values are quoted)
"""From objects to cases: every object of one type is a case, and what ties it to other objects is kept.

An event of two objects of the type stands in both cases, as in the definition of flattening (van der Aalst 2019,
Object-Centric Process Mining, section 3). Beside the raw log stands ``ties-00000.parquet``: object, other, other_type,
first_at (the time of their first event together) and events (how many), which tells the hand-overs between objects.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from zichtlijn.analysis.eventlogs.model import Mapping, Problem
from zichtlijn.analysis.eventlogs.raw import DESCRIPTION, LINE, SEQUENCE, TRACE, RawLog, RawWriter
from zichtlijn.analysis.eventlogs.raw_tables import literal, quoted
from zichtlijn.analysis.eventlogs.readers.ocel_store import EVENT, OBJECT, TIME, table_sql
from zichtlijn.analysis.eventlogs.readers.refused import refused
from zichtlijn.analysis.eventlogs.readers.written_values import WrittenColumn

OBJECTS, TIES = "objects", "ties-00000.parquet"
RELATED = "related: "  # and the type: the objects of that type in the events of a case
_ROWS_AT_ONCE = 100_000
_PLACES = 5


def object_types(objects: RawLog) -> list[dict[str, Any]]:
    """Name, number of objects with events, and of links of events to them; most events per object first."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT object_type, count(DISTINCT object), count(*) FROM ({_tied(objects.folder)}) GROUP BY object_type "
            f"ORDER BY count(*) / count(DISTINCT object) DESC, object_type"
        ).fetchall()
    return [{"name": name, "objects": objects, "events": events} for name, objects, events in rows]


def flatten(objects: RawLog, object_type: str, folder: Path, *, also_in: dict[str, Any] | None = None) -> RawLog:
    """The raw log with a case for each object of the type, in ``folder``. Raises LogError, with nothing left behind.

    ``.sequence`` counts anew, in the order of the file; ``.line`` is that of the event. Case columns: ``ocel:oid``, the
    last values of the attributes, and ``related: T`` for each other type. ``also_in``: further details to keep.
    """
    writer = RawWriter(folder)
    try:
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            flattening = _Flattening(connection, objects, object_type)
            for rows in flattening.events():
                writer.write("events", rows)
            for rows in flattening.cases():
                writer.write("cases", rows)
            pq.write_table(flattening.ties(), folder / TIES)
            problems = (*objects.problems, *flattening.problems())
        details = {**objects.details, "object_type": object_type, **(also_in or {})}
        return writer.finish(
            filename=objects.filename, file_format="ocel", sha256=objects.sha256, problems=problems, details=details
        )
    except BaseException:
        writer.discard()
        raise


def with_cases(raw: RawLog, mapping: Mapping) -> RawLog:
    """The raw log that a mapping is about: flattened anew when it names another type of object. Raises LogError."""
    wanted = mapping.object_type
    if wanted is None or "object_types" not in raw.details or raw.details.get("object_type") == wanted:
        return raw
    names = [each["name"] for each in raw.details["object_types"]]
    if wanted not in names:
        raise refused("ocel-object-type", name=wanted)
    folder = raw.folder / f"type-{names.index(wanted)}"
    if (folder / DESCRIPTION).is_file():
        return RawLog.open(folder)
    shutil.rmtree(folder, ignore_errors=True)
    kept = {"object_types": raw.details["object_types"]}
    return flatten(RawLog.open(raw.folder / OBJECTS), wanted, folder, also_in=kept)


def _tied(folder: Path) -> str:
    """Each event with each of its objects, once."""
    relations, objects = table_sql(folder, "relations"), table_sql(folder, "objects")
    return (
        f"SELECT DISTINCT r.event, r.object, o.object_type FROM {relations} r JOIN {objects} o ON r.object = o.object"
    )


class _Flattening:
    def __init__(self, connection: duckdb.DuckDBPyConnection, objects: RawLog, object_type: str) -> None:
        self._connection, self._log = connection, objects
        folder = objects.folder
        self._events = table_sql(folder, "events")
        connection.execute(f"CREATE TEMP TABLE tied AS {_tied(folder)}")
        connection.execute(
            "CREATE TEMP TABLE traces AS SELECT object, row_number() OVER (ORDER BY line) - 1 AS trace "
            f"FROM {table_sql(folder, 'objects')} WHERE object_type = {literal(object_type)} "
            "AND object IN (SELECT object FROM tied)"
        )
        if not self._count("FROM traces"):
            raise refused("ocel-object-type", name=object_type)

    def events(self) -> Iterator[pa.Table]:
        order = f"ORDER BY e.{quoted(SEQUENCE)}, trace"
        return self._tables(
            f"SELECT row_number() OVER ({order}) - 1 AS {quoted(SEQUENCE)}, trace AS {quoted(TRACE)}, "
            f"e.* EXCLUDE ({quoted(SEQUENCE)}) FROM {self._events} e "
            f"JOIN tied ON e.{quoted(EVENT)} = tied.event JOIN traces USING (object) {order}"
        )

    def cases(self) -> Iterator[pa.Table]:
        query = self._cases_sql()
        columns: dict[str, WrittenColumn] = {}
        for rows in self._tables(query):
            for name in rows.column_names[2:]:
                columns.setdefault(name, WrittenColumn(name)).look(rows[name].combine_chunks())
        for rows in self._tables(query):
            values = {name: columns[name].read(rows[name].combine_chunks()) for name in columns}
            yield pa.table({name: rows[name] for name in rows.column_names[:2]} | values)

    def _cases_sql(self) -> str:
        folder = self._log.folder
        names = self._texts(
            f"SELECT DISTINCT name FROM {table_sql(folder, 'attributes')} JOIN traces USING (object) "
            "WHERE name IS NOT NULL ORDER BY name"
        )
        others = self._texts(f"SELECT DISTINCT other_type FROM ({_TOGETHER}) ORDER BY other_type")
        last = ", ".join(
            f"max_by(value, (coalesce(try_cast(time AS TIMESTAMPTZ), 'epoch'::TIMESTAMPTZ), number)) "
            f"FILTER (name = {literal(name)}) AS {quoted(_attribute_name(name))}"
            for name in names
        )
        related = ", ".join(
            f"string_agg(DISTINCT other, ', ' ORDER BY other) FILTER (other_type = {literal(kind)}) "
            f"AS {quoted(RELATED + kind)}"
            for kind in others
        )
        numbered = f"SELECT *, row_number() OVER () AS number FROM {table_sql(folder, 'attributes')}"
        parts = [f"SELECT trace AS {quoted(TRACE)}, object AS {quoted(OBJECT)}"]
        joins = "FROM traces"
        if last:
            parts.append("a.* EXCLUDE (object)")
            joins += f" LEFT JOIN (SELECT object, {last} FROM ({numbered}) GROUP BY object) a USING (object)"
        if related:
            parts.append("r.* EXCLUDE (object)")
            joins += f" LEFT JOIN (SELECT object, {related} FROM ({_TOGETHER}) GROUP BY object) r USING (object)"
        return f"{', '.join(parts)} {joins} ORDER BY trace"

    def ties(self) -> pa.Table:
        """Small: one row per pair of objects."""
        query = (
            "SELECT object, other, other_type, min(moment) AS first_at, count(*) AS events "
            f"FROM (SELECT t.*, e.{quoted(TIME)} AS moment FROM ({_TOGETHER}) t JOIN {self._events} e "
            f"ON t.event = e.{quoted(EVENT)}) GROUP BY ALL ORDER BY first_at, object, other"
        )
        return self._connection.sql(query).to_arrow_table()

    def problems(self) -> list[Problem]:
        """Events without an object of the type are in no case."""
        inside = "SELECT event FROM tied JOIN traces USING (object)"
        rows = f"FROM {self._events} WHERE {quoted(EVENT)} NOT IN ({inside})"
        count = self._count(rows)
        if not count:
            return []
        lines = self._texts(f"SELECT {quoted(LINE)} {rows} ORDER BY 1 LIMIT {_PLACES}")
        return [Problem("event-without-object", count, tuple(lines))]

    def _tables(self, query: str) -> Iterator[pa.Table]:
        batches: Any = self._connection.sql(query).to_arrow_reader(_ROWS_AT_ONCE)
        for batch in batches:
            yield pa.Table.from_batches([batch])

    def _count(self, rows: str) -> int:
        return int(self._connection.execute(f"SELECT count(*) {rows}").fetchall()[0][0])

    def _texts(self, query: str) -> list[str]:
        return [str(row[0]) for row in self._connection.execute(query).fetchall()]


def _attribute_name(name: str) -> str:
    """Names that are ours already get a prefix."""
    return f"object: {name}" if name.startswith(RELATED) or name in (OBJECT, TRACE) else name


_TOGETHER = (
    "SELECT traces.object AS object, t.event, o.object AS other, o.object_type AS other_type "
    "FROM traces JOIN tied t ON t.object = traces.object "
    "JOIN tied o ON o.event = t.event AND o.object_type <> t.object_type"
)
