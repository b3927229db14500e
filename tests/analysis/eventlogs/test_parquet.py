"""Parquet becomes a raw log, whatever its types."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.raw_tables import column_types, events_sql
from zichtlijn.analysis.eventlogs.readers.parquet import read


def written(folder: Path, table: pa.Table, **options: Any) -> Path:
    path = folder / "log.parquet"
    pq.write_table(table, path, **options)
    return path


def read_file(path: Path, **options: Any) -> RawLog:
    return read(path, path.parent / "raw", filename=path.name, sha256="0" * 64, **options)


def refusal(path: Path, **options: Any) -> str:
    with pytest.raises(LogError) as caught:
        read_file(path, **options)
    assert not (path.parent / "raw").exists(), "something was left behind"
    return caught.value.code


def test_types_become_those_of_a_raw_log(tmp_path: Path) -> None:
    moment = datetime(2024, 7, 1, 12, tzinfo=UTC)
    table = pa.table(
        {
            "text": pa.array(["a"], pa.large_string()),
            "dictionary": pa.array(["b"]).dictionary_encode(),
            "nano": pa.array([1_719_835_200_123_456_789], pa.timestamp("ns")),
            "zoned": pa.array([moment], pa.timestamp("ms", "Europe/Amsterdam")),
            "day": pa.array([date(2024, 7, 1)]),
            "small": pa.array([7], pa.uint8()),
            "huge": pa.array([2**63 + 1], pa.uint64()),
            "number": pa.array([Decimal(12)], pa.decimal128(10, 0)),
            "amount": pa.array([Decimal("1.10")], pa.decimal128(10, 2)),
            "half": pa.array([0.5], pa.float32()),
            "truth": pa.array([True]),
            "nothing": pa.nulls(1),
            ".line": pa.array([9]),
        }
    )
    raw = read_file(written(tmp_path, table))
    with duckdb.connect() as connection:
        found = connection.sql(f"SELECT * FROM read_parquet('{raw.events_glob}')").to_arrow_table()
    utc, local = pa.timestamp("us", "UTC"), pa.timestamp("us")
    assert dict(raw.event_columns) == {
        **dict.fromkeys(["text", "dictionary", "huge", "amount", "nothing"], "string"),
        "nano": str(local),
        "zoned": str(utc),
        "day": str(local),
        "small": "int64",
        "number": "int64",
        "half": "double",
        "truth": "bool",
        ".line (file)": "int64",
    }
    row = found.to_pylist()[0]
    assert (row["nano"].microsecond, row["zoned"].timestamp(), row["day"].isoformat()) == (
        123_456,
        moment.timestamp(),
        "2024-07-01T00:00:00",
    )
    assert (row["huge"], row["amount"], row["number"], row[".line"], row[".line (file)"]) == (
        str(2**63 + 1),
        "1.10",
        12,
        1,
        9,
    )


def test_a_file_that_can_stay_is_copied_and_not_tied_to_the_file_it_came_from(tmp_path: Path) -> None:
    path = written(tmp_path, pa.table({"text": ["a", "b"], "day": [date(2024, 7, 1)] * 2, "list": [[1], [2]]}))
    content = path.read_bytes()
    raw = read_file(path)
    (part,) = raw.event_parts()
    assert raw.numbered_by_place
    assert part.read_bytes() == content
    assert dict(raw.event_columns) == {"text": "string", "day": "date32[day]"}
    with path.open("r+b") as file:  # written over in its place, as some tools do
        file.write(b"PAR0")
    assert part.read_bytes() == content


@pytest.mark.parametrize(
    "columns",
    [
        {"Day": ["1"], "day": ["2"]},
        {".Line": ["1"]},
        {"file_row_number": ["1"], "b": ["2"]},
        {"": ["1"], "b": ["2"]},
        {"huge": pa.array([2**63], pa.uint64())},
        {"half": pa.array([0.5], pa.float32()).cast(pa.float16())},
        {"nothing": pa.nulls(1)},
        {"forever": pa.array([2**63 - 1], pa.timestamp("ns"))},  # the database takes it for no time at all
        {"far": pa.array([10**16], pa.timestamp("ms"))},
    ],
    ids="-".join,
)
def test_a_file_that_cannot_stay_is_written_anew(tmp_path: Path, columns: dict[str, Any]) -> None:
    raw = read_file(written(tmp_path, pa.table(columns)))
    assert not raw.numbered_by_place
    with duckdb.connect() as connection:
        found = connection.execute(f'SELECT ".sequence", ".line" FROM {events_sql(raw)}').fetchall()
    assert found == [(0, 1)]


@pytest.mark.parametrize(
    "options",
    [
        {"use_deprecated_int96_timestamps": True},
        {"use_dictionary": False, "column_encoding": {"text": "DELTA_BYTE_ARRAY"}},
        {"use_dictionary": False, "column_encoding": {"text": "DELTA_LENGTH_BYTE_ARRAY"}},
    ],
    ids=str,
)
def test_a_file_of_a_rare_make_is_written_anew(tmp_path: Path, options: dict[str, Any]) -> None:
    moments = pa.array([-1, 1_719_835_200_123_456_789], pa.timestamp("ns"))
    raw = read_file(written(tmp_path, pa.table({"text": ["a", "b"], "moment": moments}), **options))
    assert not raw.numbered_by_place
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT text, epoch_us(moment) FROM {events_sql(raw)}").fetchall()
    assert found == [("a", 0), ("b", 1_719_835_200_123_456)]


def test_columns_that_hold_tables_or_bytes_are_left_and_named(tmp_path: Path) -> None:
    table = pa.table({"case": ["a"], "list": [[1]], "record": [{"a": 1}], "bytes": [b"x"]})
    raw = read_file(written(tmp_path, table))
    assert list(raw.event_columns) == ["case"]
    assert [(each.code, each.detail) for each in raw.problems] == [
        ("column-left", name) for name in ("list", "record", "bytes")
    ]


def test_rows_keep_their_order_over_parts(tmp_path: Path) -> None:
    seen: list[tuple[float, int]] = []
    path = written(tmp_path, pa.table({"nr": range(700_000)}), row_group_size=300_000)
    raw = read_file(path, progress=lambda share, rows: seen.append((share, rows)))
    query = 'count(*), min(".sequence" - nr), max(".sequence" - nr), max(".line" - nr)'
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT {query} FROM {events_sql(raw)}").fetchall()
    assert found == [(700_000, 0, 0, 1)]
    assert seen[-1] == (1.0, 700_000)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, pa.table({"nr": range(100_000), "text": [f"value {n}" for n in range(100_000)]}))
    whole = path.read_bytes()
    path.write_bytes(whole[:-100])
    assert refusal(path) == "parquet-broken"
    path.write_bytes(whole[:500] + bytes(2000) + whole[2500:])
    assert refusal(path) == "parquet-broken"
    path.write_bytes(b"PAR1")
    assert refusal(path) == "parquet-broken"


@pytest.mark.parametrize("other", [{}, {"amount": [Decimal("1.10")] * 3000}], ids=["kept", "anew"])
@pytest.mark.parametrize("compression", ["zstd", "snappy", "none"])
def test_damage_in_one_page_of_one_column_is_found(
    tmp_path: Path, compression: str, other: dict[str, list[Decimal]]
) -> None:
    """Also in a later row group, and where nothing tells it but that the text is no text any more."""
    texts = [f"waarde {place}" for place in range(3000)]
    table = pa.table({"nr": range(3000), "text": texts, **other})
    path = written(tmp_path, table, row_group_size=1000, compression=compression)
    whole = path.read_bytes()
    for group in range(3):
        chunk = pq.read_metadata(path).row_group(group).column(1)
        middle = chunk.dictionary_page_offset + chunk.total_compressed_size // 3
        path.write_bytes(whole[:middle] + b"\xff" * 40 + whole[middle + 40 :])
        assert refusal(path) == "parquet-broken"
    path.write_bytes(whole)
    assert read_file(path).numbered_by_place is not bool(other)


def test_no_rows_doubled_names_and_too_much_are_refused(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, pa.table({"a": pa.array([], pa.string())}))) == "no-rows"
    twice = pa.table([pa.array([1]), pa.array([2])], names=["a", "a"])
    assert refusal(written(tmp_path, twice)) == "column-twice"
    zeros = pa.table({"a": pa.array(["x" * 1000] * 100_000)})
    path = written(tmp_path, zeros, use_dictionary=False, compression="zstd")
    assert path.stat().st_size < 1_000_000
    assert refusal(path, max_bytes=1_000_000) == "file-too-large"


@pytest.mark.needs_shared
def test_the_fines_are_read(shared: Path, tmp_path: Path) -> None:
    raw = read(shared / "logs/traffic_fines_full.parquet", tmp_path / "raw", filename="fines.parquet", sha256="0" * 64)
    assert raw.events == 561_470
    assert raw.event_columns["ts"] == "timestamp[ns]"
    assert column_types(raw)["event"]["ts"] == "TIMESTAMP"
    assert ".order" in raw.event_columns
