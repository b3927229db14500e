"""How a file of delimited text is written: encoding, delimiter, names of the columns and where the rows begin."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zichtlijn.analysis.eventlogs.raw import OWN
from zichtlijn.analysis.eventlogs.readers.broken import broken
from zichtlijn.analysis.eventlogs.readers.refused import refused
from zichtlijn.analysis.eventlogs.readers.unpacked import unpacked
from zichtlijn.analysis.eventlogs.readers.wide_text import wide_encoding

_SAMPLE = 256 * 1024
_DELIMITERS = (";", ",", "\t", "|")
_BLOCK = 1 << 20
LONGEST_FIELD = 8 << 20  # characters
_VALUE = re.compile(r"-?\d+([.,]\d+)*|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?")


@dataclass(frozen=True, slots=True)
class Dialect:
    """``skipped``: lines before the names; ``header_lines``: lines they take; ``guessed``: the encoding is a guess."""

    encoding: str
    guessed: bool
    delimiter: str
    names: tuple[str, ...]
    skipped: int
    header_lines: int

    @property
    def first_line(self) -> int:
        """The line of the first row."""
        return self.skipped + self.header_lines + 1


def dialect_of(path: Path, max_bytes: int | None = None) -> Dialect:
    """Reads the whole file once, for its encoding. Raises LogError when it is no table with names of columns."""
    with unpacked(path, max_bytes) as file:
        start = file.read(_SAMPLE)
    encoding, guessed = _encoding(path, start, max_bytes)
    text = codecs.getincrementaldecoder(encoding)().decode(start, final=False).removeprefix("\ufeff")
    if "\x00" in text:
        raise refused("not-text")
    skipped, told, text = _before_header(text)
    # Python's own limit is 131,072 characters, for the whole process
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_FIELD))
    delimiter = told or _delimiter(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = next(rows, [])
        header_lines = rows.line_num
        if next(rows, None) is None:
            raise refused("no-rows")
    except csv.Error as error:
        raise refused("field-broken", skipped + rows.line_num) from error
    return Dialect(encoding, guessed, delimiter, checked_names(names, skipped + 1), skipped, header_lines)


def checked_names(names: list[str], line: int) -> tuple[str, ...]:
    """Names of columns without spaces around them; a column without a name gets its number. Raises LogError."""
    named = [name.strip().lstrip("\ufeff") or f"column {number}" for number, name in enumerate(names, 1)]
    if len(named) < 2:
        raise refused("no-columns", line)
    value = next((name for name in named if _VALUE.fullmatch(name)), None)
    if value is not None:
        raise refused("no-header", line, value=value)
    twice = next((name for name, count in Counter(named).items() if count > 1), None)
    if twice is not None:
        raise refused("column-twice", line, name=twice)
    return tuple(f"{name} (file)" if name in OWN else name for name in named)


def _before_header(text: str) -> tuple[int, str | None, str]:
    """Empty lines, and the line with which Excel is told the delimiter."""
    lines = text.splitlines(keepends=True)
    skipped, told = 0, None
    for line in lines:
        hint = re.fullmatch(r'"?sep=(.)"?', line.strip("\r\n"))
        if hint:
            told = hint[1]
        elif line.strip():
            break
        skipped += 1
    return skipped, told, "".join(lines[skipped:])


def _delimiter(text: str) -> str:
    """The one that gives the first records the same number of fields, and the most of them."""

    def quality(delimiter: str) -> tuple[float, int]:
        records = list(_records(text, delimiter))
        fields = len(records[0]) if records else 0
        same = sum(len(record) == fields for record in records)
        return (same / len(records) if fields > 1 else 0.0), fields

    return max(_DELIMITERS, key=quality)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, record in enumerate(rows):
            if record:
                yield record
            if number == 200:
                return
    except csv.Error:  # a field that is too long: no delimiter of this file
        return


def _encoding(path: Path, start: bytes, max_bytes: int | None) -> tuple[str, bool]:
    """Name for Python, and whether it is a guess. Raises LogError when the file is not what its first bytes say."""
    marked = _marked(start)
    encoding = marked or "utf-8"
    line = _undecodable_line(path, encoding, max_bytes)
    if line is None:
        return encoding, False
    if marked in ("utf-16-le", "utf-16-be"):  # as it seemed; the file itself does not say so
        raise broken("utf-16-unsaid", line)
    if marked:
        raise refused("encoding-broken", line, encoding=marked)
    if b"\x00" in start:
        raise refused("not-text")
    return ("cp1252", True) if _undecodable_line(path, "cp1252") is None else ("latin-1", True)


def _marked(start: bytes) -> str | None:
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return wide_encoding(start)


def _undecodable_line(path: Path, encoding: str, max_bytes: int | None = None) -> int | None:
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    with unpacked(path, max_bytes) as file:
        while True:
            block = file.read(_BLOCK)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                before = error.object[: error.start].decode(encoding, errors="replace")
                return line + before.count("\n")
            line += text.count("\n")
            if not block:
                return None
