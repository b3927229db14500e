"""Exports of a list: CSV and XLSX, row by row, so that a long list needs no memory."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from .columns import Column, Value

BOM = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MOST_XLSX_ROWS = 1_048_576 - 1
XLSX_TEXT = 32_767
DATE_FORMAT = "yyyy-mm-dd"


class TooManyRowsError(ValueError):
    """The list has more rows than the file format can hold."""


def without_formula(text: str) -> str:
    """Text that a spreadsheet cannot take for a formula: an apostrophe goes before the signs that start one.

    Signs as in the OWASP page on CSV injection. Numbers are not text and keep their sign.
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class _Echo:
    """A file that gives back what is written, for ``csv.writer``."""

    def write(self, line: str) -> str:
        return line


def csv_lines(columns: list[Column], rows: Iterable[Any]) -> Iterator[str]:
    """The lines of the CSV file, heading first.

    Made for Excel with Dutch settings, which splits at semicolons (the comma is its decimal sign) and reads UTF-8 only
    after a byte order mark; decimals have a comma, dates are ISO 8601.
    """
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield BOM + writer.writerow([without_formula(str(column.label)) for column in columns])
    for row in rows:
        yield writer.writerow([_csv_cell(column.plain(row)) for column in columns])


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return _local(value).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return f"{value}".replace(".", ",")
    return without_formula(value.replace("\x00", ""))


def xlsx_file(title: str, columns: list[Column], rows: Iterable[Any]) -> IO[bytes]:
    """An XLSX workbook in an anonymous temporary file, read from the start. Raises TooManyRowsError."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, {**options, "default_date_format": DATE_FORMAT})
    sheet = book.add_worksheet(_sheet_name(title))
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    moment = book.add_format({"num_format": f"{DATE_FORMAT} hh:mm"})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, without_formula(str(column.label)), bold)
    for line, row in enumerate(rows, start=1):
        if line > MOST_XLSX_ROWS:
            target.close()
            raise TooManyRowsError(MOST_XLSX_ROWS)
        for place, column in enumerate(columns):
            _write_cell(sheet, line, place, column.plain(row), moment)
    book.close()
    target.seek(0)
    return target


def _write_cell(sheet: Any, line: int, place: int, value: Value, moment: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(line, place, _("yes") if value else _("no"))
    elif isinstance(value, datetime):
        sheet.write_datetime(line, place, _local(value), moment)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, without_formula(value)[:XLSX_TEXT])


def _local(moment: datetime) -> datetime:
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def _sheet_name(title: str) -> str:
    # Excel allows 31 characters and none of these signs in the name of a sheet.
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in title)[:31].strip() or "list"
