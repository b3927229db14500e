"""Lines of a PDF to blocks: headings by letter size, paragraphs, list items and notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..contents import is_entry
from ..model import PassageKind
from .blocks import TextBuilder
from .lines import LIST_MARK
from .markup import NOTE, mark_of
from .pdf_columns import Column
from .pdf_hyphens import Hyphens
from .pdf_lines import Line

_HEADING_SIZE, _NOTE_SIZE, _SAME_SIZE = 1.12, 0.93, 0.06
# The distance between lines of one paragraph, as a share of the usual distance.
_NEW_PARAGRAPH = 1.3
_INDENT_SIZES = 0.8
_LONGEST_HEADING = 180
_PLAIN_NOTE = re.compile(r"(\d{1,3})[ .)]+(?=\S)")
_DEEPEST = 6
# A web address that goes on on the next line.
_BROKEN_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/.\-_=?&#%]$")
_BROKEN_AT = tuple("/.-_=?&#%")


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a document: size of the running text, sizes of headings from large to small, line distance."""

    body: float
    headings: tuple[float, ...]
    distance: float

    def level(self, size: float) -> int:
        """The level of a heading of this size, from 1; 0 for running text."""
        for level, heading in enumerate(self.headings, start=1):
            if abs(size - heading) <= _SAME_SIZE * heading:
                return min(level, _DEEPEST)
        return 0


def letters_of(columns: Sequence[Column]) -> Letters:
    """The letter sizes in use; the running text is what most characters are set in."""
    sizes: Counter[float] = Counter()
    for column in columns:
        for line in column:
            sizes[round(line.size, 1)] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 1.0
    large: list[float] = []
    for size in sorted((size for size in sizes if size >= _HEADING_SIZE * body), reverse=True):
        if not large or size < large[-1] * (1 - _SAME_SIZE):
            large.append(size)
    return Letters(body, tuple(large), _distance(columns, body))


def _distance(columns: Sequence[Column], body: float) -> float:
    steps: Counter[float] = Counter()
    for column in columns[:200]:
        for above, below in pairwise(column):
            step = round(above.base - below.base, 1)
            if 0.5 * body < step < 3 * body and abs(below.size - body) < _SAME_SIZE * body:
                steps[step] += 1
    return steps.most_common(1)[0][0] if steps else 1.3 * body


class BlockWriter:
    """Writes columns of lines as blocks of text, page by page."""

    def __init__(
        self, builder: TextBuilder, letters: Letters, hyphens: Hyphens, outline: Mapping[tuple[int, str], int]
    ):
        self._builder = builder
        self._letters = letters
        self._hyphens = hyphens
        self._outline = outline

    def write(self, column: Column) -> None:
        """Add the blocks of one column."""
        marks = {mark_of(match) for line in column if (match := NOTE.match(line.text))}
        for group in self._paragraphs(column):
            self._add(group, marks)

    def _paragraphs(self, column: Column) -> Iterator[list[Line]]:
        group: list[Line] = []
        right = max((line.right for line in column), default=0.0)
        left = min((line.left for line in column), default=0.0)
        for line in column:
            if group and self._begins(group, line, left, right):
                yield group
                group = []
            group.append(line)
        if group:
            yield group

    def _begins(self, group: list[Line], line: Line, left: float, right: float) -> bool:
        """Whether a line begins a new block after the lines of ``group``."""
        above = group[-1]
        if abs(above.base - line.base) < 0.3 * line.size:
            return False
        if abs(line.size - above.size) > _SAME_SIZE * above.size or line.bold != above.bold:
            return not (line.bold != above.bold and not self._is_whole_bold(group) and not line.bold)
        usual = self._letters.distance * max(1.0, line.size / self._letters.body)
        step = above.base - line.base
        if step > _NEW_PARAGRAPH * usual or step < 0:
            return True
        if self._is_marked(line) or is_entry(line.text) or is_entry(above.text):
            return True
        indented = line.left > group[-1].left + _INDENT_SIZES * line.size and above.left <= left + line.size
        short = above.right < right - 0.2 * (right - left) and above.text[-1:] in ".:;?!"
        return (indented or (short and not above.split)) and not self._is_item(group)

    def _is_whole_bold(self, group: list[Line]) -> bool:
        return all(line.bold for line in group) and sum(len(line.text) for line in group) <= _LONGEST_HEADING

    def _is_item(self, group: list[Line]) -> bool:
        return LIST_MARK.match(group[0].text) is not None or NOTE.match(group[0].text) is not None

    def _is_marked(self, line: Line) -> bool:
        return LIST_MARK.match(line.text) is not None or NOTE.match(line.text) is not None

    def _add(self, group: list[Line], marks: set[str]) -> None:
        text = self._joined(group)
        kind, level, mark, start = self._kind(group, text, marks)
        self._builder.add(text[start:], kind, level=level, mark=mark, page=group[0].page)

    def _joined(self, group: list[Line]) -> str:
        text = group[0].text
        for above, line in pairwise(group):
            if text.endswith(_BROKEN_AT) and _BROKEN_ADDRESS.search(text):
                text = f"{text}{line.text}"
            elif above.split or (text.endswith("-") and line.text[:1].islower()):
                text = self._hyphens.join(text.removesuffix("-"), line.text)
            else:
                text = f"{text} {line.text}"
        return f"{text}-" if group[-1].split and not text.endswith("-") else text

    def _kind(self, group: list[Line], text: str, marks: set[str]) -> tuple[PassageKind | None, int, str | None, int]:
        """Kind, level and mark of a block, and where its words begin after the mark."""
        size = group[0].size
        if note := NOTE.match(text):
            return "footnote", 0, mark_of(note), note.end()
        if size <= _NOTE_SIZE * self._letters.body and (plain := _PLAIN_NOTE.match(text)):
            return "footnote", 0, plain.group(1), plain.end()
        level = self._outline.get((group[0].page, _outline_key(text)), 0) if self._outline else 0
        level = level or self._heading_level(group, text)
        if level and any(char.isalpha() for char in text):
            return "heading", level, None, 0
        if (item := LIST_MARK.match(text)) and not is_entry(text):
            return "list_item", 1, None, item.end()
        return None, 0, None, 0

    def _heading_level(self, group: list[Line], text: str) -> int:
        if len(text) > _LONGEST_HEADING or is_entry(text):
            return 0
        level = self._letters.level(group[0].size)
        if level == 0 and all(line.bold for line in group) and text[-1] not in ".:;," and len(group) <= 2:
            level = min(len(self._letters.headings) + 1, _DEEPEST)
        return level


def _outline_key(title: str) -> str:
    return " ".join(title.casefold().split())


def outline_of(bookmarks: Sequence[tuple[int, str, int]]) -> dict[tuple[int, str], int]:
    """Levels of headings by page and title, from the bookmarks of the file (page from 1, title, level from 1)."""
    return {(page, _outline_key(title)): min(level, _DEEPEST) for page, title, level in bookmarks}
