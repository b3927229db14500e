# ruff: noqa: DTZ001 (times without a zone are what is tested)
"""Dates with the month in letters, Dutch or English, are read as times, and proposed as such."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zichtlijn.analysis.eventlogs.model import Column
from zichtlijn.analysis.eventlogs.named_months import MONTHS, as_iso
from zichtlijn.analysis.eventlogs.proposing import propose_mapping
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.readers import read_log
from zichtlijn.analysis.eventlogs.readers.written_values import WrittenColumn

WRITTEN = {
    "3 maart 2024 14:05": datetime(2024, 3, 3, 14, 5),
    "03-mrt-2024": datetime(2024, 3, 3),
    "Mar 3, 2024": datetime(2024, 3, 3),
    "3-mrt.-24": datetime(2024, 3, 3),
    "3 mrt. 2024": datetime(2024, 3, 3),
    "31-DEC-99 23:59:59": datetime(1999, 12, 31, 23, 59, 59),
    "1/Oct/2024": datetime(2024, 10, 1),
    "1 oktober 2024 om 9:05 uur": datetime(2024, 10, 1, 9, 5),
    "May 31 2024, 09:05": datetime(2024, 5, 31, 9, 5),
    "29.Feb.2024": datetime(2024, 2, 29),
    "September 9, 2024 at 00:00:00.250": datetime(2024, 9, 9, 0, 0, 0, 250_000),
}
NONE = ["3 maar 2024", "32 mei 2024", "30 februari 2024", "mei 2024", "3 mei 2024 25:00", "Mar 3, 24", "13 13 2024"]
NAMES = [(number, name) for number, names in enumerate(MONTHS, 1) for name in names]


def typed(texts: list[str | None]) -> tuple[pa.DataType, list[object]]:
    """What a column of these texts becomes."""
    column, values = WrittenColumn("moment"), pa.array(texts, pa.string())
    column.look(values)
    read = column.read(values)
    return read.type, read.to_pylist()


def test_a_column_of_them_holds_times(tmp_path: Path) -> None:
    assert typed([*WRITTEN, None, " "]) == (pa.timestamp("us"), [*WRITTEN.values(), None, None])


@pytest.mark.parametrize("text", NONE)
def test_a_column_with_something_else_stays_text(text: str) -> None:
    texts = ["3 maart 2024", text]
    assert typed([*texts]) == (pa.string(), texts)


@settings(deadline=None)
@given(st.dates(datetime(1900, 1, 1).date(), datetime(2199, 12, 31).date()), st.sampled_from(NAMES), st.booleans())
def test_every_name_is_its_month(day: datetime, named: tuple[int, str], turned: bool) -> None:
    number, name = named
    text = f"{name} {min(day.day, 28)}, {day.year}" if turned else f"{min(day.day, 28)} {name.upper()} {day.year}"
    assert as_iso(pa.array([text])).to_pylist() == [f"{day.year}-{number:02}-{min(day.day, 28):02} 00:00"]


def registration() -> list[list[str]]:
    """Of names of columns that tell nothing."""
    moments = [
        f"{1 + case % 28} {('maart', 'mei', 'okt')[event]} 2024 1{event}:05" for case in range(60) for event in range(3)
    ]
    rows = [[f"Z{place // 3}", f"stap {place % 3}", moment] for place, moment in enumerate(moments)]
    return [["kolom a", "kolom b", "kolom c"], *rows]


def in_csv(folder: Path, rows: list[list[str]]) -> RawLog:
    path = folder / "log.csv"
    path.write_text("\n".join(";".join(row) for row in rows))
    return read_log(path, folder / "raw")


def in_workbook(folder: Path, rows: list[list[str]]) -> RawLog:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "log.xlsx")
    return read_log(folder / "log.xlsx", folder / "raw")


@pytest.mark.parametrize("read", [in_csv, in_workbook])
def test_such_a_column_of_a_file_is_proposed_as_the_time(read: object, tmp_path: Path) -> None:
    raw = read(tmp_path, registration())  # type: ignore[operator]
    assert propose_mapping(raw).mapping.roles["time"] == Column("kolom c")
    with duckdb.connect() as database:
        found = database.execute(f'SELECT min("kolom c"), max("kolom c") FROM \'{raw.events_glob}\'').fetchall()
    assert found == [(datetime(2024, 3, 1, 10, 5), datetime(2024, 10, 28, 12, 5))]
