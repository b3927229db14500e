"""Merging proposals that are one thing, and splitting one that is several; every quote finds its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot

from ..models import Proposal, ProposalState
from ..transitions import PROPOSAL
from .deciding import DECISION_FIELDS, decide, locked


@dataclass(frozen=True)
class Piece:
    """One part of a split: its title and which quotes (positions in the list of the whole) it keeps."""

    title: str
    quotes: tuple[int, ...]
    values: dict[str, Any] = field(default_factory=dict)


@action("sources.merge_proposals", permission="sources.decide_proposal", on="into")
def merge_proposals(*, actor: Any, into: Proposal, others: Sequence[Proposal]) -> Proposal:
    """Make several proposals one: ``into`` keeps its words and gets the quotes and links of the ``others``.

    Raises ValidationError when there is nothing to merge, or the proposals differ in type or document.
    """
    into = locked(into)
    parts = [locked(other) for other in others if other.pk != into.pk]
    _check_merge(into, parts)
    before = snapshot(into, fields=DECISION_FIELDS)
    at = timezone.now()
    for part in parts:
        part_before = snapshot(part, fields=DECISION_FIELDS)
        part.state = PROPOSAL.after(part.state, "merge")
        part.merged_into = into
        decide(actor, part, part_before, step="merge", reason="", at=at)
        _take_over(into, part)
    into.save()
    after = snapshot(into, fields=DECISION_FIELDS)
    record(actor=actor, action="sources.merge_proposals", about=into, before=before, after=after)
    return into


def _check_merge(into: Proposal, parts: list[Proposal]) -> None:
    if not parts:
        raise ValidationError(_("Choose at least one other proposal to merge."), code="nothing-to-merge")
    if into.state != ProposalState.OPEN:
        PROPOSAL.after(into.state, "merge")
    if any(part.type != into.type or part.document_id != into.document_id for part in parts):
        raise ValidationError(_("Only proposals of one type and one document can be merged."), code="other-type")


def _take_over(into: Proposal, part: Proposal) -> None:
    known = {place(quote) for quote in into.quotes}
    quotes = into.quotes + [quote for quote in part.quotes if place(quote) not in known]
    into.quotes = sorted(quotes, key=place)
    for name, values in part.payload.items():
        if isinstance(values, list):
            own = into.payload.get(name) or []
            into.payload[name] = [*own, *(value for value in values if value not in own)]


def place(quote: dict[str, Any]) -> tuple[int, int]:
    """What makes a quote the same quote: where it stands."""
    return (quote["start"], quote["end"])


def release(into: Proposal, part: Proposal) -> None:
    """Take back from ``into`` what only ``part`` brought; what others merged into it also brought stays."""
    others = Proposal.objects.filter(merged_into=into).exclude(pk=part.pk)
    kept_places = {place(quote) for quote in into.proposed_quotes}
    kept_places |= {place(quote) for other in others for quote in other.quotes}
    gone = {place(quote) for quote in part.quotes} - kept_places
    into.quotes = [quote for quote in into.quotes if place(quote) not in gone]
    for name, values in part.payload.items():
        if isinstance(values, list):
            kept = list(into.proposed.get(name) or [])
            kept += [value for other in others for value in other.payload.get(name) or []]
            own = into.payload.get(name) or []
            into.payload[name] = [value for value in own if value not in values or value in kept]


@action("sources.split_proposal", permission="sources.decide_proposal", on="proposal")
def split_proposal(*, actor: Any, proposal: Proposal, pieces: Sequence[Piece]) -> list[Proposal]:
    """Make one proposal several, each with its title and its quotes; a quote may support more than one.

    Raises ValidationError with fewer than two pieces, a piece without title or quote, or a quote left over.
    """
    proposal = locked(proposal)
    _check_split(proposal, pieces)
    before = snapshot(proposal, fields=DECISION_FIELDS)
    proposal.state = PROPOSAL.after(proposal.state, "split")
    decide(actor, proposal, before, step="split", reason="", at=timezone.now())
    taken = Proposal.objects.filter(split_from=proposal).count()
    made = [_piece(proposal, piece, taken + index) for index, piece in enumerate(pieces, start=1)]
    for piece in made:
        piece.save()
        after = snapshot(piece, fields=DECISION_FIELDS)
        record(actor=actor, action="sources.split_proposal", about=piece, after=after)
    return made


def _check_split(proposal: Proposal, pieces: Sequence[Piece]) -> None:
    if len(pieces) < 2:
        raise ValidationError(_("Split into at least two."), code="one-piece")
    if any(not piece.title.strip() for piece in pieces):
        raise ValidationError(_("Give every part a title."), code="no-title")
    if any(not piece.quotes for piece in pieces):
        raise ValidationError(_("Give every part at least one quote."), code="no-quote")
    given = {index for piece in pieces for index in piece.quotes}
    if given != set(range(len(proposal.quotes))):
        raise ValidationError(_("Every quote must go to a part."), code="quote-left-over")


def _piece(whole: Proposal, piece: Piece, number: int) -> Proposal:
    title = piece.title.strip()
    payload = {**whole.payload, **piece.values, "title": title}
    quotes = [whole.quotes[index] for index in sorted(piece.quotes)]
    return Proposal(
        run_id=whole.run_id,
        document_id=whole.document_id,
        number=whole.number,
        type=whole.type,
        key=f"{whole.key[:290]}#{number}",
        title=title,
        payload=payload,
        proposed=payload,
        quotes=quotes,
        proposed_quotes=quotes,
        confidence=whole.confidence,
        reason=whole.reason,
        reason_terms=whole.reason_terms,
        split_from=whole,
    )
