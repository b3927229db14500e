"""What the tests of the XES readers share: making small logs, reading them either way, and comparing what was read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.readers import xes

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2016">\n'
TWO_EVENTS = (
    '<trace><string key="concept:name" value="A1"/>'
    '<event><string key="concept:name" value="in"/><date key="time:timestamp" value="2024-01-01T10:00:00+01:00"/>'
    "</event>\n"
    '<event><string key="concept:name" value="out"/><date key="time:timestamp" value="2024-01-02T10:00:00+01:00"/>'
    "</event></trace>\n"
)


def log_of(*traces: str) -> str:
    """A whole log of these traces, each on lines of its own."""
    return HEAD + "\n".join(traces) + "\n</log>\n"


def event(*attributes: str) -> str:
    """An event with these attributes."""
    return "<event>" + "".join(attributes) + "</event>"


def read_both(path: Path, folder: Path) -> tuple[RawLog, RawLog]:
    """By the scanner and by the reader on expat. Raises Unusual when it is not for the scanner."""
    logs = [
        xes.Reading(path, folder / name, path.name, "0" * 64).to_the_end(reader)
        for name, reader in (("scanned", xes.scanned), ("parsed", xes.parsed))
    ]
    return logs[0], logs[1]


def read_text(text: str | bytes, folder: Path) -> tuple[RawLog, RawLog]:
    """As ``read_both``, of a text."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "log.xes"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_both(path, folder)


def table_of(log: RawLog, part: str) -> pa.Table:
    """All parts together, with their columns in order of name."""
    parts = [pq.read_table(path) for path in sorted(log.folder.glob(f"{part}-*.parquet"))]
    if not parts:
        return pa.table({})
    whole = pa.concat_tables(parts, promote_options="default").combine_chunks()
    return whole.select(sorted(whole.column_names))


def rows_of(log: RawLog, part: str = "events") -> list[dict[str, Any]]:
    """The rows, without what is null."""
    return [
        {name: value for name, value in row.items() if value is not None} for row in table_of(log, part).to_pylist()
    ]


def assert_same(first: RawLog, second: RawLog) -> None:
    """The same tables to the last value, the same columns, problems and details."""
    for part in ("events", "cases"):
        one, other = table_of(first, part), table_of(second, part)
        assert one.schema.equals(other.schema), (one.schema, other.schema)
        assert_equal_values(one, other)
    assert dict(first.event_columns) == dict(second.event_columns)
    assert dict(first.case_columns) == dict(second.case_columns)
    assert (first.events, first.cases) == (second.events, second.cases)
    assert first.problems == second.problems
    assert first.details == second.details


def assert_equal_values(one: pa.Table, other: pa.Table) -> None:
    """Floats bit by bit, so that not-a-number is itself."""
    for name in one.column_names:
        left, right = one[name], other[name]
        if pa.types.is_floating(left.type):
            left, right = left.cast(pa.string()), right.cast(pa.string())
        assert left.equals(right), name
