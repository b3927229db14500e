"""Workbooks (XLSX): the first sheet that begins with names of columns, or the one that is named.

A cell becomes text as it is kept in the workbook, dates as ISO; after the last row the columns get their types as those
of delimited text do. ``.line`` is the number of the row in the sheet.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from zichtlijn.analysis.eventlogs.model import LogError, Problem
from zichtlijn.analysis.eventlogs.raw import RawLog, RawWriter
from zichtlijn.analysis.eventlogs.readers.broken import broken
from zichtlijn.analysis.eventlogs.readers.delimited_dialect import checked_names
from zichtlijn.analysis.eventlogs.readers.refused import refused
from zichtlijn.analysis.eventlogs.readers.staged_texts import StagedTexts
from zichtlijn.analysis.eventlogs.readers.written_values import written_details, written_problems

Progress = Callable[[float, int], None]
Row = tuple[Any, ...]
_MOST_BYTES = 2 << 30  # unpacked, when the caller names no limit
_MOST_ROWS, _MOST_PARTS = 1_048_576, 5_000  # of a sheet; of a workbook
_HEADER_WITHIN = 20  # rows
_PLACES = 5
_TOLD = 5_000
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
_OLD = b"\xd0\xcf\x11\xe0"
_DAMAGE = (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, IndexError, OSError)


def read(
    path: Path,
    folder: Path,
    *,
    filename: str,
    sha256: str,
    progress: Progress | None = None,
    max_bytes: int | None = None,
    sheet: str | None = None,
) -> RawLog:
    """Read a sheet into ``folder``. ``progress``: share and rows done. Raises LogError with nothing left behind."""
    formulas = _checked(path, max_bytes if max_bytes is not None else _MOST_BYTES)
    writer = RawWriter(folder)
    try:
        table = _Table.found(path, sheet)
        texts = StagedTexts(folder / "staged", table.names)
        findings = _Findings()
        for row, cells in table.rows(path, findings, formulas=formulas):
            texts.add(row, cells)
            if progress is not None and texts.rows % _TOLD == 0:
                progress(min(row / table.rows_told, 1.0) * 0.9, texts.rows)
        if not texts.rows:
            raise refused("no-rows")
        for part in texts.typed():
            writer.write("events", part)
    except LogError:
        writer.discard()
        raise
    except _DAMAGE as error:
        writer.discard()
        raise refused("workbook-broken") from error
    except BaseException:
        writer.discard()
        raise
    if progress is not None:
        progress(1.0, texts.rows)
    return writer.finish(
        filename=filename,
        file_format="xlsx",
        sha256=sha256,
        problems=(*table.problems(), *findings.problems(), *written_problems(texts.columns)),
        details={"sheet": table.sheet, **written_details(texts.columns)},
    )


def _checked(path: Path, limit: int) -> bool:
    """Whether there are formulas. The sizes that a ZIP file declares are the most that is ever unpacked of it."""
    with path.open("rb") as file:
        if file.read(4) == _OLD:
            raise refused("workbook-encrypted")
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise refused("workbook-encrypted")
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > limit:
                raise broken("file-too-large", limit=limit)
            if any(part.filename.startswith("xl/externalLinks/") for part in parts):
                raise refused("workbook-external")
            return any(_has_formulas(packed, part) for part in parts if part.filename.startswith("xl/worksheets/sheet"))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as error:
        raise refused("workbook-broken") from error


def _has_formulas(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with packed.open(part) as file:
        before = b""
        while block := file.read(1 << 20):
            if b"<f>" in before + block or b"<f " in before + block:
                return True
            before = block[-2:]
    return False


@dataclass
class _Findings:
    """Rows in which something was left out."""

    counts: dict[str, int] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)

    def note(self, code: str, row: int) -> None:
        self.counts[code] = self.counts.get(code, 0) + 1
        kept = self.places.setdefault(code, [])
        if len(kept) < _PLACES:
            kept.append(str(row))

    def problems(self) -> list[Problem]:
        return [Problem(code, count, tuple(self.places[code])) for code, count in sorted(self.counts.items())]


@dataclass(frozen=True, slots=True)
class _Table:
    """``header``: the row of the names; ``rows_told``: how many rows the sheet says it has."""

    sheet: str
    header: int
    names: tuple[str, ...]
    rows_told: int
    before: tuple[str, ...]  # rows that are left out
    others: tuple[str, ...]  # sheets that are not read

    @classmethod
    def found(cls, path: Path, sheet: str | None) -> _Table:
        """Raises LogError when there is none."""
        with closing(load_workbook(path, read_only=True, data_only=True, keep_links=False)) as book:
            sheets = {each.title: each for each in book.worksheets}
            if sheet is not None and sheet not in sheets:
                raise refused("workbook-sheet", name=sheet)
            for title in [sheet] if sheet is not None else sheets:
                header = _header(sheets[title])
                if header is not None:
                    row, names, before = header
                    others = tuple(name for name in sheets if name != title)
                    told = sheets[title].max_row or _MOST_ROWS
                    return cls(title, row, checked_names(names, row), told, before, others)
        raise refused("workbook-no-table")

    def problems(self) -> list[Problem]:
        unnamed = [name for number, name in enumerate(self.names, 1) if name == f"column {number}"]
        return [
            *([Problem("rows-before", len(self.before), self.before)] if self.before else []),
            *(Problem("column-unnamed", 1, (), name) for name in unnamed),
            *([Problem("other-sheets", len(self.others), (), ", ".join(self.others))] if self.others else []),
        ]

    def rows(self, path: Path, findings: _Findings, *, formulas: bool) -> Iterator[tuple[int, list[str | None]]]:
        """Number of the row and its texts. Raises LogError for a row with more cells than there are names."""
        width, empty = len(self.names), list[int]()
        written = self._written(path) if formulas else None
        with closing(load_workbook(path, read_only=True, data_only=True, keep_links=False)) as book:
            for row, cells in _numbered(book[self.sheet]):
                asked = next(written)[1] if written is not None else ()
                if row <= self.header:
                    continue
                texts = [_text(cell) for cell in cells]
                if any(texts[width:]):
                    found = max(place for place, text in enumerate(texts, 1) if text)
                    raise refused("fields", row, found=found, expected=width)
                texts = _checked_cells(row, texts[:width], asked, findings)
                if not any(texts) and not any(map(_is_formula, asked)):
                    empty.append(row)
                    continue
                for each in empty:  # those at the end are no rows
                    findings.note("empty-rows", each)
                empty.clear()
                yield row, texts + [None] * (width - len(texts))

    def _written(self, path: Path) -> Iterator[tuple[int, Row]]:
        """The rows once more, with the formulas instead of their values."""
        with closing(load_workbook(path, read_only=True, data_only=False, keep_links=False)) as book:
            yield from _numbered(book[self.sheet])


def _header(sheet: Any) -> tuple[int, list[str], tuple[str, ...]] | None:
    """The first row with at least two cells that are filled: its number, the names and the rows before it."""
    before: list[str] = []
    for row, cells in _numbered(sheet):
        filled = [place for place, cell in enumerate(cells) if _text(cell)]
        if len(filled) >= 2:
            return row, [_text(cell) or "" for cell in cells[: filled[-1] + 1]], tuple(before)
        before += [str(row)] if filled else []
        if row == _HEADER_WITHIN:
            break
    return None


def _numbered(sheet: Any) -> Iterator[tuple[int, Row]]:
    sheet.reset_dimensions()  # what the sheet says of its size is often wrong
    for row, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if row > _MOST_ROWS:
            raise refused("workbook-broken")
        yield row, cells


def _checked_cells(row: int, texts: list[str | None], asked: Row, findings: _Findings) -> list[str | None]:
    for place, text in enumerate(texts):
        if text in _ERRORS:
            texts[place] = None
            findings.note("cell-error", row)
        elif text is None and place < len(asked) and _is_formula(asked[place]):
            findings.note("formula-without-value", row)
    return texts


def _is_formula(cell: Any) -> bool:
    return (isinstance(cell, str) and cell.startswith("=")) or type(cell).__name__ in {
        "ArrayFormula",
        "DataTableFormula",
    }


def _text(cell: Any) -> str | None:
    """As written values are recognised: dates as ISO, whole numbers without decimals."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="microseconds" if cell.microsecond else "seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)
