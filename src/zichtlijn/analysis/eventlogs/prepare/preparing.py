"""From a raw log and its mapping to a prepared log."""

from __future__ import annotations

from collections.abc import Mapping as Values
from pathlib import Path
from typing import Any, Literal

from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.analysis.eventlogs.prepare import dictionaries, making
from zichtlijn.analysis.eventlogs.prepare.bucket_files import BucketWriter
from zichtlijn.analysis.eventlogs.prepare.codes_of_mapping import mapped_codes
from zichtlijn.analysis.eventlogs.prepare.coding import Spreading, numbered
from zichtlijn.analysis.eventlogs.prepare.new_folder import new_folder
from zichtlijn.analysis.eventlogs.prepare.refusals import refusal
from zichtlijn.analysis.eventlogs.prepare.sorted_buckets import SortedBuckets
from zichtlijn.analysis.eventlogs.prepare.typed_parts import typed_parts
from zichtlijn.analysis.eventlogs.prepared import Manifest, Prepared
from zichtlijn.analysis.eventlogs.raw import RawLog


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

    ``buckets``: by default one per million events, at most 64 unless ``memory_mib`` asks for more.
    ``pseudonym_key``: see ``pseudonyms``. ``progress`` hears how far it is, between 0 and 1. ``cut_off``: instead of
    that of the mapping; events after it are left out. ``engine``: who sorts and does the windows; both give the same
    numbers. ``report``: the load report as JSON, kept in the manifest. Raises LogError when the log has no event that
    counts, for a column that it does not have, for too many different values, for a short key, when ``folder`` exists,
    and when the engine is missing.
    """
    mapping.check()
    making.check_events(raw)
    pseudonymised = making.key_check_of(raw, pseudonym_key) is not None
    until_us = making.cut_off_us(cut_off or mapping.cut_off, mapping.time_zone)
    tell = progress or making.silent
    if buckets is None:
        buckets = making.number_of_buckets(raw.events, memory_mib)
    with new_folder(folder) as temporary:
        tell(0.0)
        spreading = Spreading(raw, mapping, temporary, buckets)
        parts = numbered(typed_parts(raw, mapping), until_us, pseudonym_key)
        spreading.take(parts, making.up_to(0.3, raw.events, tell))
        if not spreading.store.rows:
            raise refusal("no-events")
        values = making.settle_values(spreading.coder, {}, mapping)
        sorted_buckets = SortedBuckets(spreading, values, making.source_number(raw.sha256))
        codes, with_stays = mapped_codes(mapping, values), mapping.column("organisation") is not None
        if engine == "spark":
            from zichtlijn.analysis.eventlogs.prepare import spark

            made_by = spark.write_all(temporary, sorted_buckets, codes, with_stays=with_stays, progress=tell)
        else:
            writer = BucketWriter(temporary, codes, with_stays)
            made_by = making.write_all(writer, sorted_buckets.numbers, sorted_buckets.rows, tell)
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
            sources=(making.source_of(raw, spreading.left_out, pseudonym_key),),
            tables=tables,
            pseudonymised=pseudonymised,
            is_demo=is_demo,
        ).write(temporary)
    return Prepared(folder)
