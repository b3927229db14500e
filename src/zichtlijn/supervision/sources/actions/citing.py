"""Tying the register to the source: citing, finding citations again in a new text, taking a citation away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record

from ..models import Citation, CitationState, Document, Proposal
from ..relocation import Finder, Found, Pages


@action("sources.cite", permission="sources.cite_document", on="document")
def cite(
    *,
    actor: Any,
    document: Document,
    about: models.Model,
    page: int | None = None,
    start: int | None = None,
    end: int | None = None,
    quote: str = "",
    fingerprint: Sequence[int] = (),
) -> Citation:
    """Say that ``about`` rests on a place in ``document``: a span, words, or a page with a fingerprint of the words.

    Citing the same place for the same object again gives the citation that stands. Raises ValidationError when
    nothing says where, or the words are not in the text.
    """
    if document.has_text:
        found = _placed(document, start=start, end=end, quote=quote, fingerprint=list(fingerprint), page=page)
    elif page is None and not quote and not fingerprint:
        raise ValidationError(_("Say on which page or in which words."), code="no-place")
    else:
        found = Found(CitationState.TEXT_ABSENT, quote=quote)
    return _store(actor=actor, document=document, about=about, found=found, page=page, fingerprint=list(fingerprint))


def _placed(
    document: Document, *, start: int | None, end: int | None, quote: str, fingerprint: list[int], page: int | None
) -> Found:
    if start is not None and end is not None:
        words = document.text[start:end]
        if not words or (quote and quote != words):
            raise ValidationError(_("The quote does not stand at this place of the document."), code="other-words")
        return Found(CitationState.EXACT, start, end, words)
    if not quote and not fingerprint:
        raise ValidationError(_("Say which words of the document."), code="no-place")
    found = Finder(document).find(quote=quote, fingerprint=fingerprint, page=page)
    if found.state == CitationState.UNMATCHED and quote:
        raise ValidationError(_("These words are not in the document."), code="not-found")
    return found


def cite_quote(*, actor: Any, proposal: Proposal, about: models.Model, quote: dict[str, Any]) -> Citation:
    """Cite the words of a proposal. When the document got another text since, they are looked up in that."""
    document, start, end = proposal.document, quote["start"], quote["end"]
    if document.text[start:end] == quote["quote"]:
        found = Found(CitationState.EXACT, start, end, quote["quote"])
    else:
        found = Finder(document).find(quote=quote["quote"], near=start)
    return _store(
        actor=actor,
        document=document,
        about=about,
        found=found,
        page=quote.get("page"),
        page_last=quote.get("page_last"),
        proposal=proposal,
    )


def _store(
    *,
    actor: Any,
    document: Document,
    about: models.Model,
    found: Found,
    page: int | None,
    page_last: int | None = None,
    fingerprint: list[int] | None = None,
    proposal: Proposal | None = None,
) -> Citation:
    content_type = ContentType.objects.get_for_model(about)
    place: dict[str, Any] = {"start": found.start, "end": found.end}
    if found.start is None:
        place |= {"page": page, "fingerprint": fingerprint or [], "quote": found.quote}
    elif page is None and proposal is None:
        page, page_last = Pages(document).at(found.start)
    standing = Citation.objects.filter(
        document=document, content_type=content_type, object_id=about.pk, **place
    ).first()
    if standing:
        return standing
    citation = Citation.objects.create(
        document=document,
        content_type=content_type,
        object_id=about.pk,
        page=page,
        page_last=page_last if page_last != page else None,
        start=found.start,
        end=found.end,
        quote=found.quote,
        fingerprint=fingerprint or [],
        state=found.state,
        proposal=proposal,
        is_demo=document.is_demo,
    )
    record(actor=actor, action="sources.cite", about=about, after=_event_values(citation))
    return citation


def _event_values(citation: Citation) -> dict[str, Any]:
    return {
        "citation": citation.pk,
        "cited_document": str(citation.document),
        "cited_page": citation.page,
        "quote": citation.quote,
        "match": citation.state,
    }


@action("sources.withdraw_citation", permission="sources.cite_document", on="citation")
def withdraw_citation(*, actor: Any, citation: Citation, reason: str) -> None:
    """Take a citation away, with a reason. Raises ValidationError for the last citation of a record.

    A record without any citation would no longer be traced to a source.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this citation is taken away.")})
    if citation.about is not None and Citation.objects.about(citation.about).count() == 1:
        raise ValidationError(_("This is the only citation; add another one first."), code="last-citation")
    remove_citation(actor=actor, citation=citation, reason=reason.strip())


def remove_citation(*, actor: Any, citation: Citation, reason: str = "") -> None:
    """Delete a citation and record that in the history of what it was about."""
    about = citation.about if citation.about is not None else citation.document
    record(actor=actor, action="sources.withdraw_citation", about=about, before=_event_values(citation), reason=reason)
    citation.delete()


@action("sources.relocate_citations", permission="sources.change_document", on="document")
def relocate_citations(*, actor: Any, document: Document, read: Any = None) -> dict[str, int]:
    """Find every citation of ``document`` again in its text as it is now; none is dropped.

    ``read`` is the reading that the text comes from, when it is at hand. Returns how many are ``exact``, ``near`` and
    ``unmatched``. A change of state is recorded with what it is about.
    """
    counts = dict.fromkeys((CitationState.EXACT, CitationState.NEAR, CitationState.UNMATCHED), 0)
    changed = []
    finder, pages = Finder(document, read), Pages(document)
    citations = Citation.objects.select_for_update().filter(document=document).prefetch_related("about")
    for citation in citations:
        counts[_relocate(actor, citation, finder, pages)] += 1
        changed.append(citation)
    Citation.objects.bulk_update(changed, ["start", "end", "quote", "state", "page", "page_last"], batch_size=200)
    return {str(state): number for state, number in counts.items()}


def _relocate(actor: Any, citation: Citation, finder: Finder, pages: Pages) -> CitationState:
    before = _event_values(citation)
    found = finder.find(quote=citation.quote, fingerprint=citation.fingerprint, near=citation.start, page=citation.page)
    citation.state = found.state
    if found.start is not None:
        citation.start, citation.end = found.start, found.end
        # The words as they were cited stay; what had none gets the words that were found.
        citation.quote = citation.quote or found.quote
        update_pages(citation, pages)
    else:
        citation.start = citation.end = None
    after = _event_values(citation)
    if citation.about is not None and before != after:
        record(actor=actor, action="sources.relocate_citation", about=citation.about, before=before, after=after)
    return CitationState(found.state)


def update_pages(citation: Citation, pages: Pages) -> None:
    """Give a citation the pages of its place, when these are known."""
    first, last = pages.at(citation.start or 0)
    if first is not None:
        citation.page, citation.page_last = first, last if last != first else None
