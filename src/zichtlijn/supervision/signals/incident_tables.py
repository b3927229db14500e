"""The lists of weighings and of incident files."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.tags.content import status as badge
from zichtlijn.platform.lists.columns import Column
from zichtlijn.platform.lists.filters import MultiChoiceFilter, RecordFilter
from zichtlijn.platform.lists.tables import AddLink, Table
from zichtlijn.supervision.field.models import Organisation

from .models import IncidentState, WeighingState
from .weighing_words import tone


def _reference(row: Any) -> SafeString:
    return format_html('<span class="zl-nowrap">{}</span>', str(row))


def _stage(row: Any) -> SafeString:
    shown = badge(row.get_state_display(), tone(row.state))
    about = getattr(row, "signal", None) or getattr(row, "incident", None) or row
    return format_html("{} {}", shown, badge(_("demo"))) if about.is_demo else shown


WEIGHINGS = Table(
    name="signals.weighings",
    label=_("Weighings of incidents"),
    columns=(
        Column("reference", _("Reference"), str, sort="id", screen=_reference, link=True),
        Column("about", _("About"), lambda row: str(row.signal or row.incident)),
        Column("proposed_title", _("Title of the investigation")),
        Column("state", _("Stage"), sort="state", screen=_stage),
        Column("made_by", _("Begun by"), lambda row: str(row.made_by or "")),
        Column("submitted_at", _("Laid before who decides"), sort="submitted_at"),
        Column("decided_at", _("Decided at"), sort="decided_at"),
        Column("decided_by", _("Decided by"), "decided_by_name", on_screen=False),
        Column("decision_reason", _("Reason for the decision"), on_screen=False),
    ),
    filters=(MultiChoiceFilter("state", _("Stage"), choices=WeighingState.choices),),
    default_sort="-reference",
    intro=_("Whether the inspectorate investigates an incident itself: weighed with evidence, decided by a person."),
    empty=_("Nothing is being weighed. Begin on the page of a signal in triage, or of an incident file."),
)

INCIDENTS = Table(
    name="signals.incidents",
    label=_("Incident files"),
    columns=(
        Column("reference", _("Reference"), str, sort="id", screen=_reference, link=True),
        Column("title", _("Title"), sort="title", link=True),
        Column("state", _("Stage"), sort="state", screen=_stage),
        Column("happened_on", _("Happened on"), sort="happened_on"),
        Column("signal_count", _("Put in it"), sort="signal_count", numeric=True),
        Column("taken_fte", _("Staff taken from the programme (fte)"), sort="taken_fte", numeric=True),
        Column("opened_at", _("Opened at"), sort="opened_at"),
        Column("access", _("Open to"), "access", on_screen=False),
        Column("closed_at", _("Closed at"), sort="closed_at", on_screen=False),
    ),
    filters=(
        MultiChoiceFilter("state", _("Stage"), choices=IncidentState.choices),
        RecordFilter("organisation", _("Organisation"), "organisations", records=Organisation.objects.visible_to),
    ),
    default_sort="-opened_at",
    intro=_("One file for one incident about which several things came in."),
    empty=_("There is no incident file. Open one when several things that came in are about one incident."),
    add=AddLink(_("Open an incident file"), lambda: reverse("signals:incident-open"), "signals.lead_incident"),
)
