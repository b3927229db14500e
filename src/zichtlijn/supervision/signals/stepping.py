"""Taking a step with something that came in: the only place where its state changes."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.transitions import Transitions

from . import transitions
from .models import OPEN_STATES, IncidentFile, IncidentWeighing, OwnEvaluation, Signal, TriageStep
from .telling import tell, told

Stepped = TypeVar("Stepped", bound=models.Model)
TABLES: dict[type[models.Model], tuple[str, Transitions]] = {
    Signal: ("signal", transitions.SIGNAL),
    OwnEvaluation: ("evaluation", transitions.EVALUATION),
    IncidentWeighing: ("weighing", transitions.WEIGHING),
    IncidentFile: ("incident", transitions.INCIDENT),
}


class Stale(ValidationError):
    """Somebody else changed the record since it was looked at."""


def locked(kept: Stepped, revision: int | None = None) -> Stepped:
    """The record as it stands now; others wait until the transaction ends. Raises Stale for an earlier revision."""
    fresh = type(kept)._base_manager.select_for_update().get(pk=kept.pk)
    if revision is not None and getattr(fresh, "revision", revision) != revision:
        raise Stale(_("Somebody else has changed this since you opened it. Look at it again."), code="stale")
    return fresh


def check_step(*, actor: Any, kept: models.Model, step: str) -> str:
    """The state after a step. Raises StepRefused, and PermissionDenied for who may not take it now."""
    name, table = TABLES[type(kept)]
    after = table.after(kept.state, step)  # type: ignore[attr-defined]
    if actor is not None and not actor.has_perm(transitions.STEP_PERMISSIONS[name][step], kept):
        raise PermissionDenied(f"{name}.{step}")
    return after


def check_reason(step: str, reason: str) -> str:
    """The reason, without blanks around it. Raises ValidationError where a step needs one that is not given."""
    reason = reason.strip()
    if step in transitions.STEPS_WITH_REASON and not reason:
        raise ValidationError({"reason": _("Say why: it stays with the record.")}, code="reason")
    return reason


def take_step(
    *,
    actor: Any,
    signal: Signal,
    step: str,
    ground: str = "",
    reason: str = "",
    recipient: str = "",
    revision: int | None = None,
    **values: Any,
) -> Signal:
    """Take a step with a signal and record it. ``values`` are set as well, such as ``outcome``.

    Raises StepRefused, Stale, PermissionDenied, and ValidationError without a reason where the step needs one.
    """
    fresh = locked(signal, revision)
    after = check_step(actor=actor, kept=fresh, step=step)
    reason, before = check_reason(step, reason), told(fresh)
    fresh.state = after
    for name, value in values.items():
        setattr(fresh, name, value)
    if after == "closed":
        fresh.closed_at = timezone.now()
    elif after != "merged":
        fresh.outcome, fresh.closed_at, fresh.merged_into = "", None, None
    keep(fresh)
    TriageStep.objects.create(
        signal=fresh,
        step=step,
        state=after,
        ground=ground,
        reason=reason,
        recipient=recipient,
        person_id=getattr(actor, "pk", None),
        person_name=str(actor)[:150] if getattr(actor, "pk", None) else "",
    )
    tell(actor=actor, action=f"signals.{step}", about=fresh, before=before, ground=ground)
    return fresh


def keep(signal: Signal) -> Signal:
    """Save a changed signal with its first running term and the next revision."""
    signal.term_at = first_term(signal)
    signal.revision += 1
    signal.save()
    return signal


def first_term(signal: Signal) -> Any:
    """The first moment by which something must have happened, while it is open; None without one."""
    from .deadlines import running_terms

    return min(running_terms(signal), default=None) if signal.state in OPEN_STATES else None
