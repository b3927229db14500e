"""Delimited text is read whole and right, or refused with the number of the line."""

from __future__ import annotations

import csv
import gzip
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.readers import delimited_dialect, refused
from zichtlijn.analysis.eventlogs.readers.delimited import read

HEAD = "zaaknummer;activiteit;tijdstip\n"


def read_text(folder: Path, text: str | bytes, encoding: str = "utf-8", **options: Any) -> RawLog:
    path = folder / "log.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return read(path, folder / "raw", filename="log.csv", sha256="0" * 64, **options)


def rows(raw: RawLog, columns: str = "*") -> list[Any]:
    query = f"SELECT {columns} FROM read_parquet('{raw.events_glob}') ORDER BY \".sequence\""
    with duckdb.connect() as connection:
        return connection.execute(query).fetchall()


def refusal(folder: Path, text: str | bytes, encoding: str = "utf-8") -> LogError:
    with pytest.raises(LogError) as caught:
        read_text(folder, text, encoding)
    assert not (folder / "raw").exists(), "something was left behind"
    return caught.value


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    text = 'zaak;activiteit;tijd\n1;"a, b | c";2024-01-01\n2;x;2024-01-02\n'.replace(";", delimiter)
    assert rows(read_text(tmp_path, text), "zaak, activiteit, tijd::VARCHAR") == [
        (1, "a, b | c", "2024-01-01 00:00:00"),
        (2, "x", "2024-01-02 00:00:00"),
    ]


def test_the_line_with_which_a_spreadsheet_is_told_the_delimiter_is_no_row(tmp_path: Path) -> None:
    raw = read_text(tmp_path, "sep=|\nzaak|wat|tijd\n1|a;b;c;d|2024-01-01\n")
    assert rows(raw, '".line", wat') == [(3, "a;b;c;d")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    raw = read_text(tmp_path, HEAD + "1;geïnd – café;2024-01-01\n2;één;2024-01-02\n".replace("–", "-"), encoding)
    assert rows(raw, "zaaknummer, activiteit") == [(1, "geïnd - café"), (2, "één")]
    guessed = [problem.code for problem in raw.problems]
    assert guessed == (["encoding-guessed"] if encoding in ("cp1252", "latin-1") else [])


def test_a_zipped_file_is_unpacked_and_bounded(tmp_path: Path) -> None:
    text = (HEAD + "1;x;2024-01-01\n" * 100_000).encode()
    packed = gzip.compress(text[:700_000]) + gzip.compress(text[700_000:])
    assert read_text(tmp_path, packed).events == 100_000
    with pytest.raises(LogError) as caught:
        read_text(tmp_path, packed, max_bytes=1_000_000)
    assert caught.value.code == "file-too-large"
    assert refusal_of_gzip(tmp_path, packed[:-50]) == "gzip-truncated"


def refusal_of_gzip(folder: Path, data: bytes) -> str:
    with pytest.raises(LogError) as caught:
        read_text(folder, data)
    return caught.value.code


def test_lines_are_those_of_the_file_also_after_line_breaks_in_quotes_and_empty_lines(tmp_path: Path) -> None:
    text = (
        HEAD
        + '1;"twee\nregels";2024-01-01\n\n2;x;2024-01-02\r\n;;\n3;"a\r\nb\nc ""d""";2024-01-03\n4;5" pijp;2024-01-04'
    )
    raw = read_text(tmp_path, text)
    assert rows(raw, '".sequence", ".line", zaaknummer, activiteit') == [
        (0, 2, 1, "twee\nregels"),
        (1, 5, 2, "x"),
        (2, 7, 3, 'a\r\nb\nc "d"'),
        (3, 10, 4, '5" pijp'),
    ]
    assert [(problem.code, problem.count, problem.places) for problem in raw.problems] == [
        ("empty-rows", 2, ("4", "6"))
    ]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.text('ab\n";, é', max_size=6), st.text("x\r\n\"' ", max_size=4)), min_size=1, max_size=20))
