"""The lists of the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.tags.content import status
from zichtlijn.platform.lists.columns import Column
from zichtlijn.platform.lists.filters import BooleanFilter, ChoiceFilter, RecordFilter, TextFilter
from zichtlijn.platform.lists.tables import AddLink, Table

from .models import Chain, Domain, Organisation, Region

PERMISSION = "field.edit_field"
DEMO_FILTER = BooleanFilter("demo", _("Demo"), "is_demo")


def name_with_label(named: Any) -> SafeString:
    """The name as a link, followed by the label "demo" on demo records."""
    link = format_html('<a class="utrecht-link" href="{}">{}</a>', named.get_absolute_url(), named.name)
    return format_html("{} {}", link, status(gettext("demo"), "info")) if named.is_demo else link


def _adding(url_name: str) -> Callable[[], str]:
    return lambda: reverse(url_name)


NAME = Column("name", _("Name"), sort="name", screen=name_with_label)
DEMO = Column("is_demo", _("Demo"), on_screen=False)

ORGANISATIONS = Table(
    name="field.organisations",
    label=_("Organisations"),
    columns=(
        NAME,
        Column("abbreviation", _("Abbreviation"), sort="abbreviation"),
        Column("kind", _("Kind"), sort="kind"),
        Column("domains", _("Domains")),
        Column("chains", _("Chains and networks")),
        Column("region", _("Region"), "region.name", sort="region__name"),
        Column("part_of", _("Part of"), "part_of.name", on_screen=False),
        Column("is_supervised", _("Under our supervision"), on_screen=False),
        Column("tooi_id", _("TOOI identifier"), on_screen=False),
        Column("description", _("Description"), on_screen=False),
        DEMO,
    ),
    filters=(
        TextFilter("text", _("Words"), over=("name", "abbreviation", "other_spellings", "names__name", "description")),
        ChoiceFilter("kind", _("Kind"), choices=Organisation.Kind.choices),
        RecordFilter("domain", _("Domain"), "domains", records=Domain.objects.visible_to),
        RecordFilter("chain", _("Chain or network"), "chains", records=Chain.objects.visible_to),
        RecordFilter("region", _("Region"), records=Region.objects.visible_to),
        BooleanFilter("supervised", _("Under our supervision"), "is_supervised"),
        DEMO_FILTER,
    ),
    default_sort="name",
    empty=_("There is no organisation yet. Add the first one, or import a work programme that names organisations."),
    add=AddLink(_("Add organisation"), _adding("field:organisation-add"), PERMISSION),
)

CHAINS = Table(
    name="field.chains",
    label=_("Chains and networks"),
    columns=(
        NAME,
        Column("kind", _("Kind"), sort="kind"),
        Column("societal_task", _("Societal task")),
        Column("organisations", _("Members")),
        Column("domains", _("Domains"), on_screen=False),
        DEMO,
    ),
    filters=(
        TextFilter(
            "text", _("Words"), over=("name", "abbreviation", "other_spellings", "societal_task", "description")
        ),
        ChoiceFilter("kind", _("Kind"), choices=Chain.Kind.choices),
        RecordFilter("domain", _("Domain"), "domains", records=Domain.objects.visible_to),
        RecordFilter(
            "organisation",
            _("Organisation"),
            "organisations",
            records=Organisation.objects.visible_to,
        ),
        DEMO_FILTER,
    ),
    default_sort="name",
    empty=_("There is no chain or network yet. Add one, and then the organisations that take part in it."),
    add=AddLink(_("Add chain or network"), _adding("field:chain-add"), PERMISSION),
)

GROUPS = Table(
    name="field.groups",
    label=_("Citizen groups"),
    columns=(
        NAME,
        Column("is_vulnerable", _("In a vulnerable position"), sort="is_vulnerable"),
        Column("description", _("Description")),
        DEMO,
    ),
    filters=(
        TextFilter("text", _("Words"), over=("name", "other_spellings", "description")),
        BooleanFilter("vulnerable", _("In a vulnerable position"), "is_vulnerable"),
        DEMO_FILTER,
    ),
    default_sort="name",
    intro=_("People whom the work of the organisations touches."),
    empty=_("There is no citizen group yet. Add one, so that activities can say whom they are about."),
    add=AddLink(_("Add citizen group"), _adding("field:group-add"), PERMISSION),
)

REGIONS = Table(
    name="field.regions",
    label=_("Regions"),
    columns=(
        NAME,
        Column("kind", _("Kind"), sort="kind"),
        Column("organisations", _("Organisations")),
        Column("tooi_id", _("TOOI identifier"), on_screen=False),
        DEMO,
    ),
    filters=(
        TextFilter("text", _("Words"), over=("name",)),
        ChoiceFilter("kind", _("Kind"), choices=Region.Kind.choices),
        DEMO_FILTER,
    ),
    default_sort="name",
    empty=_("There is no region yet. Add one, so that organisations can be compared between regions."),
    add=AddLink(_("Add region"), _adding("field:region-add"), PERMISSION),
)

DOMAINS = Table(
    name="field.domains",
    label=_("Domains"),
    columns=(
        NAME,
        Column("description", _("Description")),
        DEMO,
    ),
    filters=(TextFilter("text", _("Words"), over=("name", "description")), DEMO_FILTER),
    default_sort="name",
    intro=_("The parts into which the field is divided."),
    empty=_("There is no domain yet. Add one, so that organisations and activities can be grouped."),
    add=AddLink(_("Add domain"), _adding("field:domain-add"), PERMISSION),
)
