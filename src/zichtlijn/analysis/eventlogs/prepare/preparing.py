"""From a raw log and its mapping to a prepared log."""

from __future__ import annotations

import math
from collections.abc import Mapping as Values
from pathlib import Path
from typing import Any, Literal

from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.analysis.eventlogs.prepare import dictionaries, making
from zichtlijn.analysis.eventlogs.prepare.bucket_files import BucketWriter
from zichtlijn.analysis.eventlogs.prepare.codes_of_mapping import mapped_codes
from zichtlijn.analysis.eventlogs.prepare.embedded import Workbench
from zichtlijn.analysis.eventlogs.prepare.new_folder import new_folder
from zichtlijn.analysis.eventlogs.prepare.refusals import refusal
from zichtlijn.analysis.eventlogs.prepared import Manifest, Prepared
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.typed_rows import typed_rows_sql


def prepare(
    raw: RawLog,
    mapping: Mapping,
    folder: Path,
    *,
    buckets: int | None = None,
    pseudonym_key: bytes | None = None,
    memory_mib: int | None = None,
    progress: making.Progress | None = None,
    cut_off: str | None = None,
    is_demo: bool = False,
    engine: Literal["duckdb", "spark"] = "duckdb",
    report: Values[str, Any] | None = None,
) -> Prepared:
    """Make the prepared log ``folder``, which must not exist yet; after an error or a crash it does not.

    ``buckets``: by default one per three million events, or fewer events when ``memory_mib`` asks for it.
    ``pseudonym_key``: see ``pseudonyms``. ``progress`` hears how far it is, between 0 and 1. ``cut_off``: instead of
    that of the mapping; events after it are left out. ``engine``: who sorts and does the windows; both give the same
    numbers. ``report``: the load report as JSON, kept in the manifest. Raises LogError when the log has no event that
    counts, for a column that it does not have, for too many different values, for a short key, when ``folder`` exists,
    and when the engine is missing.
    """
    mapping.check()
    making.check_events(raw)
    until_us = making.cut_off_us(cut_off or mapping.cut_off, mapping.time_zone)
    tell = progress or making.silent
    if buckets is None:
        buckets = max(1, math.ceil(raw.events / making.events_per_bucket(memory_mib)))
    with new_folder(folder) as temporary:
        with Workbench(temporary, making.memory_of_database(memory_mib)) as bench:
            tell(0.0)
            columns, number = making.columns_of(mapping), making.source_number(raw.sha256)
            bench.read(typed_rows_sql(raw, mapping), columns, number, pseudonym_key)
            provisional = dictionaries.extended({}, bench.found())
            bench.spread(provisional, buckets, until_us, apart=engine == "spark")
            tell(0.3)
            values = making.settle_values(bench, provisional, {}, mapping)
            if not bench.buckets():
                raise refusal("no-events")
            codes, with_stays = mapped_codes(mapping, values), mapping.column("organisation") is not None
            if engine == "spark":
                from zichtlijn.analysis.eventlogs.prepare import spark

                made_by = spark.write_all(temporary, bench, codes, with_stays=with_stays, progress=tell)
            else:
                made_by = making.write_all(
                    BucketWriter(temporary, codes, with_stays), bench.buckets(), bench.rows, tell
                )
            left_out = bench.left_out(until_us)
        dictionaries.write(values, temporary)
        tables = making.described_tables(temporary)
        first_us, last_us = making.first_and_last_us(temporary)
        Manifest(
            mapping=mapping,
            engine=made_by,
            buckets=buckets,
            events=making.rows_in(tables, "events"),
            cases=making.rows_in(tables, "cases"),
            first_us=first_us,
            last_us=last_us,
            cut_off_us=last_us if until_us is None else until_us,
            report=report or {},
            sources=(making.source_of(raw, left_out, pseudonym_key),),
            tables=tables,
            pseudonymised=pseudonym_key is not None,
            is_demo=is_demo,
        ).write(temporary)
    return Prepared(folder)
