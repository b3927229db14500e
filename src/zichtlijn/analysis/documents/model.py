"""The nouns of a document that was read: text, passages, sentences, footnotes, pages.

All offsets are character positions in ``ReadDocument.text``, half-open ``[start, end)``. The text is
NFC-normalised with ``\\n`` line ends, and is never changed after reading, so that a span means the same for ever.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

DocumentKind = Literal["pdf", "docx", "markdown", "plain"]
PassageKind = Literal["heading", "paragraph", "list_item", "table_cell", "footnote", "contents", "furniture"]
PageSource = Literal["file", "layer", "contents"]
ProposalType = Literal["activity", "goal", "figure", "organisation", "chain", "act", "footnote"]
ActivityKind = Literal[
    "investigation", "monitoring", "enforcement", "publication", "dialogue", "development", "co-operation"
]
ActivityStatus = Literal["new", "continuing", "finishing", "publishing", "starting", "stopped"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of characters of the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PageRange:
    """On which printed page something stands: known when ``first == last``, else between the two.

    ``source`` says how it is known: the file has pages itself, a separate text layer of that page was given,
    or it follows from the table of contents.
    """

    first: int
    last: int
    source: PageSource

    @property
    def number(self) -> int | None:
        """The page when it is known for certain, else None."""
        return self.first if self.first == self.last else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the text: a heading, a paragraph, a list item, a footnote, a line of the table of contents.

    ``furniture`` is what is printed on a page and says nothing: running headers, page numbers, address blocks.
    A paragraph that the lay-out cut in two (column end, page end, footnotes in between) is two passages, of which
    the second has ``continues`` set to the index of the first.
    """

    index: int
    kind: PassageKind
    span: Span
    section: int | None = None
    level: int = 0
    continues: int | None = None
    mark: str | None = None
    page: PageRange | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; ``parent`` is the index of the section around it."""

    index: int
    title: str
    number: str | None
    level: int
    heading: int | None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. It has more than one span where lay-out cut it (page end, footnotes in between).

    ``text`` is the spans joined by one space, hyphenation at the cut repaired, footnote marks taken out.
    ``pages`` has one entry per span.
    """

    index: int
    text: str
    spans: tuple[Span, ...]
    passage: int
    section: int | None
    pages: tuple[PageRange | None, ...] = ()
    footnotes: tuple[str, ...] = ()

    @property
    def page(self) -> PageRange | None:
        """Where the sentence begins."""
        return self.pages[0] if self.pages else None


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note with its mark, the passage that holds it, the places where the mark stands, and its addresses."""

    mark: str
    text: str
    passage: int
    references: tuple[Span, ...]
    urls: tuple[str, ...] = ()
    page: PageRange | None = None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as read and split. ``title`` and ``year`` are read from the document when it says them.

    ``page_count`` and ``page_offset`` are those of a file with pages: printed number = place in the file + offset.
    ``warnings`` are English message ids.
    """

    kind: DocumentKind
    sha256: str
    text: str
    passages: tuple[Passage, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    footnotes: tuple[Footnote, ...]
    page_count: int | None = None
    title: str | None = None
    publisher: str | None = None
    year: int | None = None
    warnings: tuple[str, ...] = ()
    page_offset: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact words of the source that something rests on, with the page they stand on."""

    span: Span
    quote: str
    page: PageRange | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the software proposes to take over from a document; a person decides.

    ``key`` is stable over imports and editions: the same thing in another edition has the same key.
    ``reason`` names the rule that fired, as an English message id with ``reason_terms`` to fill in.
    ``confidence`` lies between 0 and 1. Only the fields that fit the type are filled.
    """

    type: ProposalType
    key: str
    title: str
    confidence: float
    reason: str
    quotes: tuple[Quote, ...]
    reason_terms: dict[str, str] = field(default_factory=dict)
    description: str = ""
    kind: ActivityKind | None = None
    status: ActivityStatus | None = None
    year: int | None = None
    goals: tuple[str, ...] = ()
    domain: str | None = None
    organisations: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    abbreviation: str | None = None
    identifier: str | None = None
    value: float | None = None
    unit: str | None = None
    subject: str | None = None
    mark: str | None = None
    urls: tuple[str, ...] = ()


class DocumentError(Exception):
    """A file that cannot be read. ``code`` is stable; ``message`` is an English message id, ``params`` fill it."""

    def __init__(self, code: str, message: str, **params: str | int) -> None:
        super().__init__(message % params if params else message)
        self.code = code
        self.message = message
        self.params = params
