"""The stretches of text that are looked at one by one: sentences, and headings, which the reader does not split."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zichtlijn.analysis.documents.dictionaries import ActivityWords
from zichtlijn.analysis.documents.model import PageRange, Passage, PassageKind, ReadDocument, Sentence, Span
from zichtlijn.analysis.documents.proposals.traits import Traits
from zichtlijn.analysis.documents.proposals.words import Word, words_of

# "4.3 Het bureau …": the number of a paragraph is no word of its sentence.
NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})+[.)]?\s+(?=[^\W\d_])")
READ_KINDS = frozenset({"paragraph", "list_item", "table_cell", "footnote", "heading"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or heading with its words. ``sentence`` is None for a heading; ``section`` is the section it is in.

    ``traits`` tells what the words can be part of (module ``traits``).
    """

    index: int
    text: str
    words: list[Word]
    traits: int
    kind: PassageKind
    passage: int
    section: int | None
    spans: tuple[Span, ...]
    pages: tuple[PageRange | None, ...]
    sentence: int | None
    footnotes: tuple[str, ...] = ()


def units_of(document: ReadDocument, known: ActivityWords) -> list[Unit]:
    """All sentences and headings in the order of the text; running headers and tables of contents are left out.

    A sentence of a paragraph that the lay-out cut in two has the first part as its passage.
    """
    passages = document.passages
    read = [each for each in document.sentences if each.spans and passages[each.passage].kind in READ_KINDS]
    split = {_first_part(document, passages[each.passage]).index for each in read}
    headings = [each for each in passages if each.kind == "heading" and each.index not in split]
    found: list[Sentence | Passage] = sorted([*read, *headings], key=_start)
    traits = Traits(known)
    return [
        _of_heading(document, each, index, traits)
        if isinstance(each, Passage)
        else _of_sentence(document, each, index, traits)
        for index, each in enumerate(found)
    ]


def _start(part: Sentence | Passage) -> int:
    return part.span.start if isinstance(part, Passage) else part.spans[0].start


def _first_part(document: ReadDocument, passage: Passage) -> Passage:
    while passage.continues is not None and passage.continues != passage.index:
        passage = document.passages[passage.continues]
    return passage


def _of_sentence(document: ReadDocument, sentence: Sentence, index: int, traits: Traits) -> Unit:
    passage = document.passages[sentence.passage]
    first = _first_part(document, passage)
    pages = (sentence.pages + (None,) * len(sentence.spans))[: len(sentence.spans)]
    text = NUMBERED.sub("", sentence.text)
    place = (sentence.section, sentence.spans, pages, sentence.index, sentence.footnotes)
    words = words_of(text)
    return Unit(index, text, words, traits.of(words), passage.kind, first.index, *place)


def _of_heading(document: ReadDocument, passage: Passage, index: int, traits: Traits) -> Unit:
    text = document.text[passage.span.start : passage.span.end].strip("#*_ \n")
    place = (passage.section, (passage.span,), (passage.page,), None)
    words = words_of(text)
    return Unit(index, text, words, traits.of(words), passage.kind, passage.index, *place)
