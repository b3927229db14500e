"""Workbooks are read as tables, or refused before they can do harm."""

# ruff: noqa: DTZ001 (cells have no zone)
from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import Workbook

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.readers.workbook import read

HEAD = ["zaaknummer", "activiteit", "tijdstip"]
ROW = [1, "x", datetime(2024, 1, 1, 10)]


def book(folder: Path, *sheets: list[list[Any]]) -> Path:
    made = Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets, 1):
        sheet = made.create_sheet(f"blad {number}")
        for row in rows:
            sheet.append(row)
    path = folder / "log.xlsx"
    made.save(path)
    return path


def read_file(path: Path, **options: Any) -> RawLog:
    return read(path, path.parent / "raw", filename=path.name, sha256="0" * 64, **options)


def refusal(path: Path, **options: Any) -> LogError:
    with pytest.raises(LogError) as caught:
        read_file(path, **options)
    assert not (path.parent / "raw").exists(), "something was left behind"
    return caught.value


def rows(raw: RawLog, columns: str) -> list[Any]:
    with duckdb.connect() as connection:
        query = f"SELECT {columns} FROM read_parquet('{raw.events_glob}') ORDER BY \".sequence\""
        return connection.execute(query).fetchall()


def added_to(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return path


def test_cells_become_values_of_one_type_per_column(tmp_path: Path) -> None:
    head = [*HEAD, "dag", "bedrag", "nummer", "tekst", "waar", "uur"]
    values = [
        [1, "x", datetime(2024, 1, 1, 10, 30), date(2024, 1, 1), 1.5, "007", "a", True, time(9, 30)],
        [2, "y", datetime(2024, 1, 2), date(2024, 1, 2), 2, 8, None, False, None],
    ]
    raw = read_file(book(tmp_path, [head, *values]))
    assert dict(raw.event_columns) == {
        "zaaknummer": "int64",
        "activiteit": "string",
        "tijdstip": "timestamp[us]",
        "dag": "timestamp[us]",
        "bedrag": "double",
        "nummer": "string",
        "tekst": "string",
        "waar": "string",
        "uur": "string",
    }
    assert rows(raw, '".line", zaaknummer, tijdstip::VARCHAR, nummer, waar, uur') == [
        (2, 1, "2024-01-01 10:30:00", "007", "true", "09:30:00"),
        (3, 2, "2024-01-02 00:00:00", "8", "false", None),
    ]


def test_the_first_sheet_with_names_is_read_and_the_rest_is_named(tmp_path: Path) -> None:
    title = [["Overzicht zaken 2024"], [], HEAD, ROW]
    raw = read_file(book(tmp_path, [["alleen een titel"]], title, [["a", "b"], [1, 2]]))
    assert raw.details["sheet"] == "blad 2"
    assert rows(raw, '".line", zaaknummer') == [(4, 1)]
    assert [(each.code, each.places, each.detail) for each in raw.problems] == [
        ("rows-before", ("1",), ""),
        ("other-sheets", (), "blad 1, blad 3"),
    ]


def test_a_sheet_can_be_named(tmp_path: Path) -> None:
    path = book(tmp_path, [HEAD, ROW], [["a", "b"], [1, 2]])
    assert list(read_file(path, sheet="blad 2").event_columns) == ["a", "b"]
    (tmp_path / "other").mkdir()
    assert refusal(path.rename(tmp_path / "other/log.xlsx"), sheet="blad 9").code == "workbook-sheet"


def test_empty_rows_are_left_out_and_lines_are_those_of_the_sheet(tmp_path: Path) -> None:
    raw = read_file(book(tmp_path, [HEAD, ROW, [], [None, None, None], ROW, [], []]))
    assert rows(raw, '".line"') == [(2,), (5,)]
    assert [(each.code, each.count, each.places) for each in raw.problems] == [("empty-rows", 2, ("3", "4"))]


def test_formulas_without_a_value_and_errors_are_reported(tmp_path: Path) -> None:
    raw = read_file(book(tmp_path, [HEAD, [1, "=1+1", datetime(2024, 1, 1)], [2, "#N/A", datetime(2024, 1, 2)]]))
    assert rows(raw, "activiteit") == [(None,), (None,)]
    assert [(each.code, each.places) for each in raw.problems] == [
        ("cell-error", ("3",)),
        ("formula-without-value", ("2",)),
    ]


def test_a_row_with_more_cells_than_names_is_refused_with_its_number(tmp_path: Path) -> None:
    error = refusal(book(tmp_path, [HEAD, ROW, [*ROW, None, "los"], ROW]))
    assert (error.code, error.line, error.params) == ("fields", 3, {"found": 5, "expected": 3})


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ([], "workbook-no-table"),
        ([["een"], ["twee"]], "workbook-no-table"),
        ([HEAD], "no-rows"),
        ([HEAD, [None, " "]], None),
        ([["a", "b", "a"], [1, 2, 3]], "column-twice"),
        ([ROW, ROW], "no-header"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, sheet: list[list[Any]], code: str | None) -> None:
    if code is None:
        assert read_file(book(tmp_path, sheet)).events == 1
    else:
        assert refusal(book(tmp_path, sheet)).code == code


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = added_to(book(tmp_path, [HEAD, ROW]), "xl/media/zeros.bin", bytes(50_000_000))
    assert path.stat().st_size < 100_000
    assert refusal(path, max_bytes=10_000_000).code == "file-too-large"


def test_a_sheet_with_an_endless_row_number_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path, [HEAD, ROW])
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'<row r="2"', b'<row r="99999999"')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, content in parts.items():
            packed.writestr(part, content)
    assert refusal(path).code == "workbook-broken"


def test_links_to_other_files_are_refused(tmp_path: Path) -> None:
    path = added_to(book(tmp_path, [HEAD, ROW]), "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    assert refusal(path).code == "workbook-external"


def test_locked_old_damaged_and_other_files_are_refused(tmp_path: Path) -> None:
    path = book(tmp_path, [HEAD, ROW])
    whole = path.read_bytes()
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000))
    assert refusal(path).code == "workbook-encrypted"
    path.write_bytes(whole[: len(whole) // 2])
    assert refusal(path).code == "workbook-broken"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    assert refusal(path).code == "workbook-broken"
    path.write_bytes(whole)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:-40]
    with zipfile.ZipFile(path, "w") as packed:
        for part, content in parts.items():
            packed.writestr(part, content)
    assert refusal(path).code == "workbook-broken"


def test_a_document_type_in_a_sheet_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path, [HEAD, ROW])
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    declared = b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;&b;">]>'
    parts["xl/worksheets/sheet1.xml"] = declared + parts["xl/worksheets/sheet1.xml"]
    with zipfile.ZipFile(path, "w") as packed:
        for part, content in parts.items():
            packed.writestr(part, content)
    assert refusal(path).code == "workbook-broken"


def test_progress_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zichtlijn.analysis.eventlogs.readers.workbook._TOLD", 10)
    monkeypatch.setattr("zichtlijn.analysis.eventlogs.readers.staged_texts._PART_ROWS", 7)
    seen: list[tuple[float, int]] = []
    raw = read_file(book(tmp_path, [HEAD, *([ROW] * 100)]), progress=lambda share, count: seen.append((share, count)))
    assert raw.events == 100
    assert seen[-1] == (1.0, 100)
    assert seen == sorted(seen)
