"""What incidents take from the programme: hours of people, in fte, per activity and against what is available.

Only incident files that the user may see are counted, also in sums: a total must not tell of a hidden one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from zichtlijn.supervision.signals.actions.incident_roles import in_fte
from zichtlijn.supervision.signals.models import IncidentFile, IncidentRole

from .models import Activity, Programme

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Taken:
    """One activity: fte taken by one incident, by others, and what is left of it; ``left`` None when fte is unknown."""

    activity: Activity
    here: Decimal
    elsewhere: Decimal

    @property
    def left(self) -> Decimal | None:
        """What the activity still has; negative when more is taken than it had."""
        return None if self.activity.fte is None else self.activity.fte - self.here - self.elsewhere


@dataclass(frozen=True, slots=True)
class Against:
    """All that incidents take from one programme, against what it has."""

    programme: Programme
    taken: Decimal

    @property
    def left(self) -> Decimal | None:
        """What is left of the available staff."""
        available = self.programme.available_fte
        return None if available is None else available - self.taken


def taken_by(incident: IncidentFile, user: Any) -> tuple[list[Taken], list[Against]]:
    """The activities that one incident takes people from, and what incidents take from their programmes together."""
    here = _hours_per_activity(_running(user).filter(incident=incident))
    activities = list(
        Activity.objects.visible_to(user).filter(pk__in=here).select_related("programme").order_by("code")
    )
    everywhere = _hours_per_activity(_running(user).filter(activity_id__in=list(here)))
    lines = [Taken(each, in_fte(here[each.pk]), in_fte(everywhere[each.pk] - here[each.pk])) for each in activities]
    programmes = {each.programme_id: each.programme for each in activities}
    return lines, [Against(each, taken_from_programme(each, user)) for each in programmes.values()]


def incidents_taking(user: Any, **activities: Any) -> list[tuple[IncidentFile, Decimal]]:
    """The incident files that take people from these activities (a filter on ``Activity``), with the fte of each."""
    keys = Activity.objects.visible_to(user).filter(**activities).values("pk")
    found: dict[IncidentFile, Decimal] = defaultdict(Decimal)
    for role in _running(user).filter(activity_id__in=keys).select_related("incident").order_by("incident"):
        found[role.incident] += role.hours
    return [(incident, in_fte(hours)) for incident, hours in found.items() if hours]


def taken_from_programme(programme: Programme, user: Any) -> Decimal:
    """The fte that incidents take from all activities of a programme together."""
    return sum((fte for _incident, fte in incidents_taking(user, programme=programme)), NOTHING)


def _running(user: Any) -> QuerySet[IncidentRole]:
    """Running roles that take hours from an activity, in incident files that the user may see."""
    kind = ContentType.objects.get_for_model(Activity)
    seen: QuerySet[IncidentRole] = IncidentRole.objects.visible_to(user)
    return seen.filter(ended_at__isnull=True, activity_type=kind, hours__gt=0)


def _hours_per_activity(roles: QuerySet[IncidentRole]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = defaultdict(Decimal)
    for activity, hours in roles.values_list("activity_id", "hours"):
        found[activity or 0] += hours
    return found
