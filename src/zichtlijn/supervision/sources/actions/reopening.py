"""Undoing a decision: the proposal is open again, and what it brought into the register is taken out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.events.recording import record, snapshot

from ..models import Citation, Document, Proposal, ProposalState
from ..transitions import PROPOSAL
from .citing import remove_citation
from .combining import release
from .deciding import DECISION_FIELDS, ORDER_OF_ACCEPTANCE, locked

BUILT_ON = _("Others have built on this in the register since; change it there.")
# Citations are looked at themselves: one that was added and taken away again is nothing to build on.
OF_CITATIONS = ("sources.cite", "sources.withdraw_citation", "sources.relocate_citation")


@action("sources.reopen_proposal", permission="sources.decide_proposal", on="proposal")
def reopen_proposal(*, actor: Any, proposal: Proposal, reason: str = "") -> Proposal:
    """Undo the decision about a proposal.

    A record that the acceptance made is deleted, unless something was built on it since; then ValidationError is
    raised and nothing changes. A merged proposal gets its quotes back; the parts of a split one disappear.
    """
    return _reopen(actor, locked(proposal), reason)


def _reopen(actor: Any, proposal: Proposal, reason: str) -> Proposal:
    before = snapshot(proposal, fields=DECISION_FIELDS)
    state = proposal.state
    proposal.state = PROPOSAL.after(state, "reopen")
    _UNDO[ProposalState(state)](actor, proposal)
    proposal.decided_by = proposal.decided_at = proposal.threshold = None
    proposal.how = proposal.decision_reason = ""
    proposal.save()
    after = snapshot(proposal, fields=DECISION_FIELDS)
    record(actor=actor, action="sources.reopen_proposal", about=proposal, before=before, after=after, reason=reason)
    return proposal


@action("sources.reopen_together", permission="sources.decide_proposal")
def reopen_together(*, actor: Any, proposals: Sequence[Proposal], reason: str = "") -> list[Proposal]:
    """Undo several decisions at once; all of them or, when one is refused, none."""
    return [_reopen(actor, locked(proposal), reason) for proposal in proposals]


@action("sources.reopen_batch", permission="sources.decide_proposal", on="document")
def reopen_batch(*, actor: Any, document: Document, at: datetime) -> list[Proposal]:
    """Undo everything that was decided in one go at the moment ``at``; all of it or, when refused, nothing."""
    found = Proposal.objects.select_for_update().filter(document=document, decided_at=at)
    # What refers to others goes first, so that nothing is still in use when it is taken out.
    ordered = sorted(found, key=lambda one: -ORDER_OF_ACCEPTANCE.index(one.type))
    return [_reopen(actor, proposal, "") for proposal in ordered]


def _undo_acceptance(actor: Any, proposal: Proposal) -> None:
    result = proposal.result
    own = list(Citation.objects.filter(proposal=proposal))
    if result is not None and proposal.created_result:
        _check_untouched(proposal, result, own)
    for citation in own:
        remove_citation(actor=actor, citation=citation)
    if result is not None and proposal.created_result:
        _delete(actor, result)
    proposal.result = proposal.last_event = None
    proposal.created_result = False


def _check_untouched(proposal: Proposal, result: models.Model, own: list[Citation]) -> None:
    others = Citation.objects.about(result).exclude(pk__in=[citation.pk for citation in own])
    later = Event.objects.about(result).filter(id__gt=proposal.last_event or 0).exclude(action__in=OF_CITATIONS)
    if others.exists() or later.exists() or _is_referred_to(result):
        raise ValidationError(BUILT_ON, code="built-on")


def _is_referred_to(result: models.Model) -> bool:
    """True when a many-to-many relation of another record names it; the others are guarded by PROTECT."""
    relations = [relation for relation in result._meta.related_objects if relation.many_to_many]
    return any(getattr(result, str(relation.get_accessor_name())).exists() for relation in relations)


def _delete(actor: Any, result: models.Model) -> None:
    record(actor=actor, action="sources.withdraw_record", about=result, before=snapshot(result))
    try:
        result.delete()
    except models.ProtectedError:
        raise ValidationError(BUILT_ON, code="built-on") from None


def _undo_rejection(_actor: Any, _proposal: Proposal) -> None:
    """A rejection changed nothing but the proposal."""


def _undo_merge(actor: Any, proposal: Proposal) -> None:
    into = proposal.merged_into
    if into is None:
        return
    into = locked(into)
    if into.state != ProposalState.OPEN:
        raise ValidationError(_("First reopen the proposal that this one was merged into."), code="reopen-first")
    before = snapshot(into, fields=DECISION_FIELDS)
    release(into, proposal)
    into.save()
    after = snapshot(into, fields=DECISION_FIELDS)
    record(actor=actor, action="sources.unmerge_proposals", about=into, before=before, after=after)
    proposal.merged_into = None


def _undo_split(actor: Any, proposal: Proposal) -> None:
    pieces = list(Proposal.objects.select_for_update().filter(split_from=proposal))
    if any(piece.state != ProposalState.OPEN for piece in pieces):
        raise ValidationError(_("First reopen the parts that this one was split into."), code="reopen-first")
    for piece in pieces:
        record(actor=actor, action="sources.withdraw_proposal", about=piece, before=snapshot(piece))
        piece.delete()


_UNDO = {
    ProposalState.ACCEPTED: _undo_acceptance,
    ProposalState.REJECTED: _undo_rejection,
    ProposalState.MERGED: _undo_merge,
    ProposalState.SPLIT: _undo_split,
}
