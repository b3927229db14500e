"""From a raw log and its mapping to a prepared log."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.compute as pc
import pyarrow.parquet as pq

from zichtlijn.analysis.eventlogs.model import LogError, Mapping
from zichtlijn.analysis.eventlogs.prepare import dictionaries
from zichtlijn.analysis.eventlogs.prepare.embedded import Progress, Workbench
from zichtlijn.analysis.eventlogs.prepare.new_folder import new_folder
from zichtlijn.analysis.eventlogs.prepared import DICTIONARIES, TABLES, Manifest, Prepared
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.typed_rows import typed_rows_sql

EVENTS_PER_BUCKET = 3_000_000


def prepare(
    raw: RawLog,
    mapping: Mapping,
    folder: Path,
    *,
    buckets: int | None = None,
    pseudonym_key: bytes | None = None,
    memory_mib: int | None = None,
    progress: Progress | None = None,
    cut_off: str | None = None,
    is_demo: bool = False,
) -> Prepared:
    """Make the prepared log ``folder``, which must not exist yet; after an error or a crash there is no such folder.

    ``buckets``: by default one per three million events. ``memory_mib`` bounds what DuckDB takes.
    """
    mapping.check()
    with new_folder(folder) as temporary:
        bench = Workbench(temporary, memory_mib)
        try:
            events = bench.read(typed_rows_sql(raw, mapping), None)
            if not events:
                raise LogError("no-events", "The log has no event that can be used.")
            found: dict[Any, Any] = dict(bench.found(mapping))
            if mapping.column("organisation") is not None:
                found["organisation"] = [*found["organisation"], *mapping.sent_to.values()]
            values = dictionaries.extended({}, found)
            dictionaries.write(values, temporary)
            buckets = buckets or max(1, math.ceil(events / EVENTS_PER_BUCKET))
            bench.spread(values, 0, buckets)
            for bucket in range(buckets):
                if (temporary / ".coded" / f"bucket={bucket}").exists():
                    bench.write_bucket(bucket, mapping, values, with_stays="organisation" in values)
        finally:
            bench.close()
        _describe(temporary, raw, mapping, buckets, is_demo)
    return Prepared(folder)


def _describe(folder: Path, raw: RawLog, mapping: Mapping, buckets: int, is_demo: bool) -> None:
    tables = {}
    for table in (*TABLES, "dictionaries"):
        for path in sorted(folder.glob(f"{table}/*.parquet")) if table in TABLES else [folder / DICTIONARIES]:
            name = str(path.relative_to(folder))
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            tables[name] = {"sha256": digest, "rows": pq.read_metadata(path).num_rows}
    first = last = 0
    rows = {table: sum(v["rows"] for n, v in tables.items() if n.startswith(f"{table}/")) for table in TABLES}
    found = pq.read_table(folder / "events", columns=["at_us"])["at_us"]
    extremes = pc.min_max(found)
    first, last = extremes["min"].as_py(), extremes["max"].as_py()
    manifest = Manifest(
        mapping=mapping,
        engine=f"duckdb {duckdb.__version__}",
        buckets=buckets,
        events=rows["events"],
        cases=rows["cases"],
        first_us=first,
        last_us=last,
        cut_off_us=last,
        sources=({"name": raw.filename, "sha256": raw.sha256, "format": raw.file_format, "events": raw.events},),
        tables=tables,
        is_demo=is_demo,
    )
    manifest.write(folder)