def test_any_text_comes_back_as_it_was_and_on_its_line(tmp_path: Path, values: list[tuple[str, str]]) -> None:
    text, lines, line = "zaak;een;twee\n", [], 2
    for number, pair in enumerate(values):
        record = f"z{number};" + ";".join('"' + value.replace('"', '""') + '"' for value in pair) + "\n"
        lines.append(line)
        line += record.count("\n")
        text += record
    found = rows(read_text(tmp_path, text), '".line", een, twee')
    assert found == [(line, *pair) for line, pair in zip(lines, values, strict=True)]


@pytest.mark.parametrize("broken", ["5016;x", "5016;x;2024-01-01;extra", '5016;"x;2024-01-01', "5016"])
def test_a_broken_line_is_named_and_nothing_is_read(tmp_path: Path, broken: str) -> None:
    lines = [f'{number};"a {number}";2024-01-01' for number in range(1, 10_000)]
    lines[5_015] = broken
    error = refusal(tmp_path, HEAD + "\n".join(lines) + "\n")
    assert error.line == 5_017


def test_the_line_of_a_broken_record_counts_the_breaks_in_quotes_before_it(tmp_path: Path) -> None:
    good = '1;"een\nopmerking";2024-01-01\n\n'
    error = refusal(tmp_path, HEAD + good * 1_000 + "1;2;3;4\n" + good)
    assert (error.code, error.line, error.params["found"]) == ("fields", 3_002, 4)


def test_a_quotation_mark_that_is_never_closed_is_named(tmp_path: Path) -> None:
    error = refusal(tmp_path, HEAD + "1;x;2024-01-01\n" + '2;"open;2024-01-02\n' + "x " * 6_000_000)
    assert (error.code, error.line) in [("quote-open", 3), ("fields-over-lines", 3)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "no-rows"),
        (b"\n\n", "no-rows"),
        (HEAD.encode(), "no-rows"),
        (HEAD.encode() + b"\n;;\n", "no-rows"),
        (b"alleen een regel tekst\nen nog een\n", "no-columns"),
        (b"Z1;Intake;2024-01-01\nZ2;Intake;2024-01-02\n", "no-header"),
        (b"zaak;tijd;zaak\n1;2;3\n", "column-twice"),
        (b"zaak;tijd\n" + bytes(range(256)) * 100, "not-text"),
        (os.urandom(50_000), "not-text"),
        (b"\xef\xbb\xbfzaak;tijd\n1;2\n3;caf\xe9\n", "encoding-broken"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, text: bytes, code: str) -> None:
    assert refusal(tmp_path, text).code == code


def test_columns_get_a_type_only_when_nothing_is_lost(tmp_path: Path) -> None:
    values = {
        "gehele": ["1", "-20", "0"],
        "nullen": ["007", "7", "08"],
        "komma": ["1,5", "0,25", "3"],
        "bedrag": ["1.234,50", "0,00", "17,10"],
        "punt": ["1.5", "-0.25", "3"],
        "code": ["1.10", "1.1", "2"],
        "lang": ["12345678901234567890", "1", "2"],
        "leeg": ["", "NULL", ""],
        "deels": ["1", "", " "],
        "waar": ["true", "false", "true"],
        "iso": ["2024-12-31", "2024-12-31T23:59", "2024-12-31 23:59:59,5"],
        "zone": ["2024-12-31T23:59:59+01:00", "2024-07-01T00:00:00.123456789+0200", "2024-12-31 23:59Z"],
        "dag": ["31-12-2024 23:59", "1/2/2024", "01.02.24 9:05:01"],
        "maand": ["12/31/2024", "1/2/2024", "01/02/1999 10:00"],
        "bestaat niet": ["31-02-2024", "01-01-2024", "02-01-2024"],
        "zoveelste": ["31-12-2024", "onbekend", "9999"],
    }
    text = ";".join(values) + "\n" + "\n".join(";".join(row) for row in zip(*values.values(), strict=True))
    raw = read_text(tmp_path, text)
    assert raw.event_columns == {
        "gehele": "int64",
        "nullen": "string",
        "komma": "double",
        "bedrag": "double",
        "punt": "double",
        "code": "string",
        "lang": "string",
        "leeg": "string",
        "deels": "int64",
        "waar": "string",
        "iso": "timestamp[us]",
        "zone": "timestamp[us, tz=UTC]",
        "dag": "timestamp[us]",
        "maand": "timestamp[us]",
        "bestaat niet": "string",
        "zoveelste": "string",
    }
    assert rows(raw, "komma, bedrag, deels, dag::VARCHAR, maand::VARCHAR, epoch_us(zone)") == [
        (1.5, 1234.5, 1, "2024-12-31 23:59:00", "2024-12-31 00:00:00", 1735685999000000),
        (0.25, 0.0, None, "2024-02-01 00:00:00", "2024-01-02 00:00:00", 1719784800123456),
        (3.0, 17.1, None, "2024-02-01 09:05:01", "1999-01-02 10:00:00", 1735689540000000),
    ]
    assert raw.details["offsets"] == {"+01:00": 1, "+0200": 1, "Z": 1}


