"""Proposals as JSON, in the shape of docs/programme-json.md and data/programme.schema.json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zichtlijn.analysis.documents.model import PageRange, Proposal, Quote, ReadDocument


def to_json(
    document: ReadDocument,
    proposals: Sequence[Proposal],
    *,
    title: str | None = None,
    year: int | None = None,
    extra: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A document with its proposals as plain values for JSON.

    ``title`` and ``year`` win over what the document says itself; ``extra`` is added to "document" (licence, origin)
    and never replaces a field of ours.
    """
    about = {
        "title": title or document.title,
        "year": year or document.year,
        "kind": document.kind,
        "sha256": document.sha256,
        "pages": document.page_count,
        "publisher": document.publisher,
        "warnings": list(document.warnings),
    }
    return {
        "document": {**(extra or {}), **about},
        "passages": len(document.passages),
        "proposals": [_proposal(proposal) for proposal in proposals],
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "type": proposal.type,
        "key": proposal.key,
        "title": proposal.title,
        "description": proposal.description,
        "kind": proposal.kind,
        "status": proposal.status,
        "year": proposal.year,
        "goals": list(proposal.goals),
        "domain": proposal.domain,
        "organisations": list(proposal.organisations),
        "chains": list(proposal.chains),
        "acts": list(proposal.acts),
        "groups": list(proposal.groups),
        "dates": list(proposal.dates),
        "abbreviation": proposal.abbreviation,
        "identifier": proposal.identifier,
        "value": _number(proposal.value),
        "unit": proposal.unit,
        "subject": proposal.subject,
        "mark": proposal.mark,
        "urls": list(proposal.urls),
        "confidence": round(proposal.confidence, 3),
        "reason": _reason(proposal),
        "citations": [_citation(quote) for quote in proposal.quotes],
    }


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _reason(proposal: Proposal) -> str:
    return proposal.reason % proposal.reason_terms if proposal.reason_terms else proposal.reason


def _citation(quote: Quote) -> dict[str, Any]:
    """``page`` is null when it is not known for certain; then ``pages`` holds the first and last it can be."""
    return {
        "page": quote.page.number if quote.page else None,
        "pages": _pages(quote.page),
        "start": quote.span.start,
        "end": quote.span.end,
        "quote": quote.quote,
    }


def _pages(page: PageRange | None) -> list[int] | None:
    return [page.first, page.last] if page else None
