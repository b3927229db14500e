"""Finding cited words in a text, and the pages on which a place of a document stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .models import CitationState, Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zichtlijn.analysis.documents.model import ReadDocument

    from .computing import Computed

# Of the fingerprints that a document without text holds, this share must be found before a text is taken for its own.
SHARE_OF_FINGERPRINTS = 0.6
FEWEST_FINGERPRINTS = 3


@dataclass(frozen=True)
class Found:
    """Where words stand and how well they fit; ``start`` is None when they are nowhere."""

    state: CitationState
    start: int | None = None
    end: int | None = None
    quote: str = ""


def find_again(text: str, *, quote: str, fingerprint: Sequence[str], near: int | None = None) -> Found:
    """Find the quoted words, else the fingerprint, in ``text``; ``near`` is where they stood before."""
    from zichtlijn.analysis.documents.citations import find_fingerprint, locate

    if quote:
        place = locate(text, quote, near=near)
        if place is None:
            return Found(CitationState.UNMATCHED, quote=quote)
        state = CitationState.EXACT if place.exact else CitationState.NEAR
        return Found(state, place.span.start, place.span.end, text[place.span.start : place.span.end])
    span = find_fingerprint(text, list(fingerprint)) if fingerprint else None
    if span is None:
        return Found(CitationState.UNMATCHED)
    return Found(CitationState.EXACT, span.start, span.end, text[span.start : span.end])


class Pages:
    """The pages of a document by place, from its page map."""

    def __init__(self, document: Document) -> None:
        self._rows = document.page_map
        self._starts = [row[0] for row in self._rows]

    def at(self, start: int) -> tuple[int | None, int | None]:
        """First and last page on which the character ``start`` can stand; None when nothing is known."""
        index = bisect_right(self._starts, start) - 1
        if index < 0:
            return None, None
        return self._rows[index][1], self._rows[index][2]


def page_map(read: ReadDocument) -> list[list[int | None]]:
    """``[[start, first page, last page], …]``: from that character on, until the next row.

    Sentences know their page better than the paragraph around them, which may run over a page end.
    """
    places = {passage.span.start: passage.page for passage in read.passages}
    for sentence in read.sentences:
        places |= {span.start: page for span, page in zip(sentence.spans, sentence.pages, strict=False) if page}
    rows: list[list[int | None]] = []
    for start, page in sorted(places.items(), key=lambda item: item[0]):
        row = [start, page.first if page else None, page.last if page else None]
        if not rows or rows[-1][1:] != row[1:]:
            rows.append(row)
    return rows


def find_document_without_text(computed: Computed) -> Document | None:
    """The document that is cited here by page and fingerprint, and whose text this is; None when there is none."""
    from zichtlijn.analysis.documents.citations import find_fingerprint

    for document in Document.objects.without_text():
        prints = [prints for prints in document.citations.values_list("fingerprint", flat=True) if prints]
        if len(prints) < FEWEST_FINGERPRINTS:
            continue
        found = sum(find_fingerprint(computed.read.text, one) is not None for one in prints)
        if found >= SHARE_OF_FINGERPRINTS * len(prints):
            return document
    return None
