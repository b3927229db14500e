"""New events of old and new cases added to a prepared log."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping as Values
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.prepare import dictionaries, making
from zichtlijn.analysis.eventlogs.prepare.bucket_files import BucketWriter
from zichtlijn.analysis.eventlogs.prepare.codes_of_mapping import mapped_codes
from zichtlijn.analysis.eventlogs.prepare.coding import Spreading, numbered
from zichtlijn.analysis.eventlogs.prepare.new_folder import new_folder
from zichtlijn.analysis.eventlogs.prepare.refusals import refusal
from zichtlijn.analysis.eventlogs.prepare.sorted_buckets import SortedBuckets
from zichtlijn.analysis.eventlogs.prepare.typed_parts import typed_parts
from zichtlijn.analysis.eventlogs.prepared import DICTIONARIES, DIMENSIONS, TABLES, Manifest, Prepared, bucket_path
from zichtlijn.analysis.eventlogs.pseudonyms import pseudonymised_sql
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.typed_rows import typed_rows_sql
from zichtlijn.analysis.texts import gettext_noop

_ALL_ADDED = gettext_noop("Every event of %(name)s is in this log already.")


def append(
    prepared: Prepared,
    raw: RawLog,
    folder: Path,
    *,
    pseudonym_key: bytes | None = None,
    memory_mib: int | None = None,
    progress: making.Progress | None = None,
    cut_off: str | None = None,
    report: Values[str, Any] | None = None,
) -> Prepared:
    """Make the prepared log ``folder`` out of another and the events of a raw log with the same columns.

    The other log stays as it is, so that figures made from it can be made again. Files of buckets without a new event
    are the same files (links where the disk allows it). The result is what preparing all events at once gives, except
    that new values get codes behind those there were. ``report``: the load report of these events as JSON, kept with
    their source in the manifest. Raises LogError as ``prepare`` does, and when the file was
    added before, when every event of it is in the log already, when the cut-off lies before events there are, or when
    events were left out for an earlier cut-off. ``again`` of the source in the manifest: its events there were already.
    """
    old = prepared.manifest
    making.check_events(raw)
    _check(old, raw, pseudonym_key)
    until_us = making.cut_off_us(cut_off or old.mapping.cut_off, old.mapping.time_zone)
    _check_cut_off(old, until_us)
    again = _events_again(prepared, raw, until_us, pseudonym_key)
    tell = progress or making.silent
    before = {name: prepared.values(name) for name in DIMENSIONS if prepared.values(name)}
    with new_folder(folder) as temporary:
        tell(0.0)
        spreading = Spreading(raw, old.mapping, temporary, old.buckets)
        parts = numbered(typed_parts(raw, old.mapping), until_us, pseudonym_key)
        spreading.take(parts, making.up_to(0.3, raw.events, tell))
        values = making.settle_values(spreading.coder, before, old.mapping)
        new = SortedBuckets(spreading, values, making.source_number(raw.sha256))
        touched = new.numbers
        writer = BucketWriter(temporary, mapped_codes(old.mapping, values), prepared.has("stays"))
        made_by = making.write_all(writer, touched, lambda bucket: new.rows_with(bucket, prepared.folder), tell)
        _keep_others(prepared, temporary, touched)
        dictionaries.write(values, temporary)
        source = {**making.source_of(raw, spreading.left_out, pseudonym_key), "report": report or {}, "again": again}
        _describe(temporary, replace(old, engine=made_by, sources=(*old.sources, source)), until_us)
    return Prepared(folder)


def _check(old: Manifest, raw: RawLog, pseudonym_key: bytes | None) -> None:
    if any(source["sha256"] == raw.sha256 for source in old.sources):
        raise refusal("already-added", name=raw.filename)
    check = making.key_check_of(raw, pseudonym_key)
    if old.pseudonymised and check is None:
        raise refusal("key-needed")
    if check is not None and not old.pseudonymised:
        raise refusal("key-not-needed")
    if check is not None and check != old.sources[0]["key_check"]:
        raise refusal("key-other")


def _events_again(prepared: Prepared, raw: RawLog, until_us: int | None, pseudonym_key: bytes | None) -> int:
    """How many events are in the log already: same case, activity, time and organisation. Raises LogError when all are:
    a registration that was saved again is another file, and would count twice."""
    with_organisation = prepared.has("stays")
    organisation = "coalesce(organisation, '')" if with_organisation else "''"
    known = "coalesce(o.value, '')" if with_organisation else "''"
    words = f"read_parquet('{_quoted(prepared.folder / DICTIONARIES)}')"
    until = "" if until_us is None else f" AND at_us <= {until_us}"
    with duckdb.connect() as database:
        typed = typed_rows_sql(raw, prepared.manifest.mapping)
        if pseudonym_key is not None:
            typed = pseudonymised_sql(database, typed, pseudonym_key)
        database.execute(
            f"CREATE TEMP TABLE new AS SELECT case_key, at_us, activity, {organisation} AS organisation "  # noqa: S608
            f"FROM ({typed}) WHERE dropped IS NULL{until}"
        )
        join = f" LEFT JOIN (FROM {words} WHERE dimension = 'organisation') o ON o.code = e.organisation"
        database.execute(
            f"CREATE TEMP VIEW old AS SELECT c.case_key, e.at_us, a.value AS activity, {known} AS organisation "  # noqa: S608
            f"FROM read_parquet('{_quoted(prepared.glob('events'))}') e "
            f"JOIN read_parquet('{_quoted(prepared.glob('cases'))}') c USING (case_no) "
            f"JOIN (FROM {words} WHERE dimension = 'activity') a ON a.code = e.activity"
            f"{join if with_organisation else ''} WHERE e.at_us BETWEEN (SELECT min(at_us) FROM new) "
            f"AND (SELECT max(at_us) FROM new)"
        )
        ((events,),) = database.execute("SELECT count(*) FROM new").fetchall()
        ((again,),) = database.execute(
            "SELECT count(*) FROM new SEMI JOIN old USING (case_key, at_us, activity, organisation)"
        ).fetchall()
    if events and again == events:
        raise LogError("all-added", _ALL_ADDED, None, name=raw.filename)
    return int(again)


def _quoted(path: object) -> str:
    return str(path).replace("'", "''")


def _check_cut_off(old: Manifest, until_us: int | None) -> None:
    if until_us is not None and until_us < old.last_us:
        raise refusal("cut-off-earlier")
    if any(source["left_out"] for source in old.sources) and (until_us is None or until_us > old.cut_off_us):
        raise refusal("cut-off-later")


def _keep_others(prepared: Prepared, folder: Path, touched: list[int]) -> None:
    for table in TABLES:
        for bucket in set(range(prepared.manifest.buckets)) - set(touched):
            source = bucket_path(prepared.folder, table, bucket)
            if source.exists():
                target = bucket_path(folder, table, bucket)
                target.parent.mkdir(exist_ok=True)
                try:
                    os.link(source, target)
                except OSError:  # a file system without links
                    shutil.copy2(source, target)


def _describe(folder: Path, old: Manifest, until_us: int | None) -> None:
    tables = making.described_tables(folder)
    first_us, last_us = making.first_and_last_us(folder)
    replace(
        old,
        events=making.rows_in(tables, "events"),
        cases=making.rows_in(tables, "cases"),
        first_us=first_us,
        last_us=last_us,
        cut_off_us=max(last_us, old.cut_off_us) if until_us is None else until_us,
        tables=tables,
    ).write(folder)
