"""Replacing case numbers at the door: a raw log with pseudonyms in which only the chosen columns are left."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zichtlijn.analysis.eventlogs.model import Column, Level, Mapping

if TYPE_CHECKING:
    import pyarrow as pa

    from zichtlijn.analysis.eventlogs.raw import RawLog

ROWS_AT_ONCE = 100_000


def pseudonymise_into(raw: RawLog, mapping: Mapping, folder: Path, key: str) -> RawLog:
    """Write ``raw`` again in ``folder`` with the columns of ``mapping`` only and pseudonyms for the case numbers.

    The same key gives the same pseudonyms, so that a later file meets the same cases. The raw log can tell
    that key from another. Raises LogError, also for a log with pseudonyms and for a key that is too short, with nothing
    left behind.
    """
    from zichtlijn.analysis.eventlogs.prepare.refusals import refusal
    from zichtlijn.analysis.eventlogs.pseudonyms import check_key, key_check
    from zichtlijn.analysis.eventlogs.raw import RawWriter
    from zichtlijn.analysis.eventlogs.readers.ocel import with_cases

    check_key(key.encode())
    if raw.key_check is not None:
        raise refusal("key-twice")
    raw = with_cases(raw, mapping)
    writer = RawWriter(folder)
    try:
        _write(writer, raw, mapping, key.encode())
        kept = _names_kept(raw, mapping)
        log = writer.finish(
            filename=raw.filename,
            file_format=raw.file_format,
            sha256=raw.sha256,
            problems=tuple(replace(problem, places=(), detail="") for problem in raw.problems),
            details={**_details_kept(raw), "key_check": key_check(key.encode())},
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    assert set(log.event_columns) | set(log.case_columns) <= kept  # noqa: S101 - nothing else may be left in it
    return log


def _details_kept(raw: RawLog) -> dict[str, Any]:
    return {name: value for name, value in raw.details.items() if name == "month_first"}


def _names_kept(raw: RawLog, mapping: Mapping) -> set[str]:
    return {column.name for column in _chosen(mapping)}


def _chosen(mapping: Mapping) -> list[Column]:
    """The columns that mean something, each once."""
    return list(dict.fromkeys([*mapping.roles.values(), *mapping.required]))


def _write(writer: Any, raw: RawLog, mapping: Mapping, key: bytes) -> None:
    for table in _tables(raw, mapping, "event"):
        writer.write("events", _replaced(table, mapping.roles["case"], "event", key))
    if raw.cases_glob is not None and any(column.level == "case" for column in _chosen(mapping)):
        for table in _tables(raw, mapping, "case"):
            writer.write("cases", _replaced(table, mapping.roles["case"], "case", key))


def _tables(raw: RawLog, mapping: Mapping, level: Level) -> Iterator[pa.Table]:
    import duckdb
    import pyarrow as pa

    with duckdb.connect() as connection:
        reader = connection.sql(_sql(raw, mapping, level)).to_arrow_reader(ROWS_AT_ONCE)
        for batch in reader:
            yield pa.Table.from_batches([batch])


def _sql(raw: RawLog, mapping: Mapping, level: Level) -> str:
    from zichtlijn.analysis.eventlogs.raw import LINE, SEQUENCE, TRACE
    from zichtlijn.analysis.eventlogs.raw_tables import cases_sql, column_types, events_sql, quoted
    from zichtlijn.analysis.eventlogs.typed_rows import text_sql

    types, case = column_types(raw), mapping.roles["case"]
    table, alias = (events_sql(raw), "e") if level == "event" else (cases_sql(raw), "c")
    own = [name for name in ((SEQUENCE, LINE, TRACE) if level == "event" else (TRACE,)) if name in types[level]]
    cells = [f"{alias}.{quoted(name)}" for name in own]
    for column in _chosen(mapping):
        if column.level == level:
            text = text_sql(column, types)  # refuses a column that the log does not have
            value = text if column == case else f"{alias}.{quoted(column.name)}"
            cells.append(f"{value} AS {quoted(column.name)}")
    return f"SELECT {', '.join(cells)} FROM {table} {alias}"  # noqa: S608


def _replaced(table: pa.Table, case: Column, level: Level, key: bytes) -> pa.Table:
    from zichtlijn.analysis.eventlogs.pseudonyms import pseudonyms

    if case.level != level:
        return table
    place = table.schema.get_field_index(case.name)
    return table.set_column(place, case.name, pseudonyms(table[case.name], key))
