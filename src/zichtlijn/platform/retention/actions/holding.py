"""Placing a hold on a record, and lifting it. The words of both stand with the hold, never in an event."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record as note

from ..holds import running_hold
from ..models import Hold


@action("retention.place_hold", permission="retention.place_hold", on="record")
def place_hold(*, actor: Any, record: Any, reason: str) -> Hold:
    """Keep a record from being destroyed, also when that was approved. Raises ValidationError without a reason."""
    reason = _reason(reason)
    _lock(record)
    if running_hold(record) is not None:
        raise ValidationError(_("There is a hold on it already."), code="held")
    about = {"model_label": record._meta.label_lower, "object_id": record.pk}
    made = Hold.objects.create(**about, reason=reason, placed_by=actor)
    note(actor=actor, action="retention.place_hold", about=record, after={"hold": made.pk})
    return made


@action("retention.lift_hold", permission="retention.lift_hold", on="record")
def lift_hold(*, actor: Any, record: Any, reason: str) -> Hold:
    """Let the term decide again. Raises ValidationError without a reason, or when there is no hold (any more)."""
    reason = _reason(reason)
    _lock(record)
    hold = running_hold(record)
    if hold is None:
        raise ValidationError(_("There is no hold on it any more."), code="not-held")
    hold.lifted_by, hold.lifted_at, hold.lifted_reason = actor, timezone.now(), reason
    hold.save()
    note(actor=actor, action="retention.lift_hold", about=record, after={"hold": hold.pk})
    return hold


def _reason(given: str) -> str:
    if not given.strip():
        raise ValidationError({"reason": _("Say why: it stays with the record.")}, code="reason")
    return given.strip()


def _lock(record: Any) -> None:
    """Wait for whoever is destroying it, and make them wait. Raises ValidationError when it is gone."""
    if not type(record)._base_manager.select_for_update().filter(pk=record.pk).exists():
        raise ValidationError(_("It is not there any more."), code="gone")
