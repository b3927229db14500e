"""Statements are read from rows with Dutch or English headings; a row that cannot be read is named."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from zichtlijn.analysis.chains.stated_figures import DUTCH, NAMES, WHATS, Statement, read_json, read_rows
from zichtlijn.analysis.eventlogs.model import LogError

ROW = {"Datum": "30-06-2023", "Organisatie": "IND", "Wat": "Stand", "Waarde": "1.250"}


def _row(**changes: Any) -> dict[str, Any]:
    return {key: value for key, value in {**ROW, **changes}.items() if value is not None}


def test_a_dutch_and_an_english_row_say_the_same() -> None:
    dutch = _row(Regio="Drenthe", Bron="Jaarverslag")
    english = {"date": "2023-06-30", "organisation": "IND", "what": "level", "value": 1250}
    english |= {"region": "Drenthe", "source": "Jaarverslag"}
    expected = Statement(date(2023, 6, 30), "IND", "level", 1250.0, "Drenthe", None, "Jaarverslag", 1)
    assert read_rows([dutch]) == read_rows([english]) == (expected,)


@pytest.mark.parametrize(
    ("written", "value"),
    [("1.250", 1250), ("12,5", 12.5), ("12.5", 12.5), ("1.234.567,5", 1_234_567.5), (7, 7), (0, 0), (3.25, 3.25)],
)
def test_numbers_are_read_as_they_are_written_in_dutch(written: Any, value: float) -> None:
    assert read_rows([_row(Waarde=written)])[0].value == value


@pytest.mark.parametrize(
    "written", [date(2023, 6, 30), datetime(2023, 6, 30, 9, tzinfo=UTC), "2023-06-30", " 30-6-2023 "]
)
def test_dates_of_a_workbook_and_of_text_are_read(written: Any) -> None:
    assert read_rows([_row(Datum=written)])[0].on == date(2023, 6, 30)


def test_empty_rows_are_skipped_and_rows_keep_their_number() -> None:
    rows = [_row(), {"Datum": "", "Organisatie": None}, _row(Wat="langste wachttijd", Waarde="90")]
    assert [statement.row for statement in read_rows(rows)] == [1, 3]


def test_everything_that_can_be_stated_has_a_name_and_a_dutch_word() -> None:
    assert set(NAMES) == set(WHATS) == set(DUTCH.values())


WRONG = {
    "statement-missing": {"Organisatie": " "},
    "statement-column": {"Kleur": "rood"},
    "statement-what": {"Wat": "tevredenheid"},
    "statement-date": {"Datum": "31-02-2023"},
    "statement-value": {"Waarde": "veel"},
    "statement-period": {"Wat": "instroom"},
    "statement-order": {"Wat": "uitstroom", "Sinds": "2024-01-01"},
}


@pytest.mark.parametrize("code", WRONG)
def test_a_row_that_cannot_be_read_is_named_and_nothing_is_read(code: str) -> None:
    with pytest.raises(LogError) as refused:
        read_rows([_row(), _row(**WRONG[code])])
    assert (refused.value.code, refused.value.line) == (code, 2)


@pytest.mark.parametrize("value", [-1, "nan", "inf", True, "1e999"])
def test_a_value_that_is_no_number_from_zero_is_refused(value: Any) -> None:
    with pytest.raises(LogError):
        read_rows([_row(Waarde=value)])


def test_a_json_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "stated.json"
    path.write_text(json.dumps([ROW]), encoding="utf-8")
    assert read_json(path) == read_rows([ROW])


@pytest.mark.parametrize("content", ["{", '{"a": 1}', "[1]", "null"])
def test_another_json_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "stated.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LogError) as refused:
        read_json(path)
    assert refused.value.code == "statements-file"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LogError):
        read_json(tmp_path / "nothing.json")
