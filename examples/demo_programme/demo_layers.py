"""What a PDF text layer gives: the lines of a page as placed, and the same lines with the two columns interleaved."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pypdfium2 as pdfium
from demo_source import Programme, without_references
from pypdfium2 import raw

HEADER_ABOVE = 765.0  # points from the bottom of an A4 page
FOOTER_BELOW = 60.0
NOTE_SIZE = 9.0  # body text is larger, footnotes and raised marks are smaller
SAME_ROW = 4.0  # points; text of both columns within this distance ends up on one line of a layer
LINE_END_HYPHENS = "\x02\ufffe\u00ad"


@dataclass(frozen=True)
class Line:
    """A printed line within one column: position of its baseline in points, size in points, text."""

    page: int
    column: int
    y: float
    x: float
    size: float
    text: str

    @property
    def is_body(self) -> bool:
        """Whether the line is text of a column: no header, footer, footnote or raised mark."""
        return FOOTER_BELOW < self.y < HEADER_ABOVE and self.size > NOTE_SIZE


@dataclass(frozen=True)
class ColumnStart:
    """Where a column begins, as the number of letters of the programme's text before it."""

    page: int
    column: int
    letters: int


def lines(path: Path) -> list[Line]:
    """The lines of the PDF, page by page, top to bottom, left column before right on the same height."""
    document = pdfium.PdfDocument(path)
    found: list[Line] = []
    for number, page in enumerate(document, start=1):
        found += _page_lines(number, page)
    document.close()
    return found


def _page_lines(number: int, page: pdfium.PdfPage) -> list[Line]:
    middle = page.get_width() / 2
    characters = [(*_place(text, index), char) for text, index, char in _characters(page)]
    rows = groupby(characters, key=lambda item: (item[0] >= middle, round(item[1], 1), round(item[2], 1)))
    found = [
        Line(number, int(right), y, group[0][0], size, "".join(item[3] for item in group).strip())
        for (right, y, size), members in rows
        for group in [list(members)]
    ]
    return sorted((line for line in found if line.text), key=lambda line: (-line.y, line.x))


def _characters(page: pdfium.PdfPage) -> list[tuple[pdfium.PdfTextPage, int, str]]:
    text = page.get_textpage()
    count = text.count_chars()
    codes = ((index, raw.FPDFText_GetUnicode(text, index)) for index in range(count))
    kept = ((index, "-" if chr(code) in LINE_END_HYPHENS else chr(code)) for index, code in codes)
    return [(text, index, char) for index, char in kept if char not in "\r\n"]


def _place(text: pdfium.PdfTextPage, index: int) -> tuple[float, float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    return x.value, y.value, raw.FPDFText_GetFontSize(text, index)


def interleaved(page_lines: list[Line]) -> str:
    """One page as a text layer: lines of both columns at the same height run into one line."""
    rows: list[list[Line]] = []
    for line in sorted(page_lines, key=lambda line: -line.y):
        if rows and rows[-1][0].y - line.y < SAME_ROW:
            rows[-1].append(line)
        else:
            rows.append([line])
    return "".join(" ".join(part.text for part in sorted(row, key=lambda part: part.x)) + " \n" for row in rows)


def letters_of(text: str) -> str:
    """Only the letters: what remains the same whatever the lay-out does."""
    return "".join(char for char in text if char.isalpha())


def column_starts(programme: Programme, printed: list[Line]) -> list[ColumnStart]:
    """Where each column begins in the text of the blocks; raises ValueError when PDF and source differ."""
    starts: list[ColumnStart] = []
    seen = ""
    body = [line for line in printed if line.is_body and line.page > 1]
    body.sort(key=lambda line: (line.page, line.column, -line.y, line.x))
    for (page, column), group in groupby(body, key=lambda line: (line.page, line.column)):
        starts.append(ColumnStart(page, column, len(seen)))
        seen += letters_of("".join(line.text for line in group))
    source = letters_of("".join(without_references(block.numbered) for block in programme.blocks))
    if seen != source:
        where = next((i for i, (a, b) in enumerate(zip(seen, source, strict=False)) if a != b), len(seen))
        raise ValueError(f"the PDF differs from the source near {source[max(0, where - 30) : where + 30]!r}")
    return starts
