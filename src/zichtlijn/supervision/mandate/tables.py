"""The list of acts."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.lists.columns import Column
from zichtlijn.platform.lists.filters import MultiChoiceFilter, TextFilter
from zichtlijn.platform.lists.tables import AddLink, Table
from zichtlijn.supervision.field.tables import DEMO, DEMO_FILTER, NAME

from .models import Act

ACTS = Table(
    name="mandate.acts",
    label=_("Acts"),
    columns=(
        NAME,
        Column("abbreviation", _("Abbreviation"), sort="abbreviation"),
        Column("kind", _("Kind"), sort="kind"),
        Column("status", _("Status"), sort="status"),
        Column("in_force_from", _("In force from"), sort="in_force_from"),
        Column("bwb_id", _("BWB identifier"), on_screen=False),
        Column("description", _("Description"), on_screen=False),
        DEMO,
    ),
    filters=(
        TextFilter("text", _("Words"), over=("name", "abbreviation", "other_spellings", "description")),
        MultiChoiceFilter("kind", _("Kind"), choices=Act.Kind.choices),
        MultiChoiceFilter("status", _("Status"), choices=Act.Status.choices),
        DEMO_FILTER,
    ),
    default_sort="name",
    intro=_("Acts, decrees, bills and frameworks on which supervision rests or that organisations must keep to."),
    empty=_("There is no act yet. Add the first one, or import a work programme that names acts."),
    add=AddLink(_("Add act"), lambda: reverse("mandate:act-add"), "mandate.edit_act"),
)
