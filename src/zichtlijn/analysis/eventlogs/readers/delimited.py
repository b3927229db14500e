"""Delimited text (CSV, TSV, with semicolons …): every line of it is read, or none.

The file is gone over three times in blocks: for its encoding, to check every record and see what the columns hold,
and to write. So nothing is written of a file that is broken, and a column has one type throughout.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from zichtlijn.analysis.eventlogs.model import LogError, Problem
from zichtlijn.analysis.eventlogs.raw import LINE, SEQUENCE, RawLog, RawWriter
from zichtlijn.analysis.eventlogs.readers.delimited_dialect import Dialect, dialect_of
from zichtlijn.analysis.eventlogs.readers.refused import refused
from zichtlijn.analysis.eventlogs.readers.unpacked import Unpacked, unpacked
from zichtlijn.analysis.eventlogs.readers.written_values import WrittenColumn, written_details, written_problems

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Progress = Callable[[float, int], None]
_BLOCK = 8 << 20  # bytes; the longest record there may be
_PART_ROWS = 500_000
_PLACES = 5


def read(
    path: Path,
    folder: Path,
    *,
    filename: str,
    sha256: str,
    progress: Progress | None = None,
    max_bytes: int | None = None,
) -> RawLog:
    """Read a file into ``folder``. ``progress``: share done and rows read. Raises LogError with nothing left behind."""
    dialect = dialect_of(path, max_bytes)
    columns = [WrittenColumn(name) for name in dialect.names]
    findings = _Findings()
    for block in _blocks(path, dialect, _halved(progress, 0.0), findings):
        for column in columns:
            column.look(block.rows[column.name])
    if all(column.filled == 0 for column in columns):
        raise refused("no-rows")
    if findings.line_breaks:
        _check_quotes(path, dialect)
    writer = RawWriter(folder)
    try:
        for part in _parts(_blocks(path, dialect, _halved(progress, 0.5)), columns):
            writer.write("events", part)
    except BaseException:
        writer.discard()
        raise
    problems = (*written_problems(columns), *findings.problems(), *_dialect_problems(dialect))
    details = {"encoding": dialect.encoding, "delimiter": dialect.delimiter, **written_details(columns)}
    return writer.finish(filename=filename, file_format="csv", sha256=sha256, problems=problems, details=details)


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows as text, without the empty ones, and the line on which each begins."""

    rows: pa.RecordBatch
    lines: Numbers


@dataclass
class _Findings:
    """Empty rows, and whether there are fields of several lines."""

    empty: int = 0
    places: list[str] = field(default_factory=list)
    line_breaks: bool = False

    def add(self, lines: Numbers, blank: Any) -> None:
        self.empty += int(blank.sum())
        self.places += [str(line) for line in lines[:-1][blank][: _PLACES - len(self.places)]]
        self.line_breaks |= int(lines[-1] - lines[0]) != len(blank)

    def problems(self) -> tuple[Problem, ...]:
        return (Problem("empty-rows", self.empty, tuple(self.places)),) if self.empty else ()


def _halved(progress: Progress | None, start: float) -> Progress | None:
    return None if progress is None else lambda share, rows: progress(start + share / 2, rows)


def _dialect_problems(dialect: Dialect) -> tuple[Problem, ...]:
    unnamed = [name for number, name in enumerate(dialect.names, 1) if name == f"column {number}"]
    found = [Problem("column-unnamed", 1, (), name) for name in unnamed]
    return (*found, *([Problem("encoding-guessed", 1, (), dialect.encoding)] if dialect.guessed else ()))


def _blocks(
    path: Path, dialect: Dialect, progress: Progress | None, findings: _Findings | None = None
) -> Iterator[_Block]:
    """Raises LogError with the line of the first record that does not have a field for every column."""
    line, rows, broken = dialect.first_line, 0, list[arrow_csv.InvalidRow]()
    with unpacked(path) as file:
        try:
            for batch in _reader(file, dialect, broken):
                lines = line + _lines_before(batch)
                line = int(lines[-1])
                blank = _blank_rows(batch).to_numpy(zero_copy_only=False)
                block = _Block(batch.filter(pa.array(~blank)), lines[:-1][~blank])
                if findings is not None:
                    findings.add(lines, blank)
                rows += block.rows.num_rows
                yield block
                if progress is not None:
                    progress(cast(Unpacked, file.raw).share, rows)
        except pa.ArrowInvalid as error:
            raise _explained(path, dialect, broken, line) from error


