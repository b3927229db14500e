"""Learning on which pages a document that is here stands, from page layers that come later."""

from __future__ import annotations

from typing import Any

from zichtlijn.analysis.documents.model import ReadDocument
from zichtlijn.platform.events.recording import record

from ..computing import Computed, Layer
from ..models import Citation, Document, PageLayer, Passage, Proposal
from ..relocation import Pages, page_map
from ..storing import BATCH, index_passages, page_fields, store_layers
from .citing import update_pages


def known_layers(document: Document) -> dict[int, Layer]:
    """The page layers that came with a document before."""
    rows = PageLayer.objects.filter(document=document)
    return {row.page: Layer(row.text.encode(), row.filename) for row in rows}


def add_layers(*, actor: Any, document: Document, computed: Computed) -> bool:
    """Store page layers that are new or differ, and give passages, citations and proposals their pages.

    ``computed`` was read with the known layers as well. True when there was a layer to add.
    """
    known = dict(PageLayer.objects.filter(document=document).values_list("page", "sha256"))
    fresh = {page: layer for page, layer in computed.layers.items() if known.get(page) != layer.sha256}
    if not fresh:
        return False
    store_layers(document, fresh)
    _update_pages(document, computed.read)
    before, after = {"layers": sorted(known)}, {"layers": sorted({*known, *fresh})}
    record(actor=actor, action="sources.add_page_layers", about=document, before=before, after=after)
    return True


def _update_pages(document: Document, read: ReadDocument) -> None:
    pages = {passage.span.start: passage.page for passage in read.passages}
    passages = list(document.passages.select_related("document"))
    for passage in passages:
        page = pages.get(passage.start)
        for name, value in page_fields(page).items():
            setattr(passage, name, value)
        passage.page_source = page.source if page else ""
    Passage.objects.bulk_update(passages, ["page_first", "page_last", "page_source"], batch_size=BATCH)
    index_passages(passages)
    document.page_count = read.page_count or document.page_count
    document.page_map = page_map(read)
    document.save(update_fields=["page_count", "page_map"])
    _update_what_refers(document)


def _update_what_refers(document: Document) -> None:
    pages = Pages(document)
    citations = [citation for citation in document.citations.all() if citation.start is not None]
    for citation in citations:
        update_pages(citation, pages)
    Citation.objects.bulk_update(citations, ["page", "page_last"], batch_size=BATCH)
    proposals = list(document.proposals.all())
    for proposal in proposals:
        for quote in [*proposal.quotes, *proposal.proposed_quotes]:
            quote["page"], quote["page_last"] = pages.at(quote["start"])
    Proposal.objects.bulk_update(proposals, ["quotes", "proposed_quotes"], batch_size=BATCH)
