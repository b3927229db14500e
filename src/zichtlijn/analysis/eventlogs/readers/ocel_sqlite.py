"""OCEL 2.0 as an SQLite database: one table per type of event and object, and two with the links."""

from __future__ import annotations

import heapq
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zichtlijn.analysis.eventlogs.raw_tables import quoted
from zichtlijn.analysis.eventlogs.readers.ocel_store import ObjectStore
from zichtlijn.analysis.eventlogs.readers.refused import refused
from zichtlijn.analysis.eventlogs.readers.unpacked import unpacked

_NEEDED = ("event", "object", "event_object", "event_map_type", "object_map_type")
_OWN = ("ocel_id", "ocel_time", "ocel_changed_field")
_TOLD = 10_000


def read_sqlite(path: Path, store: ObjectStore, max_bytes: int | None) -> Iterator[float]:
    """Gives the share read, now and then; ``.line`` is the number of the row in the table of events."""
    plain = store.folder / "unpacked.sqlite"
    with unpacked(path, max_bytes) as file, plain.open("wb") as copy:
        shutil.copyfileobj(file, copy, 1 << 20)
    try:
        connection = sqlite3.connect(f"{plain.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            yield from _Database(connection).read_into(store)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise refused("sqlite-broken", reason=str(error)) from error
    finally:
        plain.unlink(missing_ok=True)


class _Database:
    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.text_factory = lambda data: data.decode("utf-8", errors="replace")
        connection.execute("PRAGMA trusted_schema = OFF")
        self._connection = connection
        # only tables: a view could compute for ever
        self._tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        missing = [name for name in _NEEDED if name not in self._tables]
        if missing:
            raise refused("sqlite-broken", reason=f"no {', '.join(missing)}")

    def read_into(self, store: ObjectStore) -> Iterator[float]:
        self._objects(store)
        total = self._connection.execute("SELECT count(*) FROM event").fetchone()[0]
        rows = heapq.merge(*(self._events_of(*pair) for pair in self._types("event")), key=lambda row: row[0])
        for number, (line, key, activity, time, values) in enumerate(rows):
            store.event(key, activity, time, values, line)
            if number % _TOLD == 0:
                yield number / total
        if store.events != total:
            raise refused("sqlite-broken", reason="events without a row in the table of their type")
        for line, event, key, qualifier in self._connection.execute(
            "SELECT rowid, ocel_event_id, ocel_object_id, ocel_qualifier FROM event_object ORDER BY rowid"
        ):
            store.relation(_text(event), _text(key), _text(qualifier), line)

    def _objects(self, store: ObjectStore) -> None:
        for line, key, kind in self._connection.execute("SELECT rowid, ocel_id, ocel_type FROM object ORDER BY rowid"):
            store.object(_text(key), _text(kind), line)
        for _kind, table in self._types("object"):
            names = self._names(table)
            for row in self._connection.execute(f"SELECT * FROM {quoted(table)} ORDER BY rowid"):  # noqa: S608
                self._attributes(dict(zip(names, row, strict=True)), store)
        if "object_object" in self._tables:
            for source, target, qualifier in self._connection.execute(
                "SELECT ocel_source_id, ocel_target_id, ocel_qualifier FROM object_object ORDER BY rowid"
            ):
                store.link(_text(source), _text(target), _text(qualifier))

    def _attributes(self, row: dict[str, Any], store: ObjectStore) -> None:
        changed = row.get("ocel_changed_field")
        for name, value in row.items():
            if name not in _OWN and value is not None and changed in (None, "", name):
                store.attribute(_text(row.get("ocel_id")), name, _text(row.get("ocel_time")), _text(value))

    def _events_of(
        self, kind: str, table: str
    ) -> Iterator[tuple[int, str | None, str, str | None, dict[str, str | None]]]:
        names = self._names(table)
        rows = self._connection.execute(
            f"SELECT e.rowid, t.* FROM event e JOIN {quoted(table)} t ON t.ocel_id = e.ocel_id "  # noqa: S608
            "WHERE e.ocel_type = ? ORDER BY e.rowid",
            (kind,),
        )
        for line, *cells in rows:
            row = dict(zip(names, cells, strict=True))
            values = {name: _text(value) for name, value in row.items() if name not in _OWN}
            yield line, _text(row.get("ocel_id")), kind, _text(row.get("ocel_time")), values

    def _types(self, what: str) -> list[tuple[str, str]]:
        """Each type with its table."""
        pairs = self._connection.execute(f"SELECT ocel_type, ocel_type_map FROM {what}_map_type").fetchall()  # noqa: S608
        found = [(str(kind), f"{what}_{name}") for kind, name in pairs]
        missing = next((table for _kind, table in found if table not in self._tables), None)
        if missing is not None:
            raise refused("sqlite-broken", reason=f"no {missing}")
        return found

    def _names(self, table: str) -> list[str]:
        return [row[1] for row in self._connection.execute(f"PRAGMA table_info({quoted(table)})")]


def _text(value: Any) -> str | None:
    return None if value is None or isinstance(value, bytes) else str(value)
