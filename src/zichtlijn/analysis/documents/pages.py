"""The page of every passage and sentence: from page layers, and between those from the table of contents."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from math import ceil

from .locator import PagePart
from .model import PageRange, Passage, Sentence, Span
from .structure import Anchor

# A page of running text holds at least this many characters; bounds the pages after the last known place.
_FEWEST_ON_PAGE = 1_500
_NO_PAGE = 1_000_000


class PageMap:
    """Which page each place of a text is on: known, between two pages, or unknown.

    A layer is complete: text outside its parts is not on its page. A heading is on the page that the table of
    contents gives, as far as that agrees with the layers.
    """

    def __init__(
        self, text: str, parts: Sequence[PagePart], passages: Sequence[Passage], anchors: Sequence[Anchor]
    ) -> None:
        self._text = text
        self._parts = list(parts)
        self._starts = [part.span.start for part in parts]
        self._layered = {part.page for part in parts}
        main = _in_page_order(parts)
        headings = _agreeing([(passages[a.passage].span.start, a.page) for a in anchors], main, self._layered)
        # From its place on, text is on this page or later; up to its place, on this page or earlier.
        self._lower = sorted([(part.span.end, part.page + 1) for part in main] + headings)
        self._upper = sorted([(part.span.start, part.page - 1) for part in main] + headings)

    def split(self, span: Span) -> Iterator[tuple[Span, PageRange | None]]:
        """The span cut where the page changes, each piece without white space around it, with its page."""
        at = span.start
        for part in self._overlapping(span):
            if piece := self._trimmed(at, part.span.start):
                yield piece, self._between(at)
            if piece := self._trimmed(max(at, part.span.start), min(span.end, part.span.end)):
                yield piece, PageRange(part.page, part.page, "layer")
            at = min(span.end, part.span.end)
        if piece := self._trimmed(at, span.end):
            yield piece, self._between(at)

    def _overlapping(self, span: Span) -> list[PagePart]:
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        return [part for part in self._parts[first:last] if part.span.end > span.start]

    def _trimmed(self, start: int, end: int) -> Span | None:
        while start < end and self._text[start].isspace():
            start += 1
        while start < end and self._text[end - 1].isspace():
            end -= 1
        return Span(start, end) if start < end else None

    def _between(self, at: int) -> PageRange | None:
        """The pages that a place outside the layers can be on."""
        before = bisect_right(self._lower, (at, _NO_PAGE)) - 1
        after = bisect_left(self._upper, (at, -1))
        if before < 0 and after >= len(self._upper):
            return None
        first = self._lower[before][1] if before >= 0 else 1
        last = self._upper[after][1] if after < len(self._upper) else self._at_most(first, self._lower[before][0])
        while first in self._layered and first <= last:
            first += 1
        while last in self._layered and first <= last:
            last -= 1
        return PageRange(first, last, "contents") if first <= last else None

    def _at_most(self, first: int, start: int) -> int:
        return first + ceil((len(self._text) - start) / _FEWEST_ON_PAGE)


def _in_page_order(parts: Sequence[PagePart]) -> list[PagePart]:
    """Parts that follow the order of the pages; notes gathered elsewhere do not bound what is around them."""
    least_after = list(accumulate((part.page for part in reversed(parts)), min))[::-1]
    ordered: list[PagePart] = []
    for part, least in zip(parts, least_after, strict=True):
        if part.page <= least and (not ordered or part.page >= ordered[-1].page):
            ordered.append(part)
    return ordered


def _agreeing(
    headings: Sequence[tuple[int, int]], parts: Sequence[PagePart], layered: set[int]
) -> list[tuple[int, int]]:
    """The headings of which the page is possible beside the layers and the headings before them."""
    starts = [part.span.start for part in parts]
    agreeing: list[tuple[int, int]] = []
    for at, page in headings:
        number = bisect_right(starts, at) - 1
        before = parts[number] if number >= 0 else None
        if before and at < before.span.end:
            fits = page == before.page
        else:
            last = parts[number + 1].page if number + 1 < len(parts) else _NO_PAGE
            fits = (before.page if before else 0) < page < last and page not in layered
        if fits and (not agreeing or page >= agreeing[-1][1]):
            agreeing.append((at, page))
    return agreeing


def with_passage_pages(
    passages: Sequence[Passage], pages: PageMap, note_places: Mapping[int, Span]
) -> tuple[Passage, ...]:
    """The passages with the pages they stand on; what is outside the text proper has none unless a layer shows it.

    ``note_places`` gives for notes that the file keeps apart, by passage, where their mark stands: a note is on the
    page of its mark.
    """
    placed = []
    for passage in passages:
        known = [page for _, page in pages.split(note_places.get(passage.index, passage.span)) if page]
        if passage.kind in ("contents", "furniture"):
            known = [page for page in known if page.source == "layer"]
        placed.append(replace(passage, page=_around(known)))
    return tuple(placed)


def _around(pages: Sequence[PageRange]) -> PageRange | None:
    if not pages:
        return None
    first, last = min(page.first for page in pages), max(page.last for page in pages)
    layered = all(page.source == "layer" for page in pages)
    return PageRange(first, last, "layer" if layered else "contents")


def with_sentence_pages(
    sentences: Sequence[Sentence], passages: Sequence[Passage], pages: PageMap, note_places: Mapping[int, Span]
) -> tuple[Sentence, ...]:
    """The sentences with a page per span; a span that runs over a page end becomes two."""
    placed = []
    for sentence in sentences:
        if sentence.passage in note_places:
            page = passages[sentence.passage].page
            placed.append(replace(sentence, pages=(page,) * len(sentence.spans)))
            continue
        pieces = [piece for span in sentence.spans for piece in pages.split(span)]
        spans = tuple(span for span, _ in pieces)
        found = tuple(page for _, page in pieces)
        same = (sentence.passage, sentence.section)  # half the time of replace(…), for every sentence of the document
        placed.append(Sentence(sentence.index, sentence.text, spans, *same, found, sentence.footnotes))
    return tuple(placed)
