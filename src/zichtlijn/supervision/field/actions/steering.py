"""Roles in the steering triangle over time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record

from ..keeping import locked
from ..models import Organisation, SteeringRole
from ..periods import ONE_DAY

PERMISSION = "field.edit_field"


@action("field.set_steering_role", permission=PERMISSION, on="contractor")
def set_steering_role(
    *,
    actor: Any,
    contractor: Organisation,
    holder: Organisation,
    role: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
    known_on: date | None = None,
    is_demo: bool = False,
    reason: str = "",
) -> SteeringRole:
    """``holder`` is owner or commissioner of ``contractor`` from a day on.

    There is one owner: the owner of that day ends the day before. Commissioners stay beside each other. Raises
    ValidationError when periods of the same role would overlap all the same.
    """
    contractor = locked(contractor)
    before = _roles(contractor)
    new = SteeringRole(
        contractor=contractor,
        holder=holder,
        role=role,
        valid_from=valid_from,
        valid_until=valid_until,
        known_on=known_on,
        is_demo=is_demo,
    )
    if role == SteeringRole.Role.OWNER:
        _end_former_owner(new)
    _keep(new)
    return _recorded(new, before, actor, "field.set_steering_role", reason)


@action("field.edit_steering_role", permission=PERMISSION)
def edit_steering_role(
    *,
    actor: Any,
    steering_role: SteeringRole,
    holder: Organisation,
    role: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
    known_on: date | None = None,
    reason: str = "",
) -> SteeringRole:
    """Mend a role that was entered with a mistake. Raises ValidationError on an overlap."""
    before = _roles(locked(steering_role.contractor))
    kept = locked(steering_role)
    kept.holder, kept.role = holder, role
    kept.valid_from, kept.valid_until, kept.known_on = valid_from, valid_until, known_on
    _keep(kept)
    return _recorded(kept, before, actor, "field.edit_steering_role", reason)


@action("field.end_steering_role", permission=PERMISSION)
def end_steering_role(
    *, actor: Any, steering_role: SteeringRole, last_day: date | None, reason: str = ""
) -> SteeringRole:
    """The role holds up to and including ``last_day``; None opens it again."""
    before = _roles(locked(steering_role.contractor))
    kept = locked(steering_role)
    kept.valid_until = last_day
    _keep(kept)
    return _recorded(kept, before, actor, "field.end_steering_role", reason)


@action("field.remove_steering_role", permission=PERMISSION)
def remove_steering_role(*, actor: Any, steering_role: SteeringRole, reason: str = "") -> Organisation:
    """Take away a role that never was; a role that is over is ended instead."""
    contractor = locked(steering_role.contractor)
    before = _roles(contractor)
    steering_role.delete()
    _recorded(steering_role, before, actor, "field.remove_steering_role", reason)
    return contractor


def _end_former_owner(new: SteeringRole) -> None:
    if new.valid_from is None:
        return
    owners = SteeringRole.objects.filter(contractor=new.contractor, role=SteeringRole.Role.OWNER, valid_until=None)
    for former in owners:
        if former.valid_from and former.valid_from >= new.valid_from:
            continue
        if former.holder_id == new.holder_id:
            raise ValidationError({"holder": _("This organisation is the owner on this day already.")})
        former.valid_until = new.valid_from - ONE_DAY
        _keep(former)


def _keep(role: SteeringRole) -> None:
    role.full_clean()
    role.save()


def _roles(contractor: Organisation) -> dict[str, list[str]]:
    """The roles as an event tells them: who and when."""
    told: dict[str, list[str]] = {"owners_over_time": [], "commissioners_over_time": []}
    for role in SteeringRole.objects.filter(contractor=contractor).select_related("holder"):
        told[f"{role.role}s_over_time"].append(f"{role.holder} ({role.period})")
    return told


def _recorded(
    role: SteeringRole, before: dict[str, list[str]], actor: Any, action_name: str, reason: str
) -> SteeringRole:
    contractor = role.contractor
    after = _roles(contractor)
    if after != before:
        record(actor=actor, action=action_name, about=contractor, before=before, after=after, reason=reason)
    return role
