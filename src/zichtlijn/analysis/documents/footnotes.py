"""Footnotes: which mark in the text belongs to which note."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from .model import Footnote, Passage, Span
from .readers.markup import mark_of, marks_in, urls_in, without_markup

_WITHOUT_MARKS = frozenset({"footnote", "contents", "furniture"})


def tie_footnotes(text: str, passages: Sequence[Passage]) -> tuple[Footnote, ...]:
    """Every note with the places of its mark.

    Where marks begin again at 1 on a page or in a chapter, a mark belongs to the note of its own page, else to the
    first note after it, else to the last one before it.
    """
    notes = [passage for passage in passages if passage.kind == "footnote" and passage.mark]
    by_mark: dict[str, list[Passage]] = defaultdict(list)
    for note in notes:
        by_mark[note.mark or ""].append(note)
    references: dict[int, list[Span]] = defaultdict(list)
    starts = [passage.span.start for passage in passages]
    for match in marks_in(text) if notes else ():
        passage = passages[bisect_right(starts, match.start()) - 1]
        candidates = by_mark.get(mark_of(match))
        if candidates and match.end() <= passage.span.end and passage.kind not in _WITHOUT_MARKS:
            references[_nearest(candidates, passage).index].append(Span(match.start(), match.end()))
    return tuple(_footnote(text, note, references[note.index]) for note in notes)


def _nearest(candidates: list[Passage], passage: Passage) -> Passage:
    """The note on the same page, else the first after the passage, else the last; ``candidates`` are in order."""
    after = bisect_left(candidates, passage.index, key=lambda note: note.index)
    near = candidates[max(0, after - 1) : after + 1]
    same_page = [note for note in near if note.page and note.page == passage.page]
    return same_page[0] if same_page else candidates[min(after, len(candidates) - 1)]


def _footnote(text: str, note: Passage, references: list[Span]) -> Footnote:
    words = text[note.span.start : note.span.end]
    return Footnote(note.mark or "", without_markup(words), note.index, tuple(references), urls_in(words), note.page)


def detached_notes(
    text: str, passages: Sequence[Passage], footnotes: Sequence[Footnote], *, all_notes: bool
) -> dict[int, Span]:
    """By passage the first mark of each note that the file keeps apart from the page it is printed on.

    A Word file keeps ``all_notes`` apart; in Markdown those written as ``[^1]:``.
    """
    return {
        note.passage: note.references[0]
        for note in footnotes
        if note.references and (all_notes or _is_definition(text, passages[note.passage].span.start))
    }


def _is_definition(text: str, start: int) -> bool:
    return "]:" in text[max(0, start - 4) : start]


def with_pages(footnotes: Sequence[Footnote], passages: Sequence[Passage]) -> tuple[Footnote, ...]:
    """The same notes, with the page of their passage."""
    return tuple(replace(note, page=passages[note.passage].page) for note in footnotes)
