"""The whole text as a transcription of the printed pages gives it, mistakes included.

Columns and pages have left their traces: a paragraph that runs on in the next column is cut in two, footnotes stand at
the end of their column, marks are raised figures, and headings are lines like any other.
"""

from __future__ import annotations

from dataclasses import dataclass

from demo_layers import ColumnStart
from demo_source import REFERENCE, Block, Programme

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass
class _Writer:
    """Collects paragraphs; counts letters to know when the next column begins."""

    programme: Programme
    starts: list[int]
    parts: list[str]
    pending: list[int]
    letters: int = 0

    def add(self, block: Block) -> None:
        piece = ""
        for word in block.numbered.split(" "):
            if self.starts and self.letters >= self.starts[0]:
                self._next_column(piece)
                piece = ""
            marks = [int(mark) for mark in REFERENCE.findall(word)]
            self.pending += marks
            piece += REFERENCE.sub(lambda match: match[1].translate(RAISED), word) + " "
            self.letters += sum(char.isalpha() for char in REFERENCE.sub("", word))
        self.parts.append(piece.strip())

    def _next_column(self, piece: str) -> None:
        self.starts.pop(0)
        if piece.strip():
            self.parts.append(piece.strip())
        self.write_notes()

    def write_notes(self) -> None:
        for mark in self.pending:
            note = self.programme.footnotes[mark]
            text = f"<{note}>" if note.startswith("https:") else note
            self.parts.append(f"{str(mark).translate(RAISED)} {text}")
        self.pending = []


def transcription(programme: Programme, starts: list[ColumnStart], contents: dict[str, int]) -> str:
    """The text with planted mistakes; ``contents`` gives the printed page of each heading."""
    writer = _Writer(programme, [start.letters for start in starts if start.letters], [], [])
    writer.parts += [programme.publisher, programme.title, programme.notice, "Inhoudsopgave"]
    writer.parts.append("\n".join(f"{title}\t{page}" for title, page in contents.items()))
    for block in programme.blocks:
        writer.add(block)
    writer.write_notes()
    text = "\n\n".join(writer.parts) + "\n"
    return with_mistakes(text, programme.mistakes)


def with_mistakes(text: str, mistakes: tuple[tuple[str, str], ...]) -> str:
    """The text with each mistake made once; raises ValueError when the right words are not there."""
    for right, wrong in mistakes:
        if right not in text:
            raise ValueError(f"no place to plant the mistake {wrong!r}: {right!r} is not in the text")
        text = text.replace(right, wrong, 1)
    return text
