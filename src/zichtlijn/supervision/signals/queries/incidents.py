"""What the pages of an incident file show, always from what the user may see."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from ..handing_on import Target, targets
from ..models import OPEN_STATES, IncidentFile, IncidentRole, LogEntry, Signal
from ..norms import INCIDENT_ROLES

CHOICES = 100


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A running role: who, what, hours a week, and the activity that misses them when the user may see it."""

    role: IncidentRole
    name: Any
    fte: Decimal
    activity: Any


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log with the lines that put it right."""

    entry: LogEntry
    corrected_by: tuple[LogEntry, ...]


def incidents_for(user: Any) -> QuerySet[IncidentFile]:
    """Incident files with the number of things in them; who sees the file sees those."""
    found: QuerySet[IncidentFile] = IncidentFile.objects.visible_to(user)
    return found.select_related("team").annotate(signal_count=Count("signals"))


def signals_in(incident: IncidentFile, user: Any) -> list[Signal]:
    """What came in and stands in the file, oldest first."""
    found = Signal.objects.visible_to(user).filter(incident=incident).select_related("organisation")
    return list(found.order_by("received_at", "pk"))


def signals_that_fit(user: Any, incident: IncidentFile | None = None) -> QuerySet[Signal]:
    """What is open and in no file yet, newest first; for a file, of its organisations or of nobody known."""
    found = Signal.objects.visible_to(user).filter(state__in=OPEN_STATES, incident__isnull=True)
    if incident is not None and (concerned := list(incident.organisations.values_list("pk", flat=True))):
        found = found.filter(Q(organisation__in=concerned) | Q(organisation__isnull=True))
    newest: QuerySet[Signal] = found.order_by("-received_at", "-pk")
    if incident is None:
        return newest
    return Signal.objects.filter(pk__in=list(newest.values_list("pk", flat=True)[:CHOICES])).order_by("-received_at")


def role_lines(incident: IncidentFile, user: Any) -> list[RoleLine]:
    """Who does what now; an activity only when the user may see it."""
    from ..actions.incident_roles import in_fte

    running = list(incident.roles.filter(ended_at__isnull=True).select_related("user"))
    seen = {target.model_label: _seen(target, running, user) for target in targets()}
    lines = []
    for role in running:
        label = role.activity_type.model_class()._meta.label_lower if role.activity_type else ""
        activity = seen.get(label, {}).get(role.activity_id)
        lines.append(RoleLine(role, INCIDENT_ROLES.get(role.role, role.role), in_fte(role.hours), activity))
    return lines


def _seen(target: Target, roles: list[IncidentRole], user: Any) -> dict[Any, Any]:
    """The activities of one kind that these roles take from, as far as this user may see them, also closed ones."""
    model: Any = target.model
    keys = [role.activity_id for role in roles if role.activity_id is not None]
    return {record.pk: record for record in model._default_manager.visible_to(user).filter(pk__in=keys)} if keys else {}


def log_lines(incident: IncidentFile) -> list[LogLine]:
    """The log, newest first; a line that was put right stands with what did so."""
    entries = list(incident.log.order_by("-at", "-id"))
    right: dict[int, list[LogEntry]] = {}
    for entry in entries:
        if entry.corrects_id is not None:
            right.setdefault(entry.corrects_id, []).append(entry)
    return [LogLine(entry, tuple(right.get(entry.pk, ()))) for entry in entries]
