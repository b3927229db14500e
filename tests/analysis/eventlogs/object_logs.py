"""Small object-centric logs, written in each of the three forms of OCEL 2.0."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr


@dataclass
class ObjectLog:
    """``events``: id, type, time, attributes, objects with qualifier. ``objects``: id, type, values, links."""

    events: list[tuple[str, str, str, dict[str, str], list[tuple[str, str]]]] = field(default_factory=list)
    objects: list[tuple[str, str, list[tuple[str, str, str]], list[tuple[str, str]]]] = field(default_factory=list)


def small_log() -> ObjectLog:
    """Two reports that share an investigation, and a child that both are about; the links between them are cyclic."""
    return ObjectLog(
        events=[
            ("e1", "receive report", "2024-01-01T10:00:00Z", {"office": "Noord"}, [("R1", "new"), ("K1", "about")]),
            ("e2", "receive report", "2024-01-02T10:00:00Z", {"office": "Zuid"}, [("R2", "new"), ("K1", "about")]),
            ("e3", "start", "2024-01-03T10:00:00Z", {"staff": "2"}, [("R1", "from"), ("R2", "from"), ("I1", "new")]),
            ("e4", "end", "2024-02-03T10:00:00Z", {}, [("I1", "done"), ("R1", "done"), ("R1", "told")]),
            ("e5", "tea", "2024-02-04T10:00:00Z", {}, []),
        ],
        objects=[
            (
                "R1",
                "report",
                [("state", "1970-01-01T00:00:00Z", "new"), ("state", "2024-02-03T10:00:00Z", "closed")],
                [("I1", "in")],
            ),
            ("R2", "report", [("state", "1970-01-01T00:00:00Z", "new"), ("weight", "1970-01-01T00:00:00Z", "7")], []),
            ("I1", "investigation", [], [("R1", "from")]),
            ("K1", "child", [], [("K1", "itself")]),
        ],
    )


def as_json(log: ObjectLog, path: Path) -> Path:
    values: dict[str, Any] = {"objectTypes": [], "eventTypes": [], "objects": [], "events": []}
    for key, kind, attributes, links in log.objects:
        values["objects"].append(
            {
                "id": key,
                "type": kind,
                "attributes": [{"name": name, "time": time, "value": value} for name, time, value in attributes],
                "relationships": [{"objectId": target, "qualifier": how} for target, how in links],
            }
        )
    for key, kind, time, cells, tied in log.events:
        values["events"].append(
            {
                "id": key,
                "type": kind,
                "time": time,
                "attributes": [{"name": name, "value": value} for name, value in cells.items()],
                "relationships": [{"objectId": target, "qualifier": how} for target, how in tied],
            }
        )
    path.write_text(json.dumps(values, indent=1), encoding="utf-8")
    return path


def as_xml(log: ObjectLog, path: Path) -> Path:
    def links(pairs: list[tuple[str, str]]) -> str:
        each = "".join(f"<relationship object-id={quoteattr(t)} qualifier={quoteattr(q)}/>" for t, q in pairs)
        return f"<objects>{each}</objects>"

    objects = "\n".join(
        f"<object id={quoteattr(key)} type={quoteattr(kind)}><attributes>"
        + "".join(f"<attribute name={quoteattr(n)} time={quoteattr(t)}>{v}</attribute>" for n, t, v in attributes)
        + f"</attributes>{links(pairs)}</object>"
        for key, kind, attributes, pairs in log.objects
    )
    events = "\n".join(
        f"<event id={quoteattr(key)} type={quoteattr(kind)} time={quoteattr(time)}><attributes>"
        + "".join(f"<attribute name={quoteattr(n)}>{v}</attribute>" for n, v in cells.items())
        + f"</attributes>{links(tied)}</event>"
        for key, kind, time, cells, tied in log.events
    )
    types = '<object-types><object-type name="report"><attributes><attribute name="state" type="string"/></attributes>'
    types += "</object-type></object-types><event-types/>"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<log>{types}\n<objects>\n{objects}\n</objects>\n'
        f"<events>\n{events}\n</events></log>",
        encoding="utf-8",
    )
    return path


def as_sqlite(log: ObjectLog, path: Path) -> Path:
    connection = sqlite3.connect(path)
    run = connection.execute
    for what in ("event", "object"):
        run(f"CREATE TABLE {what} (ocel_id TEXT PRIMARY KEY, ocel_type TEXT)")
        run(f"CREATE TABLE {what}_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT)")
    run("CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT)")
    run("CREATE TABLE object_object (ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT)")
    for kind in dict.fromkeys(kind for _, kind, *_ in log.events):
        run("INSERT INTO event_map_type VALUES (?, ?)", (kind, kind.title().replace(" ", "")))
        run(
            f'CREATE TABLE "event_{kind.title().replace(" ", "")}" '
            "(ocel_id TEXT, ocel_time TEXT, office TEXT, staff INTEGER)"
        )
    for kind in dict.fromkeys(kind for _, kind, *_ in log.objects):
        run("INSERT INTO object_map_type VALUES (?, ?)", (kind, kind))
        run(
            f'CREATE TABLE "object_{kind}" '
            "(ocel_id TEXT, ocel_time TEXT, ocel_changed_field TEXT, state TEXT, weight TEXT)"
        )
    for key, kind, attributes, links in log.objects:
        run("INSERT INTO object VALUES (?, ?)", (key, kind))
        run(f'INSERT INTO "object_{kind}" VALUES (?, ?, NULL, NULL, NULL)', (key, "1970-01-01T00:00:00Z"))
        for name, time, value in attributes:
            run(
                f'INSERT INTO "object_{kind}" (ocel_id, ocel_time, ocel_changed_field, {name}) VALUES (?, ?, ?, ?)',
                (key, time, name, value),
            )
        for target, how in links:
            run("INSERT INTO object_object VALUES (?, ?, ?)", (key, target, how))
    for key, kind, time, cells, tied in log.events:
        run("INSERT INTO event VALUES (?, ?)", (key, kind))
        table = kind.title().replace(" ", "")
        run(f'INSERT INTO "event_{table}" VALUES (?, ?, ?, ?)', (key, time, cells.get("office"), cells.get("staff")))
        for target, how in tied:
            run("INSERT INTO event_object VALUES (?, ?, ?)", (key, target, how))
    connection.commit()
    connection.close()
    return path