def _reader(file: Any, dialect: Dialect, broken: list[arrow_csv.InvalidRow]) -> arrow_csv.CSVStreamingReader:
    def refuse(row: arrow_csv.InvalidRow) -> str:
        broken.append(row)
        return "error"

    return arrow_csv.open_csv(
        file,
        arrow_csv.ReadOptions(
            use_threads=False,  # otherwise a broken row has no number
            block_size=_BLOCK,
            column_names=dialect.names,
            skip_rows=dialect.skipped,
            skip_rows_after_names=1,
            encoding="utf8" if dialect.encoding.startswith("utf-8") else dialect.encoding,
        ),
        arrow_csv.ParseOptions(
            delimiter=dialect.delimiter,
            newlines_in_values=True,
            ignore_empty_lines=False,  # they count as lines
            invalid_row_handler=refuse,
        ),
        arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(dialect.names, pa.string()),
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            null_values=["", "NULL", "\\N"],
        ),
    )


def _lines_before(batch: pa.RecordBatch) -> Numbers:
    """Per row, and after the last, the number of lines before it: one per row and one per line break in a field."""
    lines = np.ones(batch.num_rows + 1, np.int64)
    lines[0] = 0
    for column in batch.columns:
        text = column.buffers()[2]
        if text is not None and b"\n" in memoryview(text).tobytes():
            lines[1:] += pc.fill_null(pc.count_substring(column, "\n"), 0).to_numpy(zero_copy_only=False)
    return np.cumsum(lines)


def _blank_rows(batch: pa.RecordBatch) -> pa.BooleanArray:
    blank = pa.array(np.ones(batch.num_rows, bool))
    for column in batch.columns:
        if not pc.any(blank).as_py():
            break
        blank = pc.and_(blank, pc.fill_null(pc.equal(pc.utf8_trim_whitespace(column), ""), fill_value=True))
    return blank


def _explained(path: Path, dialect: Dialect, broken: list[arrow_csv.InvalidRow], line: int) -> LogError:
    if not broken:
        return refused("quote-open", line)
    row = broken[0]
    first, last = _lines_of(path, dialect, row.number)
    code = "fields" if first == last else "fields-over-lines"
    return refused(code, first, found=row.actual_columns, expected=row.expected_columns)


def _lines_of(path: Path, dialect: Dialect, number: int) -> tuple[int, int]:
    """First and last line of a record, counted from 1 with the names of the columns."""
    before = 0
    for record, last in enumerate(_last_lines(path, dialect), 1):
        if record == number:
            break
        before = last
    return dialect.skipped + before + 1, dialect.skipped + last


def _check_quotes(path: Path, dialect: Dialect) -> None:
    """Refuse text behind a closing quotation mark: with one mark too few, two records become one unseen."""
    last = 0
    try:
        for line in _last_lines(path, dialect, strict=True):
            last = line
    except csv.Error as error:
        raise refused("quote-inside", dialect.skipped + last + 1) from error


def _last_lines(path: Path, dialect: Dialect, *, strict: bool = False) -> Iterator[int]:
    """Per record its last line."""
    with unpacked(path) as file, io.TextIOWrapper(file, encoding=dialect.encoding, newline="") as text:
        for _ in range(dialect.skipped):
            text.readline()
        csv.field_size_limit(max(csv.field_size_limit(), 2 * _BLOCK))
        rows = csv.reader(text, delimiter=dialect.delimiter, strict=strict)
        for _fields in rows:
            yield rows.line_num


def _parts(blocks: Iterator[_Block], columns: list[WrittenColumn]) -> Iterator[pa.Table]:
    waiting: list[pa.Table] = []
    sequence = 0
    for block in blocks:
        numbers = np.arange(sequence, sequence + block.rows.num_rows, dtype=np.int64)
        values = {column.name: column.read(block.rows[column.name]) for column in columns}
        waiting.append(pa.table({SEQUENCE: numbers, LINE: block.lines, **values}))
        sequence += block.rows.num_rows
        if sum(table.num_rows for table in waiting) >= _PART_ROWS:
            yield pa.concat_tables(waiting)
            waiting.clear()
    if any(table.num_rows for table in waiting):
        yield pa.concat_tables(waiting)
