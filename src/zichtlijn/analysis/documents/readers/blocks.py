"""What a reader hands on: the text of the file and its blocks, not yet given a place in the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import DocumentKind, PassageKind, Span


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that stands by itself: between blank lines, a list item, a note.

    ``kind`` is None when the file does not say what it is; the structure then follows from the words.
    ``page`` counts the pages of the file from 1.
    """

    span: Span
    kind: PassageKind | None = None
    level: int = 0
    mark: str | None = None
    page: int | None = None


@dataclass(slots=True)
class Draft:
    """The text of a file with its blocks in reading order; the spans of the blocks never overlap."""

    kind: DocumentKind
    text: str
    blocks: list[Block]
    page_count: int | None = None
    page_offset: int = 0
    title: str | None = None
    warnings: list[str] = field(default_factory=list)


class TextBuilder:
    """Collects blocks of text into one text, with a blank line between them."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []

    def add(
        self,
        text: str,
        kind: PassageKind | None = None,
        *,
        level: int = 0,
        mark: str | None = None,
        page: int | None = None,
    ) -> None:
        """Append one block; text of only white space is left out."""
        text = text.strip()
        if not text:
            return
        start = self._length
        self.blocks.append(Block(Span(start, start + len(text)), kind, level, mark, page))
        self._parts += [text, "\n\n"]
        self._length += len(text) + 2

    def add_row(self, cells: Sequence[str]) -> None:
        """Append the cells of a table row on one line, parted by upright strokes; an empty cell keeps its place."""
        for cell in cells:
            self._append("| ")
            if cell.strip():
                start = self._length
                self._append(cell.strip().replace("|", "\\|"))
                self.blocks.append(Block(Span(start, self._length), "table_cell"))
            self._append(" ")
        if cells:
            self._append("|\n")

    def end_table(self) -> None:
        """A blank line after the last row."""
        self._append("\n")

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    @property
    def text(self) -> str:
        """All blocks so far, as the text that their spans point into."""
        return "".join(self._parts)