def test_day_and_month_are_told_apart_by_the_whole_column_and_doubt_is_reported(tmp_path: Path) -> None:
    text = "zaak;dag;maand;beide;gemengd\n" + "1;01/02/2024;01/02/2024;01/02/2024;01/02/2024\n" * 70_000
    text += "1;13/02/2024;02/13/2024;03/02/2024;13/02/2024\n1;01/02/2024;01/02/2024;01/02/2024;02/13/2024\n"
    raw = read_text(tmp_path, text)
    assert rows(raw, "month(dag), month(maand), month(beide)")[-2] == (2, 2, 2)
    assert [(each.code, each.detail) for each in raw.problems] == [
        ("day-or-month", "beide"),
        ("day-and-month", "gemengd"),
    ]
    assert raw.event_columns["gemengd"] == "string"


def test_blocks_and_parts_do_not_change_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zichtlijn.analysis.eventlogs.readers.delimited._PART_ROWS", 400_000)
    generator = random.Random(3)
    lines = [f"{number};{generator.random()};2024-01-01" for number in range(600_000)]
    seen: list[tuple[float, int]] = []
    raw = read_text(tmp_path, HEAD + "\n".join(lines), progress=lambda share, events: seen.append((share, events)))
    assert raw.events == 600_000
    assert len(list(raw.folder.glob("events-*.parquet"))) == 2
    assert seen[-1] == (1.0, 600_000)
    assert seen == sorted(seen, key=lambda pair: pair[0])
    query = 'count(*), min(".line" - zaaknummer), max(".line" - zaaknummer), max(".sequence" - zaaknummer)'
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT {query} FROM read_parquet('{raw.events_glob}')").fetchall()
    assert found == [(600_000, 2, 2, 0)]


def test_a_name_that_is_ours_is_changed_and_a_missing_name_gets_a_number(tmp_path: Path) -> None:
    raw = read_text(tmp_path, ".line;;tijd\n1;x;2024-01-01\n")
    assert list(raw.event_columns) == [".line (file)", "column 2", "tijd"]
    assert [(each.code, each.detail) for each in raw.problems] == [("column-unnamed", "column 2")]


def test_every_refusal_has_its_message() -> None:
    for code, message in refused.MESSAGES.items():
        names = re.findall(r"%\((\w+)\)s", message)
        assert str(refused.refused(code, **dict.fromkeys(names, "7"))), code


@pytest.mark.parametrize("place", ["in the first row", "in a later row"])
def test_a_field_may_be_longer_than_the_limit_of_python(tmp_path: Path, place: str, csv_limit: None) -> None:
    long = "x" * 200_000
    text = HEAD + ("" if place == "in the first row" else "1;a;2024-01-01\n") + f"2;{long};2024-01-02\n"
    assert (len(long),) in rows(read_text(tmp_path, text), "len(activiteit)")


def test_a_name_of_a_column_beyond_all_limits_is_refused(
    tmp_path: Path, csv_limit: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited_dialect, "LONGEST_FIELD", 100_000)
    error = refusal(tmp_path, f"a;b;{'x' * 200_000}\n1;2;3\n")
    assert (error.code, error.line) == ("field-broken", 1)


@pytest.fixture
def csv_limit() -> Iterator[None]:
    """The limit of a process that has read nothing yet."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)
