"""Where weighings and incident files show on other pages: line of sight, search, navigation, case files, panels."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.comments.registry import register_commentable
from zichtlijn.platform.design.navigation import NavItem, register
from zichtlijn.platform.search.registry import register_searchable
from zichtlijn.platform.trace.panels import register_panel
from zichtlijn.platform.trace.registry import Relation, register_link, register_step

from .models import IncidentFile, IncidentWeighing
from .navigation import GROUP
from .weighing_words import tone

SIGNAL, INCIDENT, WEIGHING = "signals.signal", "signals.incidentfile", "signals.incidentweighing"

register_commentable(INCIDENT)
register_searchable(
    INCIDENT,
    title=lambda incident: incident.title,
    body=str,
    order=6,
    audience=lambda incident: incident.audience,
)
register_step(INCIDENT, order=15, name=_("incident file"))
register_step(WEIGHING, order=18, name=_("weighing of an incident"))
register_link(Relation(SIGNAL, INCIDENT, _("stands in the incident file"), "incident", held_by="source"))
register_link(Relation(SIGNAL, WEIGHING, _("was weighed in"), "signal"))
register_link(Relation(INCIDENT, WEIGHING, _("was weighed in"), "incident"))
register_link(
    Relation(INCIDENT, "field.organisation", _("concerns the organisation"), "organisations", held_by="source")
)
register(
    NavItem(
        _("Incident files"), "signals:incident-list", order=11, group=GROUP, icon="chain", permission="signals.see_list"
    ),
    NavItem(
        _("Weighings of incidents"),
        "signals:weighing-list",
        order=12,
        group=GROUP,
        icon="review",
        permission="signals.see_list",
    ),
)


def weighings_panel(request: HttpRequest, signal: Any) -> SafeString | None:
    """The incident file that a signal stands in, and how it was weighed."""
    weighings = IncidentWeighing.objects.visible_to(request.user).filter(signal=signal.pk)
    found = [(each, tone(each.state)) for each in weighings]
    seen = IncidentFile.objects.visible_to(request.user)
    incident = seen.filter(pk=signal.incident_id).first() if signal.incident_id else None
    if not found and incident is None:
        return None
    context = {"weighings": found, "incident": incident, "incident_tone": tone(incident.state) if incident else ""}
    return render_to_string("signals/incidents/panel.html", context, request)


register_panel(model_label=SIGNAL, name="weighings", order=15, render=weighings_panel)
