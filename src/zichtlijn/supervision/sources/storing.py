"""Turning a document that was read into rows, a few statements per kind of row, however long the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q

from zichtlijn.analysis.documents import model
from zichtlijn.platform.search.indexing import index_records

from .computing import Computed, Layer
from .models import Document, Footnote, ImportRun, PageLayer, Passage, Proposal, Section
from .payload import payload_of
from .relocation import page_map

BATCH = 500
NOT_SEARCHED = ("contents", "furniture")


def put_text(document: Document, read: model.ReadDocument) -> None:
    """Give a document its text, and sections, passages and footnotes instead of those it had; saves it."""
    document.text = read.text
    document.page_count = read.page_count or document.page_count
    document.warnings = list(read.warnings)
    document.page_map = page_map(read)
    document.save()
    notes = {(mark, text): pk for pk, mark, text in document.footnotes.values_list("pk", "mark", "text")}
    for part in (Section, Passage, Footnote):
        part.objects.filter(document=document).delete()
    Section.objects.bulk_create(_sections(document, read), batch_size=BATCH)
    passages = Passage.objects.bulk_create(_passages(document, read), batch_size=BATCH)
    index_passages(passages)
    Footnote.objects.bulk_create(_footnotes(document, read, notes), batch_size=BATCH)


def index_passages(passages: Iterable[Passage]) -> None:
    """Make passages findable, except what says nothing by itself."""
    index_records(passage for passage in passages if passage.kind not in NOT_SEARCHED)


def store_layers(document: Document, layers: dict[int, Layer]) -> None:
    """Write the page layers, instead of those of the same page that were there."""
    PageLayer.objects.filter(document=document, page__in=layers).delete()
    PageLayer.objects.bulk_create(
        PageLayer(
            document=document,
            page=page,
            text=layer.text,
            sha256=layer.sha256,
            filename=layer.filename[:255],
        )
        for page, layer in layers.items()
    )


def forget_undecided(document: Document) -> None:
    """Delete the proposals that nobody did anything with: another text will give them anew."""
    pieces = Q(split_from__isnull=False) | Q(parts__isnull=False)
    untouched = document.proposals.open().filter(payload=F("proposed")).exclude(pieces)
    Proposal.objects.filter(pk__in=list(untouched.values_list("pk", flat=True))).delete()


def store_proposals(run: ImportRun, computed: Computed) -> None:
    """Write what is proposed and was not proposed from this document before, in the order of the document."""
    known = set(Proposal.objects.filter(document_id=run.document_id).values_list("type", "key"))
    found = (proposal for proposal in _proposals(run, computed) if (proposal.type, proposal.key) not in known)
    Proposal.objects.bulk_create(found, batch_size=BATCH)


def page_fields(page: model.PageRange | None) -> dict[str, int | None]:
    """The two page fields of a row."""
    return {"page_first": page.first if page else None, "page_last": page.last if page else None}


def counts_of(proposals: Iterable[model.Proposal]) -> dict[str, int]:
    """How many proposals of each type."""
    return dict(Counter(proposal.type for proposal in proposals))


def _sections(document: Document, read: model.ReadDocument) -> Iterable[Section]:
    for section in read.sections:
        yield Section(
            document=document,
            number=section.index,
            label=(section.number or "")[:40],
            title=section.title[:500],
            level=section.level,
            heading=section.heading,
            parent=section.parent,
        )


def _passages(document: Document, read: model.ReadDocument) -> Iterable[Passage]:
    for passage in read.passages:
        yield Passage(
            document=document,
            number=passage.index,
            kind=passage.kind,
            start=passage.span.start,
            end=passage.span.end,
            text=read.text[passage.span.start : passage.span.end],
            page_source=passage.page.source if passage.page else "",
            section=passage.section,
            level=passage.level,
            mark=(passage.mark or "")[:20],
            continues=passage.continues,
            **page_fields(passage.page),
        )


def _footnotes(document: Document, read: model.ReadDocument, known: dict[tuple[str, str], int]) -> Iterable[Footnote]:
    """A note that was there before keeps its identity, because citations may be about it."""
    for note in read.footnotes:
        starts = [span.start for span in note.references]
        ends = [span.end for span in note.references]
        yield Footnote(
            pk=known.pop((note.mark[:20], note.text), None),
            document=document,
            mark=note.mark[:20],
            text=note.text,
            urls=list(note.urls),
            passage=note.passage,
            references=[[span.start, span.end] for span in note.references],
            referred_from=min(starts, default=None),
            referred_to=max(ends, default=None),
            **page_fields(note.page),
        )


def _proposals(run: ImportRun, computed: Computed) -> Iterable[Proposal]:
    for number, found in enumerate(computed.proposals):
        payload = payload_of(found)
        quotes = [quote_values(quote) for quote in found.quotes]
        yield Proposal(
            run=run,
            document_id=run.document_id,
            number=number,
            type=found.type,
            key=found.key[:300],
            title=found.title[:500],
            payload=payload,
            proposed=payload,
            quotes=quotes,
            proposed_quotes=quotes,
            confidence=found.confidence,
            reason=found.reason[:500],
            reason_terms=found.reason_terms,
        )


def quote_values(quote: model.Quote) -> dict[str, Any]:
    """A quote as it is kept with a proposal; ``page_last`` differs from ``page`` where the page is a range."""
    return {
        "start": quote.span.start,
        "end": quote.span.end,
        "quote": quote.quote,
        "page": quote.page.first if quote.page else None,
        "page_last": quote.page.last if quote.page else None,
    }
