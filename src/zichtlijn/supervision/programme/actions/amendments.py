"""What can be done with an amendment of a decided programme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record

from ..activity_content import require_goals_of_perspective
from ..amending import fields_of, proposed_values, require_unchanged
from ..amendment_application import apply_change
from ..changing import create, require_reason, told
from ..freezing import freeze_activity
from ..locking import lock
from ..models import Activity, Amendment, AmendmentChange, AmendmentState, ChangeKind, Programme, ProgrammeVersion
from ..transitions import ACTIVITY, AMENDMENT, STEPS_WITH_REASON
from ..versions import freeze_version

PROPOSE = "programme.propose_amendment"
DECIDE = "programme.decide_amendment"


@action("programme.prepare_amendment", permission=PROPOSE, on="programme")
def prepare_amendment(
    *,
    actor: Any,
    programme: Programme,
    title: str,
    reason: str,
    submission: UUID | None = None,
    is_demo: bool = False,
) -> Amendment:
    """Begin an amendment of a decided programme; ``submission`` sent twice gives the first one."""
    stored = lock(programme)
    if submission is not None and (made := Amendment.objects.filter(submission=submission).first()):
        return made
    if not stored.is_decided:
        raise ValidationError(_("A work programme that has not been decided is edited, not amended."), code="draft")
    last = stored.amendments.aggregate(last=Max("number"))["last"] or 0
    amendment = Amendment(
        programme=stored, number=last + 1, based_on=stored.versions.latest("number"), submission=submission
    )
    values = {"title": title, "reason": require_reason(reason), "is_demo": is_demo or stored.is_demo}
    return create(amendment, actor=actor, action="programme.prepare_amendment", values=values, reason=reason)


@action("programme.change_amendment", permission=PROPOSE, on="amendment")
def change_amendment(
    *,
    actor: Any,
    amendment: Amendment,
    kind: str,
    activity: Activity | None = None,
    values: Mapping[str, Any] | None = None,
    hours: Mapping[str, Decimal] | None = None,
    revision: int | None = None,
) -> AmendmentChange:
    """Say what the amendment does to one activity; a change of the same activity that it had is replaced."""
    stored = _lock_prepared(amendment, revision)
    change = planned_change(amendment=stored, kind=kind, activity=activity, values=values or {}, hours=hours)
    if change.kind == ChangeKind.CHANGE and not fields_of(change):
        raise ValidationError(_("Nothing would change."), code="same")
    if activity is not None:
        stored.changes.filter(activity=activity).delete()
    change.save()
    _tell_changes(actor, stored, "programme.change_amendment", {"change": str(change), "fields": _in_one_line(change)})
    return change


@action("programme.remove_amendment_change", permission=PROPOSE, on="amendment")
def remove_amendment_change(*, actor: Any, amendment: Amendment, change: AmendmentChange) -> Amendment:
    """Take one change out of an amendment that is being prepared."""
    stored = _lock_prepared(amendment, None)
    found = stored.changes.filter(pk=change.pk).first()
    if found is not None:
        found.delete()
        _tell_changes(actor, stored, "programme.remove_amendment_change", {"removed": str(change)})
    return stored


@action("programme.propose_amendment", permission=PROPOSE, on="amendment")
def propose_amendment(*, actor: Any, amendment: Amendment, reason: str = "") -> Amendment:
    """Lay the amendment before the inspector-general."""
    if not amendment.changes.exists():
        raise ValidationError(_("An amendment without a change cannot be proposed."), code="empty")
    return _step(actor=actor, amendment=amendment, step="propose", reason=reason)


@action("programme.withdraw_amendment", permission=PROPOSE, on="amendment")
def withdraw_amendment(*, actor: Any, amendment: Amendment, reason: str) -> Amendment:
    """Take the amendment back, with a reason."""
    return _step(actor=actor, amendment=amendment, step="withdraw", reason=reason)


@action("programme.reject_amendment", permission=DECIDE, on="amendment")
def reject_amendment(*, actor: Any, amendment: Amendment, reason: str) -> Amendment:
    """The inspector-general decides against it, with a reason."""
    return _step(actor=actor, amendment=amendment, step="reject", reason=reason)


@action("programme.decide_amendment", permission=DECIDE, on="amendment")
def decide_amendment(
    *, actor: Any, amendment: Amendment, reason: str = "", on: date | None = None, revision: int | None = None
) -> ProgrammeVersion:
    """The inspector-general decides: the changes are made and the programme is frozen as its next version.

    Raises StaleEditError when the amendment is not the ``revision`` that was shown, ValidationError when an activity
    has changed in the meantime or ``on`` lies in the future or before the version that it changes.
    """
    programme = lock(amendment.programme)
    stored = lock(amendment, revision)
    AMENDMENT.after(stored.state, "decide")
    day = _day_of_decision(programme, on)
    for change in stored.changes.select_related("activity"):
        require_unchanged(change)
        apply_change(change, actor=actor)
    version = freeze_version(programme, actor=actor, on=day, reason=stored.reason)
    stored.version = version
    stored.save()
    _step(actor=actor, amendment=stored, step="decide", reason=reason, on=day)
    return version


def planned_change(
    *,
    amendment: Amendment,
    kind: str,
    activity: Activity | None,
    values: Mapping[str, Any],
    hours: Mapping[str, Decimal] | None,
) -> AmendmentChange:
    """A change that is not stored yet, checked against what the activity is now. Raises ValidationError."""
    if (kind == ChangeKind.ADD) != (activity is None) or kind not in ChangeKind.values:
        raise ValidationError(_("Choose what the amendment does and to which activity."), code="kind")
    if activity is not None:
        _require_possible(amendment, kind, activity)
    require_goals_of_perspective(amendment.programme, values)
    before = freeze_activity(activity) if activity else {}
    keeps = kind in (ChangeKind.DROP, ChangeKind.REINSTATE)  # the others say what the activity becomes
    after = before if keeps else proposed_values(amendment.programme, activity, values, hours)
    return AmendmentChange(
        amendment=amendment,
        kind=kind,
        activity=activity,
        before={} if kind == ChangeKind.REINSTATE else before,
        after={} if kind == ChangeKind.DROP else after,
    )


def _require_possible(amendment: Amendment, kind: str, activity: Activity) -> None:
    if activity.programme_id != amendment.programme_id:
        raise ValidationError(_("This activity belongs to another work programme."), code="other-programme")
    if kind == ChangeKind.CHANGE and not activity.is_in_programme:
        raise ValidationError(_("This activity is not in the work programme."), code="not-in-programme")
    if kind != ChangeKind.CHANGE:
        ACTIVITY.after(activity.state, kind)


def _lock_prepared(amendment: Amendment, revision: int | None) -> Amendment:
    stored = lock(amendment, revision)
    if stored.state != AmendmentState.PREPARED:
        raise ValidationError(_("Only an amendment that is being prepared can be changed."), code="not-prepared")
    return stored


def _in_one_line(change: AmendmentChange) -> str:
    return "; ".join(f"{field.name}: {_said(field.before)} → {_said(field.after)}" for field in fields_of(change))


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_said(item) for item in value)
    if isinstance(value, dict):
        return str(value["name"]) if "name" in value else f"{value['expertise']} {value['hours']}"
    return "–" if value is None else str(value)


def _tell_changes(actor: Any, amendment: Amendment, name: str, after: Mapping[str, Any]) -> None:
    amendment.revision += 1
    amendment.save(update_fields=["revision"])
    record(actor=actor, action=name, about=amendment, after=dict(after))


def _step(*, actor: Any, amendment: Amendment, step: str, reason: str, on: date | None = None) -> Amendment:
    stored = lock(amendment)
    after = AMENDMENT.after(stored.state, step)
    if step in STEPS_WITH_REASON:
        reason = require_reason(reason)
    before = told(stored)
    stored.state = after
    stored.revision += 1
    _sign(stored, actor, on or localdate(), reason)
    stored.save()
    name = f"programme.{step}_amendment"
    record(actor=actor, action=name, about=stored, before=before, after=told(stored), reason=reason)
    return stored


def _sign(amendment: Amendment, actor: Any, day: date, reason: str) -> None:
    name = "" if actor is None else str(actor)[:150]
    if amendment.state == AmendmentState.PROPOSED:
        amendment.proposed_by, amendment.proposed_by_name, amendment.proposed_on = actor, name, day
    else:
        amendment.closed_by, amendment.closed_by_name, amendment.closed_on = actor, name, day
        amendment.closing_reason = reason


def _day_of_decision(programme: Programme, on: date | None) -> date:
    day = on or localdate()
    last = programme.versions.latest("number").decided_on
    if day > localdate():
        raise ValidationError({"on": _("This day has yet to come.")}, code="future")
    if day < last:
        message = _("The version before this one was decided on %(day)s; this one cannot be earlier.")
        raise ValidationError({"on": ValidationError(message, code="earlier", params={"day": last})})
    return day
