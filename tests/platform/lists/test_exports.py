"""Exports: all rows of the selection, readable by Dutch Excel, and never a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from zichtlijn.platform.lists import exports
from zichtlijn.platform.lists.columns import Column
from zichtlijn.platform.lists.exports import csv_lines, without_formula, xlsx_file

ClientOf = Callable[[Any], Client]
Person = Callable[..., Any]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://example.org")']


def csv_of(client: Client, query: str = "") -> list[list[str]]:
    answer = client.get(f"/people/?format=csv&{query}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def sheet_of(client: Client, query: str = "") -> list[tuple[Any, ...]]:
    answer = client.get(f"/people/?format=xlsx&{query}")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return list(book.active.iter_rows(values_only=True))


def test_the_csv_has_every_row_of_the_selection_and_the_export_columns(
    dave: Any, client_of: ClientOf, person: Person
) -> None:
    for number in range(7):
        person(f"P{number}")
    person("Ada", role="analyst")
    heading, *rows = csv_of(client_of(dave), "role=reader&sort=-name")
    assert heading == ["Name", "Role", "E-mail", "Joined", "Saved filters", "Number"]
    assert [row[0] for row in rows] == [f"P{number}" for number in range(6, -1, -1)]


def test_the_csv_is_made_for_excel_with_dutch_settings(dave: Any, client_of: ClientOf, person: Person) -> None:
    person("Zoë; de eerste")
    answer = client_of(dave).get("/people/?format=csv")
    data = b"".join(answer.streaming_content)
    assert data.startswith("\ufeffName;Role".encode())
    assert '"Zoë; de eerste";reader'.encode() in data
    assert data.count(b"\r\n") == 2
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="test-people-')


def test_numbers_dates_and_truth_read_well_in_csv() -> None:
    columns = [Column(name, name) for name in ("money", "day", "moment", "truth", "nothing")]
    row = SimpleNamespace(
        money=Decimal("-12.50"),
        day=date(2024, 2, 1),
        moment=datetime(2024, 7, 1, 12, tzinfo=UTC),
        truth=True,
        nothing=None,
    )
    assert list(csv_lines(columns, [row]))[1].strip() == "-12,50;2024-02-01;2024-07-01 14:00:00;yes;"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(dave: Any, client_of: ClientOf, person: Person, text: str) -> None:
    person(text)
    client = client_of(dave)
    assert csv_of(client)[1][0] == f"'{text}"
    cell = sheet_of(client)[1][0]
    assert str(cell).startswith("'")


@given(st.text())
def test_escaped_text_never_starts_as_a_formula_and_loses_nothing(text: str) -> None:
    escaped = without_formula(text)
    assert not escaped.startswith(exports.FORMULA_STARTS)
    assert escaped.removeprefix("'") == text.removeprefix("'")


def test_the_workbook_holds_the_same_rows_with_real_numbers_and_dates(
    dave: Any, client_of: ClientOf, person: Person
) -> None:
    ada = person("Ada")
    heading, row = sheet_of(client_of(dave))
    assert heading == ("Name", "Role", "E-mail", "Joined", "Saved filters", "Number")
    assert row == ("Ada", "reader", None, datetime(2024, 1, 1, 13), None, ada.pk)  # noqa: DTZ001 - Excel knows no zones


def test_a_negative_number_stays_a_number() -> None:
    book = xlsx_file("Numbers", [Column("n", "N")], [SimpleNamespace(n=-5)])
    assert openpyxl.load_workbook(book).active["A2"].value == -5


def test_a_title_that_excel_forbids_still_gives_a_workbook() -> None:
    book = xlsx_file("Budget [2024]: in/out? " * 3, [Column("n", "N")], [])
    assert len(openpyxl.load_workbook(book).sheetnames[0]) <= 31


def test_more_rows_than_a_sheet_can_hold_are_refused_with_the_way_out(
    dave: Any, client_of: ClientOf, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_XLSX_ROWS", 1)
    person("Ada")
    person("Bea")
    answer = client_of(dave).get("/people/?format=xlsx&role=reader", follow=True)
    assert answer.redirect_chain == [("/people/?role=reader", 302)]
    assert "CSV" in answer.content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_filter_that_is_not_understood_gives_no_file(
    dave: Any, client_of: ClientOf, person: Person, form: str
) -> None:
    person("Ada")
    answer = client_of(dave).get(f"/people/?format={form}&role=king")
    assert answer["Content-Type"].startswith("text/html")
    assert "There is no export" in answer.content.decode()


def test_an_unknown_format_is_the_page(dave: Any, client_of: ClientOf) -> None:
    assert client_of(dave).get("/people/?format=exe")["Content-Type"].startswith("text/html")


def test_rows_are_sent_while_they_are_read() -> None:
    asked = []

    def rows() -> Any:
        for number in range(3):
            asked.append(number)
            yield SimpleNamespace(n=number)

    lines = csv_lines([Column("n", "N")], rows())
    next(lines)
    next(lines)
    assert asked == [0]
