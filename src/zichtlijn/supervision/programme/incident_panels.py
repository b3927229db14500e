"""The programme on the pages of incidents, and incidents on those of the programme."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from zichtlijn.platform.trace.panels import register_panel
from zichtlijn.supervision.signals.models import IncidentWeighing
from zichtlijn.supervision.signals.weighing_words import tone

from . import incident_capacity
from .incidents import weighed_thing
from .labels import tone as state_tone
from .models import Activity


def why(request: HttpRequest, activity: Any) -> SafeString | None:
    """The weighing after which an investigation was proposed, for who may see it; its reason unless restricted."""
    seen = IncidentWeighing.objects.visible_to(request.user).select_related("signal", "incident")
    weighing = seen.filter(pk=activity.weighing_id).first() if activity.weighing_id else None
    if weighing is None:
        return None
    context = {
        "weighing": weighing,
        "tone": tone(weighing.state),
        "is_restricted": weighed_thing(weighing).is_restricted,
    }
    return render_to_string("programme/why_panel.html", context, request)


def what_came_of_it(request: HttpRequest, weighing: Any) -> SafeString | None:
    """The activity that a decided investigation became."""
    activity = (
        Activity.objects.visible_to(request.user).filter(weighing=weighing.pk).select_related("programme").first()
    )
    if activity is None:
        return None
    context = {"activity": activity, "tone": state_tone(activity.state)}
    return render_to_string("programme/became_panel.html", context, request)


def capacity_of_incident(request: HttpRequest, incident: Any) -> SafeString | None:
    """From which activities people are taken, and how that stands against the programme."""
    lines, totals = incident_capacity.taken_by(incident, request.user)
    if not lines:
        return None
    return render_to_string("programme/capacity_panel.html", {"lines": lines, "totals": totals}, request)


def capacity_of_activity(request: HttpRequest, activity: Any) -> SafeString | None:
    """Which incidents take people from an activity."""
    return _taken(request, incident_capacity.incidents_taking(request.user, pk=activity.pk), activity.fte)


def capacity_of_programme(request: HttpRequest, programme: Any) -> SafeString | None:
    """Which incidents take people from a programme."""
    found = incident_capacity.incidents_taking(request.user, programme=programme)
    return _taken(request, found, programme.available_fte)


def _taken(request: HttpRequest, found: list[Any], has: Any) -> SafeString | None:
    if not found:
        return None
    taken = sum((fte for _incident, fte in found), incident_capacity.NOTHING)
    context = {"found": found, "taken": taken, "has": has, "left": None if has is None else has - taken}
    return render_to_string("programme/taken_panel.html", context, request)


register_panel(model_label="programme.activity", name="why", order=10, render=why)
register_panel(model_label="programme.activity", name="capacity", order=15, render=capacity_of_activity)
register_panel(model_label="programme.programme", name="capacity", order=15, render=capacity_of_programme)
register_panel(model_label="signals.incidentweighing", name="became", order=10, render=what_came_of_it)
register_panel(model_label="signals.incidentfile", name="capacity", order=10, render=capacity_of_incident)
