"""Deciding about a proposal: accept, edit, reject, and accept all above a confidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.events.recording import record, snapshot

from ..acceptance import create_record, extend_record, same_record
from ..models import DecisionBy, Document, Proposal
from ..transitions import PROPOSAL
from .citing import cite_quote

DECISION_FIELDS = ["state", "payload", "title", "decided_by", "how", "threshold", "decision_reason"]
# What other proposals refer to goes first, so that an activity finds its goals and organisations.
ORDER_OF_ACCEPTANCE = ["organisation", "chain", "act", "goal", "activity", "figure", "footnote"]


@dataclass
class Batch:
    """What accepting above a threshold did: ``refused`` says per proposal why it stayed open."""

    at: datetime
    accepted: list[Proposal] = field(default_factory=list)
    refused: list[tuple[Proposal, str]] = field(default_factory=list)


def locked(proposal: Proposal) -> Proposal:
    """The proposal as it is now, locked, so that two people cannot decide about it at the same time."""
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


@action("sources.accept_proposal", permission="sources.decide_proposal", on="proposal")
def accept_proposal(*, actor: Any, proposal: Proposal, into: models.Model | None = None, reason: str = "") -> Proposal:
    """Take a proposal into the register: as a new record, or into the existing record ``into``.

    When the register certainly has it already, such as an organisation of that name, it goes into that record. The
    record gets every quote of the proposal as a citation. Raises StepRefused when the proposal is not open and
    ValidationError when it has no quote or the register refuses the record.
    """
    return _accept(actor=actor, proposal=locked(proposal), into=into, reason=reason, at=timezone.now())


def _accept(
    *,
    actor: Any,
    proposal: Proposal,
    into: models.Model | None,
    reason: str,
    at: datetime,
    threshold: float | None = None,
) -> Proposal:
    before = snapshot(proposal, fields=DECISION_FIELDS)
    proposal.state = PROPOSAL.after(proposal.state, "accept")
    if not proposal.quotes:
        raise ValidationError(_("Without a quote nothing enters the register."), code="no-quote")
    into = into if into is not None else same_record(proposal=proposal)
    result = into if into is not None else create_record(actor=actor, proposal=proposal)
    if into is not None:
        extend_record(actor=actor, proposal=proposal, record=result)
    for quote in proposal.quotes:
        cite_quote(actor=actor, proposal=proposal, about=result, quote=quote)
    proposal.result_type = ContentType.objects.get_for_model(result)
    proposal.result_id = result.pk
    proposal.created_result = into is None
    proposal.last_event = Event.objects.about(result).aggregate(last=Max("id"))["last"]
    decide(actor, proposal, before, step="accept", reason=reason, at=at, threshold=threshold)
    return proposal


def decide(
    actor: Any,
    proposal: Proposal,
    before: dict[str, Any],
    *,
    step: str,
    reason: str,
    at: datetime,
    threshold: float | None = None,
) -> None:
    """Save a decision with who, when, how and why, and record its event."""
    proposal.decided_by = actor
    proposal.decided_at = at
    proposal.how = DecisionBy.PERSON if threshold is None else DecisionBy.THRESHOLD
    proposal.threshold = threshold
    proposal.decision_reason = reason
    proposal.save()
    after = snapshot(proposal, fields=DECISION_FIELDS)
    record(actor=actor, action=f"sources.{step}_proposal", about=proposal, before=before, after=after, reason=reason)


@action("sources.accept_above", permission="sources.decide_proposal", on="document")
def accept_above(*, actor: Any, document: Document, confidence: float) -> Batch:
    """Accept every open proposal at least as certain as ``confidence`` (0–1), recorded as done by that threshold.

    A proposal that the register refuses stays open; the others are accepted all the same.
    """
    batch = Batch(at=timezone.now())
    found = Proposal.objects.select_for_update().filter(document=document).open().above(confidence)
    for proposal in sorted(found, key=lambda one: (ORDER_OF_ACCEPTANCE.index(one.type), one.number)):
        proposal.document = document
        try:
            with transaction.atomic():
                _accept(actor=actor, proposal=proposal, into=None, reason="", at=batch.at, threshold=confidence)
        except ValidationError as error:
            batch.refused.append((proposal, " ".join(error.messages)))
        except PermissionDenied:
            batch.refused.append((proposal, str(_("You may not add this to the register."))))
        else:
            batch.accepted.append(proposal)
    return batch


@action("sources.edit_proposal", permission="sources.decide_proposal", on="proposal")
def edit_proposal(*, actor: Any, proposal: Proposal, values: dict[str, Any]) -> Proposal:
    """Change what would enter the register; what the software proposed stays in ``proposed``.

    ``values`` are the fields of the payload that change. Raises ValidationError on an empty title.
    """
    proposal = locked(proposal)
    before = snapshot(proposal, fields=DECISION_FIELDS)
    PROPOSAL.after(proposal.state, "edit")
    payload = {**proposal.payload, **values}
    proposal.title = str(payload.get("title", "")).strip()
    if not proposal.title:
        raise ValidationError({"title": _("Give a title.")})
    if payload == proposal.payload:
        return proposal
    proposal.payload = payload
    proposal.save()
    after = snapshot(proposal, fields=DECISION_FIELDS)
    record(actor=actor, action="sources.edit_proposal", about=proposal, before=before, after=after)
    return proposal


@action("sources.reject_proposal", permission="sources.decide_proposal", on="proposal")
def reject_proposal(*, actor: Any, proposal: Proposal, reason: str) -> Proposal:
    """Leave a proposal out of the register, with the reason. Raises ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this does not belong in the register.")})
    proposal = locked(proposal)
    before = snapshot(proposal, fields=DECISION_FIELDS)
    proposal.state = PROPOSAL.after(proposal.state, "reject")
    decide(actor, proposal, before, step="reject", reason=reason.strip(), at=timezone.now())
    return proposal
