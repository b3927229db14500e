"""A Parquet file that stays as it is says the same as one that is written anew."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zichtlijn.analysis.eventlogs.column_profiles import profiles
from zichtlijn.analysis.eventlogs.model import Column, Mapping
from zichtlijn.analysis.eventlogs.raw import DESCRIPTION, RawLog
from zichtlijn.analysis.eventlogs.raw_tables import column_types, events_sql, source_sql
from zichtlijn.analysis.eventlogs.readers import parquet
from zichtlijn.analysis.eventlogs.typed_rows import text_sql, typed_rows_sql

TEXTS = st.none() | st.sampled_from(["", "  ", "Z-1", "Z-2", "één", "2024-03-01", "01-02-2024 10:00", "7"])
DAYS = st.dates(date(1680, 1, 1), date(2260, 1, 1))
MOMENTS = st.datetimes(datetime.fromisoformat("1680-01-01"), datetime.fromisoformat("2260-01-01"))
ZONED = MOMENTS.map(lambda moment: moment.replace(tzinfo=UTC))
NANOSECONDS = st.integers(-9 * 10**18, 9 * 10**18) | st.integers(-3000, 3000)
KINDS: list[tuple[pa.DataType, st.SearchStrategy[Any]]] = [
    (pa.string(), TEXTS),
    (pa.large_string(), TEXTS),
    (pa.dictionary(pa.int8(), pa.string()), TEXTS),
    (pa.bool_(), st.booleans()),
    *((kind, st.integers(-100, 100)) for kind in (pa.int8(), pa.int16())),
    *((kind, st.integers(0, 200)) for kind in (pa.uint8(), pa.uint16())),
    (pa.uint32(), st.integers(0, 2**32 - 1)),
    (pa.int32(), st.sampled_from([0, -1, 20240131, 1_700_000_000])),
    (pa.int64(), st.sampled_from([0, 20240131, 1_700_000_000, 1_700_000_000_000, -(2**63), 2**63 - 1])),
    (pa.float32(), st.floats(width=32)),
    (pa.float64(), st.floats()),
    (pa.date32(), DAYS),
    (pa.date64(), DAYS),
    *((pa.timestamp(unit), MOMENTS.map(lambda at: at.replace(microsecond=0))) for unit in ("s", "ms")),
    (pa.timestamp("us"), MOMENTS),
    (pa.timestamp("ms", "UTC"), ZONED.map(lambda at: at.replace(microsecond=0))),
    (pa.timestamp("us", "Europe/Amsterdam"), ZONED),
    *((pa.timestamp("ns", zone), NANOSECONDS) for zone in (None, "UTC", "Asia/Tokyo")),
]


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    """Columns of which each has another kind that can stay, the first three for the needed roles."""
    rows = draw(st.integers(1, 12))
    kinds = [*draw(st.lists(st.sampled_from(KINDS), min_size=2, max_size=5)), KINDS[0], KINDS[2]]
    columns = [pa.array(draw(st.lists(st.none() | values, min_size=rows, max_size=rows))) for kind, values in kinds]
    return pa.table(
        [column.cast(kind) if not pa.types.is_null(column.type) else pa.nulls(rows, kind)
         for column, (kind, _) in zip(columns, kinds, strict=True)],
        names=[f"Kolom {place}" for place in range(len(kinds))],
    )  # fmt: skip


def read(folder: Path, table: pa.Table, *, size: int = 1000) -> RawLog:
    folder.mkdir()
    path = folder / "log.parquet"
    pq.write_table(table, path, row_group_size=size)
    return parquet.read(path, folder / "raw", filename="log.parquet", sha256="0" * 64)


def said(query: str) -> list[str]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'America/New_York'")
        return [repr(row) for row in connection.execute(query).fetchall()]


@settings(deadline=None, max_examples=40)
@given(tables(), st.integers(1, 5))
def test_a_kept_file_says_what_one_written_anew_says(table: pa.Table, size: int) -> None:
    names = table.column_names
    roles = dict(zip(("time", "term_date"), names, strict=False)) | {"case": names[-2], "activity": names[-1]}
    columns = [Column(name) for name in names]
    mapping = Mapping({role: Column(name) for role, name in roles.items()}, required=tuple(columns))  # type: ignore[misc]
    with tempfile.TemporaryDirectory() as folder:
        kept = read(Path(folder) / "kept", table, size=size)
        amounts = pa.array([Decimal("0.5")] * len(table), pa.decimal128(9, 2))
        anew = read(Path(folder) / "anew", table.append_column("bedrag", amounts), size=size)
        assert (kept.numbered_by_place, anew.numbered_by_place) == (True, False)
        types = column_types(anew)
        assert types["event"].pop("bedrag") == "VARCHAR"
        assert column_types(kept) == types
        cells = ", ".join(['e.".sequence"', 'e.".line"', *(text_sql(column, types) for column in columns)])
        texts = [said(f"SELECT {cells} FROM {source_sql(raw)} ORDER BY 1") for raw in (kept, anew)]
        assert texts[0] == texts[1]
        assert len(texts[0]) == kept.events == len(table)
        typed = [typed_rows_sql(raw, mapping, with_wall=True) for raw in (kept, anew)]
        rows = [said(f"SELECT * FROM ({query}) ORDER BY sequence") for query in typed]
        assert rows[0] == rows[1]
        assert repr(profiles(kept)) == repr(profiles(anew)[:-1])


def test_rows_are_numbered_over_row_groups_whatever_columns_are_asked(tmp_path: Path) -> None:
    raw = read(tmp_path / "log", pa.table({"nr": range(300_000), "tekst": ["a"] * 300_000}), size=70_000)
    query = 'count(*), min(".sequence" - nr), max(".sequence" - nr), min(".line" - nr), max(".line" - nr)'
    assert said(f"SELECT {query} FROM {events_sql(raw)}") == ["(300000, 0, 0, 1, 1)"]
    last = f'SELECT tekst, ".line" FROM {events_sql(raw)} ORDER BY ".sequence" DESC LIMIT 1'
    assert said(last) == ["('a', 300000)"]
    assert said(f'SELECT max(".line") FROM {events_sql(raw)}') == ["(300000,)"]


def test_only_the_columns_that_are_asked_are_read(tmp_path: Path) -> None:
    """Of the others not one page is decoded: what is damaged in them is not met."""
    raw = read(tmp_path / "log", pa.table({"goed": range(1000), "stuk": [f"waarde {n}" for n in range(1000)]}))
    (part,) = raw.event_parts()
    chunk, content = pq.read_metadata(part).row_group(0).column(1), bytearray(part.read_bytes())
    begin = chunk.dictionary_page_offset
    content[begin : begin + chunk.total_compressed_size] = bytes(chunk.total_compressed_size)
    part.write_bytes(content)
    assert said(f'SELECT sum(goed), max(".line") FROM {events_sql(raw)}') == ["(499500, 1000)"]
    with pytest.raises(duckdb.Error):
        said(f"SELECT max(hash(stuk)) FROM {events_sql(raw)}")


def test_what_is_left_of_a_kept_file_is_not_offered(tmp_path: Path) -> None:
    raw = read(tmp_path / "log", pa.table({"zaak": ["a"], "lijst": [[1]], "record": [{"a": 1}]}))
    assert raw.numbered_by_place
    assert list(column_types(raw)["event"]) == [".sequence", ".line", "zaak"]


def test_a_raw_log_of_before_has_its_own_numbers(tmp_path: Path) -> None:
    log = read(tmp_path / "log", pa.table({"zaak": ["a", "b"], "veel": pa.array([1, 2], pa.uint64())}))
    described = json.loads((log.folder / DESCRIPTION).read_text(encoding="utf-8"))
    assert described.pop("numbered_by_place") is False
    (log.folder / DESCRIPTION).write_text(json.dumps(described), encoding="utf-8")
    raw = RawLog.open(log.folder)
    assert not raw.numbered_by_place
    assert said(f"SELECT * FROM {events_sql(raw)} ORDER BY 1") == [
        "(0, 1, 'a', '1')",
        "(1, 2, 'b', '2')",
    ]


def test_a_kept_log_is_opened_again_as_it_was(tmp_path: Path) -> None:
    raw = read(tmp_path / "log", pa.table({"zaak": ["a"], "op": [datetime.fromisoformat("2024-01-01T01:00")]}))
    assert RawLog.open(raw.folder) == raw
    assert raw.numbered_by_place
    assert raw.event_parts() == [raw.folder / "events-00000.parquet"]
