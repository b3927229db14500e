"""The lists of the programme."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.tags.content import status as badge
from zichtlijn.platform.lists.columns import Column
from zichtlijn.platform.lists.filters import BooleanFilter, ChoiceFilter, MultiChoiceFilter, RecordFilter, TextFilter
from zichtlijn.platform.lists.tables import AddLink, Table
from zichtlijn.supervision.field.models import Chain, CitizenGroup, Domain, Organisation
from zichtlijn.supervision.mandate.models import Act

from .labels import tone
from .models import (
    ActivityKind,
    ActivityState,
    ActivityStatus,
    AmendmentState,
    Goal,
    Programme,
    ProgrammeState,
)
from .presenting import euros


def _badge(name: str) -> Any:
    def show(row: Any) -> Any:
        shown = badge(getattr(row, f"get_{name}_display")(), tone(getattr(row, name)))
        return format_html("{} {}", shown, badge(_("demo"))) if name == "state" and row.is_demo else shown

    return show


def _money(name: str) -> Any:
    def show(row: Any) -> Any:
        value = getattr(row, name)
        return format_html("{}", "" if value is None else euros(value))

    return show


PROGRAMMES = Table(
    name="programme.programmes",
    label=_("Work programmes"),
    columns=(
        Column("year", _("Year"), lambda row: str(row.year), sort="year"),
        Column("title", _("Title"), sort="title", link=True),
        Column("inspectorate", _("Inspectorate"), sort="inspectorate"),
        Column("perspective", _("Perspective"), "perspective.title", sort="perspective__title"),
        Column("state", _("Stage"), sort="state", screen=_badge("state")),
        Column("activities", _("Activities"), "activity_count", numeric=True),
        Column(
            "available_budget",
            _("Available budget (euro)"),
            sort="available_budget",
            screen=_money("available_budget"),
            numeric=True,
        ),
    ),
    filters=(ChoiceFilter("state", _("Stage"), choices=ProgrammeState.choices),),
    default_sort="-year",
    intro=_("A work programme holds what the inspectorate does in a year, and why."),
    empty=_("There is no work programme yet. Add one, or import a document and accept what it proposes."),
    add=AddLink(_("New work programme"), lambda: reverse("programme:programme-add"), "programme.write_programme"),
)

ACTIVITIES = Table(
    name="programme.activities",
    label=_("Activities"),
    columns=(
        Column("code", _("Code"), sort="code", link=True),
        Column("title", _("Title"), sort="title", link=True),
        Column("programme", _("Work programme"), "programme.title", sort="programme__year", on_screen=False),
        Column("kind", _("Kind"), sort="kind"),
        Column("status", _("Status"), sort="status"),
        Column("state", _("Stage"), sort="state", screen=_badge("state")),
        Column("goals", _("Goals"), on_screen=False),
        Column("domain", _("Domain"), "domain.name", sort="domain__name", on_screen=False),
        Column("organisations", _("Organisations"), on_screen=False),
        Column("chains", _("Chains and networks"), on_screen=False),
        Column("acts", _("Acts"), on_screen=False),
        Column("groups", _("Citizen groups"), on_screen=False),
        Column("fte", _("Staff (fte)"), sort="fte", numeric=True),
        Column("budget", _("Budget (euro)"), sort="budget", screen=_money("budget"), numeric=True),
        Column("starts_on", _("Starts on"), sort="starts_on", on_screen=False),
        Column("ends_on", _("Ends on"), sort="ends_on", on_screen=False),
        Column("description", _("Description"), on_screen=False),
    ),
    filters=(
        TextFilter("text", _("Words"), over=("code", "title", "description")),
        RecordFilter("programme", _("Work programme"), records=Programme.objects.visible_to),
        RecordFilter("goal", _("Goal"), "goals", records=Goal.objects.visible_to),
        MultiChoiceFilter("kind", _("Kind"), choices=ActivityKind.choices),
        MultiChoiceFilter("status", _("Status"), choices=ActivityStatus.choices),
        MultiChoiceFilter("state", _("Stage"), choices=ActivityState.choices),
        RecordFilter(
            "organisation",
            _("Organisation"),
            "organisations",
            records=Organisation.objects.visible_to,
        ),
        RecordFilter("chain", _("Chain or network"), "chains", records=Chain.objects.visible_to),
        RecordFilter("domain", _("Domain"), records=Domain.objects.visible_to),
        RecordFilter("act", _("Act"), "acts", records=Act.objects.visible_to),
        RecordFilter("group", _("Citizen group"), "groups", records=CitizenGroup.objects.visible_to),
        BooleanFilter("demo", _("Demo"), "is_demo"),
    ),
    default_sort="code",
    empty=_("There is no activity yet. Add one to a draft, or import a document and accept what it proposes."),
    add=AddLink(_("Add an activity"), lambda: reverse("programme:activity-new"), "programme.add_activity"),
)

AMENDMENTS = Table(
    name="programme.amendments",
    label=_("Amendments"),
    columns=(
        Column("number", _("Number"), sort="number", link=True),
        Column("title", _("Title"), sort="title", link=True),
        Column("programme", _("Work programme"), "programme.title", sort="programme__year"),
        Column("state", _("Stage"), sort="state", screen=_badge("state")),
        Column("proposed_on", _("Proposed on"), sort="proposed_on"),
        Column("closed_on", _("Closed on"), sort="closed_on"),
        Column("reason", _("Reason"), on_screen=False),
    ),
    filters=(
        RecordFilter("programme", _("Work programme"), records=Programme.objects.visible_to),
        MultiChoiceFilter("state", _("Stage"), choices=AmendmentState.choices),
    ),
    default_sort="-number",
    empty=_("There is no amendment. A decided work programme changes by amendment: begin one on its page."),
)
