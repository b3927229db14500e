"""The stretches of text that are looked at one by one: sentences, and headings, which the reader does not split."""

from __future__ import annotations

from dataclasses import dataclass

from zichtlijn.analysis.documents.model import PageRange, PassageKind, ReadDocument, Span
from zichtlijn.analysis.documents.proposals.words import Word, words_of

READ_KINDS = frozenset({"paragraph", "list_item", "table_cell", "footnote", "heading"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or heading with its words. ``sentence`` is None for a heading; ``section`` is the section it is in."""

    index: int
    text: str
    words: list[Word]
    kind: PassageKind
    passage: int
    section: int | None
    spans: tuple[Span, ...]
    pages: tuple[PageRange | None, ...]
    sentence: int | None
    footnotes: tuple[str, ...] = ()


def units_of(document: ReadDocument) -> list[Unit]:
    """All sentences and headings in the order of the text; running headers and tables of contents are left out."""
    found: list[
        tuple[int, str, PassageKind, int, int | None, tuple[Span, ...], tuple[PageRange | None, ...], int | None]
    ]
    found = []
    for sentence in document.sentences:
        passage = document.passages[sentence.passage]
        if passage.kind in READ_KINDS and sentence.spans:
            found.append(
                (sentence.spans[0].start, sentence.text, passage.kind, passage.index, sentence.section)
                + (sentence.spans, sentence.pages, sentence.index)
            )
    split = {entry[3] for entry in found}
    for passage in document.passages:
        if passage.kind == "heading" and passage.index not in split:
            text = document.text[passage.span.start : passage.span.end].strip("#*_ \n")
            found.append(
                (passage.span.start, text, passage.kind, passage.index, passage.section)
                + ((passage.span,), (passage.page,), None)
            )
    found.sort(key=lambda entry: entry[0])
    return [
        Unit(index, text, words_of(text), kind, passage, section, spans, _pages(pages, len(spans)), sentence)
        for index, (_, text, kind, passage, section, spans, pages, sentence) in enumerate(found)
    ]


def _pages(pages: tuple[PageRange | None, ...], count: int) -> tuple[PageRange | None, ...]:
    return pages if len(pages) == count else (pages + (None,) * count)[:count]
