"""A file of stated figures: a table (CSV or XLSX) with the headings of ``stated_figures``, or JSON."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from collections.abc import Mapping as Values
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, TypeGuard, get_args

from openpyxl import load_workbook

from zichtlijn.analysis.chains.stated_figures import Statement, What, read_json, read_numbered
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.readers.delimited_dialect import dialect_of
from zichtlijn.analysis.texts import gettext_noop

MOST_STATEMENTS = 2_000
MOST_UNPACKED = 40 << 20
"""Bytes that a workbook may unpack to."""
Numbered = Iterator[tuple[int, dict[str, Any]]]


def read_statements(path: Path, filename: str = "") -> tuple[Statement, ...]:
    """The statements in a file, by what is in it. Their ``row`` is the line of the file, for JSON the record.

    Raises LogError with that number for the first one that cannot be read; then nothing is read.
    """
    start = _start_of(path, filename)
    if start.startswith(b"PK"):
        found = read_numbered(_rows_of_workbook(path, filename or path.name))
    elif start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{"):
        found = read_json(path)
    else:
        found = read_numbered(_rows_of_text(path))
    if not found:
        raise LogError("statements-none", gettext_noop("The file holds no figures."))
    if len(found) > MOST_STATEMENTS:
        message = gettext_noop("The file holds more than %(number)s figures, the most that can be read at once.")
        raise LogError("statements-many", message, number=MOST_STATEMENTS)
    return found


def as_json(statements: tuple[Statement, ...]) -> list[dict[str, Any]]:
    """Plain JSON values; ``from_json`` gives the same statements back."""
    return [
        {
            "on": each.on.isoformat(),
            "organisation": each.organisation,
            "what": each.what,
            "value": each.value,
            "region": each.region,
            "since": each.since.isoformat() if each.since else None,
            "source": each.source,
            "row": each.row,
        }
        for each in statements
    ]


def from_json(values: list[dict[str, Any]]) -> tuple[Statement, ...]:
    """What ``as_json`` gave. Raises LogError for anything else."""
    try:
        return tuple(_statement(each) for each in values)
    except (KeyError, TypeError, ValueError) as error:
        raise LogError("statements-kept", gettext_noop("The kept figures cannot be read.")) from error


def _statement(values: Values[str, Any]) -> Statement:
    what = values["what"]
    if not _is_what(what):
        raise ValueError(what)
    since = date.fromisoformat(values["since"]) if values["since"] else None
    return Statement(
        date.fromisoformat(values["on"]),
        values["organisation"],
        what,
        float(values["value"]),
        values["region"],
        since,
        values["source"],
        values["row"],
    )


def _is_what(value: object) -> TypeGuard[What]:
    return value in get_args(What)


def _start_of(path: Path, filename: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except OSError as error:
        raise LogError(
            "statements-file", gettext_noop("%(name)s cannot be read."), name=filename or path.name
        ) from error


def _rows_of_text(path: Path) -> Numbered:
    dialect = dialect_of(path, MOST_UNPACKED)
    text = path.read_bytes().decode(dialect.encoding, errors="replace").removeprefix("\ufeff")
    body = "".join(text.splitlines(keepends=True)[dialect.skipped :])
    reader = csv.reader(StringIO(body, newline=""), delimiter=dialect.delimiter, strict=True)
    names = next(reader)
    line = dialect.first_line
    try:
        for cells in reader:
            yield line, _row(names, cells, line)
            line = dialect.skipped + reader.line_num + 1
    except csv.Error as error:
        raise LogError("statements-line", gettext_noop("The line cannot be taken apart into columns."), line) from error


def _row(names: list[str], cells: list[Any], line: int) -> dict[str, Any]:
    if any(str(cell).strip() for cell in cells[len(names) :] if cell is not None):
        raise LogError("statements-wide", gettext_noop("The line has more values than there are columns."), line)
    return {name: cell for name, cell in zip(names, cells, strict=False) if str(name).strip()}


def _rows_of_workbook(path: Path, filename: str) -> Numbered:
    """The first sheet; its first row with something in it has the headings."""
    broken = LogError(
        "statements-workbook", gettext_noop("%(name)s is not a workbook that can be read."), name=filename
    )
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise broken
        book = load_workbook(BytesIO(path.read_bytes()), read_only=True, data_only=True, keep_links=False)
        rows = [list(cells) for cells in book.worksheets[0].iter_rows(values_only=True, max_row=MOST_STATEMENTS * 2)]
        book.close()
    except LogError:
        raise
    except Exception as error:  # a damaged workbook breaks its reader in many ways
        raise broken from error
    names: list[str] = []
    for number, cells in enumerate(rows, start=1):
        if not names:
            names = ["" if cell is None else str(cell) for cell in cells]
            names = names if any(name.strip() for name in names) else []
        else:
            yield number, _row(names, cells, number)
