"""The lines of a PDF page with their places: text, edges, baseline and size of the letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import byref, c_double
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from .markup import raised

# PDFium gives a hyphen at a line end as this character and takes the line break away.
SPLIT_MARK = "\ufffe"
_LINE_END = re.compile("\r\n|\n|\r|\ufffe")
_DIGITS = re.compile(r"\d+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\uffff\ufeff\ud800-\udfff]")
# A digit whose lowest point is this share of the letter size above the baseline is a footnote mark.
_RAISED_SHARE = 0.18
# White space this many times the letter size wide, inside a line, separates columns.
_GUTTER_SIZES = 1.2
_NARROWEST_GUTTER = 9.0
# Lines wider than this share of the page are looked at for a gap between columns.
_WIDE_SHARE = 0.5
_BOLD = 600
# Letter sizes and places in points that a page can have.
_SMALLEST, _USUAL, _LARGEST, _FARTHEST = 1.0, 10.0, 500.0, 100_000.0


@dataclass(slots=True)
class Line:
    """A line of text: edges in points from the left and the bottom of the page; ``split`` when a word is cut off."""

    text: str
    left: float
    right: float
    base: float
    size: float
    page: int
    bold: bool = False
    split: bool = False


class PageText:
    """The text layer of one page, with the places of its characters."""

    def __init__(self, text_page: Any, page: int, width: float, height: float) -> None:
        self._raw = text_page.raw
        self._page = page
        self.width = width
        self.height = height
        # One character for one: the places of the characters in the page stay what they are.
        self._text = _CONTROL.sub(" ", text_page.get_text_range()) if text_page.count_chars() else ""
        self._box = pdfium_c.FS_RECTF()
        self._box_pointer = byref(self._box)
        self._numbers = tuple(c_double() for _ in range(4))
        self._pointers = tuple(byref(number) for number in self._numbers)

    def lines(self) -> list[Line]:
        """The lines in the order of the file; a line that runs over a gap between columns is given in pieces."""
        lines: list[Line] = []
        start = 0
        for match in _LINE_END.finditer(self._text):
            self._add_pieces(lines, start, match.start(), split=match.group(0) == SPLIT_MARK)
            start = match.end()
        self._add_pieces(lines, start, len(self._text), split=False)
        return _with_marks(lines)

    def _add_pieces(self, lines: list[Line], start: int, end: int, *, split: bool) -> None:
        start, end = self._without_space(start, end)
        if start >= end:
            return
        line = self._line(start, end, split=split)
        if line.right - line.left > _WIDE_SHARE * self.width:
            cuts = list(self._gaps(start, end, max(_NARROWEST_GUTTER, _GUTTER_SIZES * line.size)))
            if cuts:
                pieces = zip([start, *cuts], [*cuts, end], strict=True)
                lines += [self._line(*self._without_space(a, b), split=split and b == end) for a, b in pieces]
                return
        lines.append(line)

    def _line(self, start: int, end: int, *, split: bool) -> Line:
        raw, box, pointer = self._raw, self._box, self._box_pointer
        middle = (start + end) // 2
        if self._text[middle] == " ":
            middle -= 1
        pdfium_c.FPDFText_GetLooseCharBox(raw, end - 1, pointer)
        right = box.right
        pdfium_c.FPDFText_GetLooseCharBox(raw, middle, pointer)
        size = box.top - box.bottom
        pdfium_c.FPDFText_GetLooseCharBox(raw, start, pointer)
        left, size = box.left, _possible(size or box.top - box.bottom)
        pdfium_c.FPDFText_GetCharOrigin(raw, middle, self._pointers[0], self._pointers[1])
        base = self._numbers[1].value
        bold = pdfium_c.FPDFText_GetFontWeight(raw, start) >= _BOLD
        if not abs(left) + abs(right) + abs(base) < _FARTHEST:
            left = right = base = 0.0
        return Line(self._marked(start, end, base, size), left, right, base, size, self._page, bold, split)

    def _without_space(self, start: int, end: int) -> tuple[int, int]:
        text = self._text
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        return start, end

    def _gaps(self, start: int, end: int, least: float) -> Iterator[int]:
        """Places of spaces that are as wide as the white between columns."""
        at = self._text.find(" ", start, end)
        while at > 0:
            after = at + 1
            while after < end and self._text[after] == " ":
                after += 1
            wide = after < end and self._edges(after)[0] - self._edges(at - 1)[1] >= least
            if wide and not self._text[after:end].isdigit():
                yield at
            at = self._text.find(" ", after, end)

    def _edges(self, at: int) -> tuple[float, float]:
        pdfium_c.FPDFText_GetLooseCharBox(self._raw, at, self._box_pointer)
        return self._box.left, self._box.right

    def _marked(self, start: int, end: int, base: float, size: float) -> str:
        """The words of a line, small raised digits written as superscripts."""
        text = self._text[start:end]
        if not _DIGITS.search(text):
            return text if text.isascii() and "  " not in text else " ".join(text.split())
        for run in reversed(list(_DIGITS.finditer(text))):
            mark = run.end()
            while mark > run.start() and self._is_raised(start + mark - 1, base, size):
                mark -= 1
            if mark < run.end() <= mark + 3:
                text = text[:mark] + raised(text[mark : run.end()]) + text[run.end() :]
        words = text.split()
        if len(words) > 1 and words[-1].isdigit() and self._is_far(start, end, len(words[-1]), size):
            return f"{' '.join(words[:-1])}\t{words[-1]}"
        return " ".join(words)

    def _is_far(self, start: int, end: int, length: int, size: float) -> bool:
        """Whether the number at the end of a line stands apart, as in a table of contents."""
        before, _ = self._without_space(start, end - length)
        last = self._without_space(before, end - length)[1] - 1
        return self._edges(end - length)[0] - self._edges(last)[1] > 2 * size

    def _is_raised(self, at: int, base: float, size: float) -> bool:
        left, right, bottom, top = self._pointers
        if not pdfium_c.FPDFText_GetCharBox(self._raw, at, left, right, bottom, top):
            return False
        low, high = self._numbers[2].value, self._numbers[3].value
        return low - base > _RAISED_SHARE * size and high - low < 0.75 * size


def _possible(size: float) -> float:
    """A letter size in points; damaged files give zero, huge and undefined ones."""
    return size if _SMALLEST <= size <= _LARGEST else _USUAL


def _with_marks(lines: list[Line]) -> list[Line]:
    """The lines, where a small number just before a line, or raised before it, is the mark of that line."""
    joined: list[Line] = []
    for line in lines:
        above = joined[-1] if joined else None
        if above and len(above.text) <= 3 and above.text.isdigit() and _is_mark_of(above, line):
            line.text = f"{raised(above.text)} {line.text}"
            line.left = above.left
            joined.pop()
        joined.append(line)
    return joined


def _is_mark_of(mark: Line, line: Line) -> bool:
    close = -0.3 * line.size <= line.left - mark.right <= 1.5 * line.size
    return close and 0.1 * line.size < mark.base - line.base + (line.size - mark.size) < line.size
