"""Finding cited words in a text, and the pages on which a place of a document stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .models import CitationState, Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zichtlijn.analysis.documents.citations_fingerprints import FingerprintIndex
    from zichtlijn.analysis.documents.model import Passage as AnalysedPassage
    from zichtlijn.analysis.documents.model import ReadDocument, Span

    from .computing import Computed
    from .models import Passage

# Of the fingerprints that a document without text holds, this share must be found before a text is taken for its own.
SHARE_OF_FINGERPRINTS = 0.6
FEWEST_FINGERPRINTS = 3
# Share of the hashes of one fingerprint from which on the words are taken to be the same.
SURE_FINGERPRINT = 0.95
WIDEST_GAP = 3  # characters


@dataclass(frozen=True)
class Found:
    """Where words stand and how well they fit; ``start`` is None when they are nowhere."""

    state: CitationState
    start: int | None = None
    end: int | None = None
    quote: str = ""


class Finder:
    """Looks cited words up in the text of one document, which may be asked for many citations."""

    def __init__(self, document: Document, read: ReadDocument | None = None) -> None:
        self._document = document
        self._text = read.text if read else document.text
        self._read = read

    @cached_property
    def _index(self) -> FingerprintIndex:
        from zichtlijn.analysis.documents.citations_fingerprints import FingerprintIndex

        return FingerprintIndex(self._read or as_read(self._document))

    def find(
        self, *, quote: str = "", fingerprint: Sequence[int] = (), near: int | None = None, page: int | None = None
    ) -> Found:
        """Where the quoted words stand, else the words of the fingerprint; ``near`` is where they stood before."""
        if quote:
            return self._by_words(quote, near)
        # A citation that only names a page has no words that could be missing.
        return self._by_fingerprint(fingerprint, page) if fingerprint else Found(CitationState.EXACT)

    def _by_words(self, quote: str, near: int | None) -> Found:
        from zichtlijn.analysis.documents.citations import locate
        from zichtlijn.analysis.documents.model import Span

        place = locate(quote, self._text, near=Span(near, near + len(quote)) if near is not None else None)
        if place is None:
            return Found(CitationState.UNMATCHED, quote=quote)
        state = CitationState.EXACT if place.exact else CitationState.NEAR
        return Found(state, place.span.start, place.span.end, self._text[place.span.start : place.span.end])

    def _by_fingerprint(self, fingerprint: Sequence[int], page: int | None) -> Found:
        place = self._index.find(fingerprint, page)
        if place is None:
            return Found(CitationState.UNMATCHED)
        start, end = _longest_run(place.spans)
        state = CitationState.EXACT if place.score >= SURE_FINGERPRINT else CitationState.NEAR
        return Found(state, start, end, self._text[start:end])


def _longest_run(spans: Sequence[Span]) -> tuple[int, int]:
    """The longest stretch without a gap: a sentence that lay-out cut is shown by its larger part."""
    runs: list[tuple[int, int]] = []
    for span in spans:
        if runs and span.start - runs[-1][1] <= WIDEST_GAP:
            runs[-1] = (runs[-1][0], span.end)
        else:
            runs.append((span.start, span.end))
    return max(runs, key=lambda run: run[1] - run[0])


def as_read(document: Document) -> ReadDocument:
    """The stored document as the analysis knows it, with its sentences found again."""
    from zichtlijn.analysis.documents import model
    from zichtlijn.analysis.documents.footnotes import tie_footnotes
    from zichtlijn.analysis.documents.sentences import find_sentences

    passages = tuple(_read_passage(row) for row in document.passages.defer("text"))
    footnotes = tie_footnotes(document.text, passages)
    return model.ReadDocument(
        kind=document.kind,  # type: ignore[arg-type]
        sha256=document.sha256,
        text=document.text,
        passages=passages,
        sections=(),
        sentences=find_sentences(document.text, passages, footnotes),
        footnotes=footnotes,
    )


def _read_passage(row: Passage) -> AnalysedPassage:
    from zichtlijn.analysis.documents import model

    return model.Passage(
        index=row.number,
        kind=row.kind,  # type: ignore[arg-type]
        span=model.Span(row.start, row.end),
        section=row.section,
        level=row.level,
        continues=row.continues,
        mark=row.mark or None,
    )


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
        for span, page in zip(sentence.spans, sentence.pages, strict=False):
            if page:
                places[span.start] = page
    rows: list[list[int | None]] = []
    for start, page in sorted(places.items(), key=lambda item: item[0]):
        row = [start, page.first if page else None, page.last if page else None]
        if not rows or rows[-1][1:] != row[1:]:
            rows.append(row)
    return rows


def find_document_without_text(computed: Computed) -> Document | None:
    """The document that is cited here by page and fingerprint, and whose text this is; None when there is none."""
    finder: Finder | None = None
    for document in Document.objects.without_text():
        rows = document.citations.exclude(fingerprint=[]).values_list("fingerprint", "page")
        if len(rows) < FEWEST_FINGERPRINTS:
            continue
        finder = finder or Finder(document, computed.read)
        found = sum(finder.find(fingerprint=prints, page=page).start is not None for prints, page in rows)
        if found >= SHARE_OF_FINGERPRINTS * len(rows):
            return document
    return None
