"""Who does what in an incident, for how many hours a week, and which activity misses them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from zichtlijn.platform.accounts.access import STAFF
from zichtlijn.platform.events.actions import action

from ..handing_on import is_target
from ..models import IncidentFile, IncidentRole, LogKind
from ..norms import INCIDENT_ROLES
from ..notices import tell_role
from ..telling import told
from .incidents import LEAD, _kept, _open_file, _write

FULL_WEEK = Decimal(36)  # hours a week of somebody in full-time service of the State
MOST_HOURS = Decimal(60)


@action("signals.set_role", permission=LEAD, on="incident")
def set_role(
    *,
    actor: Any,
    incident: IncidentFile,
    user: Any,
    role: str,
    hours: Decimal = Decimal(0),
    activity: models.Model | None = None,
) -> IncidentRole:
    """Give somebody a role; for the same person and role the hours and the activity change.

    Raises ValidationError for an unknown role, hours that nobody works, an activity that is not open, or somebody
    who is not of the inspectorate.
    """
    fresh = _open_file(actor, incident)
    before = told(fresh)
    _check(actor, user, role, hours, activity)
    if not IncidentFile.objects.visible_to(user).filter(pk=fresh.pk).exists():
        message = _("This person may not see the incident file. Give access to it first.")
        raise ValidationError({"user": message}, code="may-not-see")
    running: IncidentRole | None = fresh.roles.filter(ended_at__isnull=True, user=user, role=role).first()
    given = running or IncidentRole(incident=fresh, user=user, role=role)
    given.hours, given.activity = hours, activity
    given.save()
    words = _("%(person)s: %(role)s, %(hours)s hours a week") % {
        "person": user,
        "role": INCIDENT_ROLES[role],
        "hours": f"{hours.normalize():f}",
    }
    _write(actor, fresh, LogKind.ACTION, words)
    _count(fresh)
    _kept(actor, fresh, "signals.set_role", before)
    if running is None:
        tell_role(actor=actor, role=given)
    return given


@action("signals.end_role", permission=LEAD, on="incident")
def end_role(*, actor: Any, incident: IncidentFile, role: IncidentRole) -> IncidentRole:
    """Somebody stops with a role and is back at other work."""
    fresh = _open_file(actor, incident)
    before = told(fresh)
    stored: IncidentRole | None = fresh.roles.filter(pk=role.pk, ended_at__isnull=True).first()
    if stored is None:
        raise ValidationError(_("This role has ended already."), code="ended")
    stored.ended_at = timezone.now()
    stored.save(update_fields=["ended_at"])
    words = _("%(person)s: no longer %(role)s") % {"person": stored.user, "role": INCIDENT_ROLES[stored.role]}
    _write(actor, fresh, LogKind.ACTION, words)
    _count(fresh)
    _kept(actor, fresh, "signals.end_role", before)
    return stored


def end_all(incident: IncidentFile) -> None:
    """End every role of a file that closes; the caller saves the file."""
    incident.roles.filter(ended_at__isnull=True).update(ended_at=timezone.now())
    _count(incident)


def in_fte(hours: Decimal) -> Decimal:
    """Hours a week in full-time equivalents, to two places."""
    return (Decimal(hours) / FULL_WEEK).quantize(Decimal("0.01"))


def _count(incident: IncidentFile) -> None:
    running = incident.roles.filter(ended_at__isnull=True)
    incident.taken_fte = in_fte(running.aggregate(hours=models.Sum("hours"))["hours"] or Decimal(0))


def _check(actor: Any, user: Any, role: str, hours: Decimal, activity: models.Model | None) -> None:
    if role not in INCIDENT_ROLES:
        raise ValidationError({"role": _("Choose a role from the list.")}, code="role")
    if not (user.is_active and user.has_role(*STAFF)):
        raise ValidationError({"user": _("Choose somebody of the inspectorate.")}, code="user")
    if not 0 <= hours <= MOST_HOURS:
        raise ValidationError({"hours": _("Give hours a week between 0 and 60.")}, code="hours")
    if activity is not None and not is_target(activity, actor):
        raise ValidationError({"activity": _("Choose one from the list; this one is not open any more.")}, code="gone")
