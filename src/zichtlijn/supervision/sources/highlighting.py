"""Cutting passages into segments, so that cited words and footnote marks can be shown where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .models import Citation, Footnote, Passage


@dataclass(frozen=True)
class Segment:
    """A stretch of text with the citations that cover it, and the note of which it is the mark."""

    text: str
    citations: tuple[Citation, ...] = ()
    note: Footnote | None = None
    chosen: bool = False


@dataclass
class ShownPassage:
    """A passage cut into segments. ``citations`` are those with words in it, ``note`` the note that it is itself."""

    passage: Passage
    segments: list[Segment]
    citations: list[Citation] = field(default_factory=list)
    note: Footnote | None = None
    new_page: int | None = None

    @property
    def heading_level(self) -> int:
        """The level of the heading element: the title of the page is the first level."""
        return min(self.passage.level + 1, 6) if self.passage.level else 2


@dataclass(frozen=True)
class Stretch:
    """A span of the document's text to mark."""

    start: int
    end: int


def show(
    passage: Passage,
    *,
    citations: Sequence[Citation] = (),
    notes: Sequence[Footnote] = (),
    chosen: Iterable[Stretch] = (),
) -> ShownPassage:
    """Cut ``passage`` at every border of a citation, a chosen stretch or a footnote mark that lies in it."""
    here = [one for one in citations if one.placed and _overlaps(passage, one.start or 0, one.end or 0)]
    marks = [
        (Stretch(start, end), note)
        for note in notes
        for start, end in note.references
        if _overlaps(passage, start, end)
    ]
    stretches = [stretch for stretch in chosen if _overlaps(passage, stretch.start, stretch.end)]
    borders = _borders(passage, here, [mark for mark, _note in marks], stretches)
    segments = [
        Segment(
            text=passage.text[start - passage.start : end - passage.start],
            citations=tuple(one for one in here if _covers(one.start or 0, one.end or 0, start, end)),
            note=next((note for mark, note in marks if _covers(mark.start, mark.end, start, end)), None),
            chosen=any(_covers(stretch.start, stretch.end, start, end) for stretch in stretches),
        )
        for start, end in pairwise(borders)
    ]
    own = next((note for note in notes if note.passage == passage.number), None)
    return ShownPassage(passage, segments, here, own)


def _borders(passage: Passage, citations: list[Citation], marks: list[Stretch], stretches: list[Stretch]) -> list[int]:
    found = {passage.start, passage.end}
    places = [(one.start or 0, one.end or 0) for one in citations]
    places += [(one.start, one.end) for one in (*marks, *stretches)]
    for start, end in places:
        found |= {max(passage.start, start), min(passage.end, end)}
    return sorted(found)


def _overlaps(passage: Passage, start: int, end: int) -> bool:
    return start < passage.end and end > passage.start


def _covers(start: int, end: int, inner_start: int, inner_end: int) -> bool:
    return start <= inner_start and inner_end <= end
