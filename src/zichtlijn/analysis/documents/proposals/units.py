"""The stretches of text that are looked at one by one: sentences, and headings, which the reader does not split."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from zichtlijn.analysis.documents.model import PageRange, Passage, PassageKind, ReadDocument, Sentence, Span
from zichtlijn.analysis.documents.proposals.words import Word, words_of

# "4.3 Het bureau …": the number of a paragraph is no word of its sentence.
NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})+[.)]?\s+(?=[^\W\d_])")
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
    """All sentences and headings in the order of the text; running headers and tables of contents are left out.

    A sentence of a paragraph that the lay-out cut in two has the first part as its passage.
    """
    units = [_of_sentence(document, sentence) for sentence in document.sentences if sentence.spans]
    units = [unit for unit in units if unit.kind in READ_KINDS]
    split = {unit.passage for unit in units}
    units += [_of_heading(document, p) for p in document.passages if p.kind == "heading" and p.index not in split]
    units.sort(key=lambda unit: unit.spans[0].start)
    return [replace(unit, index=index) for index, unit in enumerate(units)]


def _of_sentence(document: ReadDocument, sentence: Sentence) -> Unit:
    passage = document.passages[sentence.passage]
    first = passage
    while first.continues is not None and first.continues != first.index:
        first = document.passages[first.continues]
    pages = (sentence.pages + (None,) * len(sentence.spans))[: len(sentence.spans)]
    text = NUMBERED.sub("", sentence.text)
    words = words_of(text) if passage.kind in READ_KINDS else []
    place = (sentence.section, sentence.spans, pages, sentence.index, sentence.footnotes)
    return Unit(0, text, words, passage.kind, first.index, *place)


def _of_heading(document: ReadDocument, passage: Passage) -> Unit:
    text = document.text[passage.span.start : passage.span.end].strip("#*_ \n")
    place = (passage.section, (passage.span,), (passage.page,), None)
    return Unit(0, text, words_of(text), passage.kind, passage.index, *place)
