"""The sentences of a document; one that lay-out cut in two is one sentence with two spans."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .model import Footnote, Passage, Sentence, Span
from .readers.markup import without_marks, without_markup
from .splitting import split

_SPLIT_WORD = re.compile(r"([^\W\d_])-\s*$")
# "in- en uitvoer": the hyphen stays when one of these follows.
_JOINING = re.compile(r"(?:en|of|dan|tot|als|en/of)\b")
_WRAPPED_WORD = re.compile(r"([^\W\d_])-\n\s*(?!(?:en|of|dan|tot|als|en/of)\b)([^\W\d_A-Z])")


@dataclass(frozen=True, slots=True)
class _Joined:
    """The passages of one cut paragraph put behind each other, to be split as one text."""

    text: str
    starts: tuple[int, ...]
    passages: tuple[Passage, ...]

    def pieces(self, start: int, end: int) -> Iterator[tuple[Span, Passage]]:
        """The stretches of the document that ``[start, end)`` of the joined text covers, each with its passage."""
        first = bisect_right(self.starts, start) - 1
        while first < len(self.starts) and self.starts[first] < end:
            offset, passage = self.starts[first], self.passages[first]
            whole = passage.span
            low, high = max(start - offset, 0), min(end - offset, whole.end - whole.start)
            if low < high:
                yield Span(whole.start + low, whole.start + high), passage
            first += 1


def find_sentences(text: str, passages: Sequence[Passage], footnotes: Sequence[Footnote]) -> tuple[Sentence, ...]:
    """The sentences of paragraphs, list items, table cells and footnotes, paragraph by paragraph."""
    references = sorted((span.start, note.mark) for note in footnotes for span in note.references)
    places = [place for place, _ in references]
    marks = [mark for _, mark in references]
    sentences: list[Sentence] = []
    for joined in _cut_paragraphs(text, passages):
        for start, end in split(joined.text):
            pieces = list(joined.pieces(start, end))
            spans = tuple(span for span, _ in pieces)
            pages = tuple(passage.page for _, passage in pieces)
            passage = pieces[0][1]
            found = [mark for span in spans for mark in marks[slice(*_between(places, span))]]
            words = words_of(text, spans)
            words = without_markup(without_marks(words, found) if found else words)
            sentences.append(
                Sentence(len(sentences), words, spans, passage.index, passage.section, pages, tuple(found))
            )
    return tuple(sentences)


def _between(places: Sequence[int], span: Span) -> tuple[int, int]:
    return bisect_left(places, span.start), bisect_left(places, span.end)


def _cut_paragraphs(text: str, passages: Sequence[Passage]) -> Iterator[_Joined]:
    rest: dict[int, list[Passage]] = {}
    first_of: dict[int, int] = {}
    for passage in passages:
        if passage.continues is not None:
            first = first_of.get(passage.continues, passage.continues)
            first_of[passage.index] = first
            rest.setdefault(first, []).append(passage)
    for passage in passages:
        if passage.continues is None and passage.kind in ("paragraph", "list_item", "table_cell", "footnote"):
            yield _joined(text, [passage, *rest.get(passage.index, [])])


def _joined(text: str, passages: list[Passage]) -> _Joined:
    starts, parts, length = [], [], 0
    for passage in passages:
        part = text[passage.span.start : passage.span.end]
        starts.append(length)
        parts.append(part)
        length += len(part) + 1
    return _Joined(" ".join(parts), tuple(starts), tuple(passages))


def words_of(text: str, spans: Sequence[Span]) -> str:
    """The spans behind each other with one space, words that were split at a line or page end made whole."""
    words = ""
    for span in spans:
        part = text[span.start : span.end]
        if _SPLIT_WORD.search(words) and part[:1].islower() and not _JOINING.match(part):
            words = words.rstrip()[:-1] + part
        else:
            words = f"{words} {part}" if words else part
    return _WRAPPED_WORD.sub(r"\1\2", words) if "-\n" in words else words
