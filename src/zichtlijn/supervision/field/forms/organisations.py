"""Forms about organisations, their names and their steering."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Organisation, OrganisationName, SteeringRole
from .base import SHORT_TEXT, RecordForm, RegisterForm, day_field, organisation_field

FACTS = ["kind", "domains", "region", "part_of", "is_supervised", "tooi_id", "other_spellings", "description"]
WIDGETS = {"other_spellings": SHORT_TEXT, "domains": forms.CheckboxSelectMultiple}


class NewOrganisation(RecordForm):
    """A new organisation with its name of today."""

    valid_from = day_field(
        _("Name since"), help_text=_("The first day on which the organisation bore this name, when you know it.")
    )
    field_order = ["name", "abbreviation", "valid_from"]

    class Meta:
        model = Organisation
        fields = ["name", "abbreviation", *FACTS]
        widgets = WIDGETS


class OrganisationFacts(RecordForm):
    """What is known about an organisation, apart from its name."""

    class Meta:
        model = Organisation
        fields = FACTS
        widgets = WIDGETS

    def limit_choices(self) -> None:
        super().limit_choices()
        part_of: Any = self.fields["part_of"]
        part_of.queryset = part_of.queryset.exclude(pk=self.instance.pk)


class NewName(RegisterForm):
    """A name from a day on."""

    name = forms.CharField(label=_("New name"), max_length=200)
    abbreviation = forms.CharField(label=_("New abbreviation"), max_length=40, required=False)
    valid_from = day_field(
        _("From which day"),
        required=True,
        help_text=_("The first day with the new name. The former name ends the day before."),
    )


class CorrectedName(RecordForm):
    """A name that was entered with a mistake."""

    valid_from = day_field(_("First day"), help_text=_("Leave empty when it is not known."))
    valid_until = day_field(_("Last day"), help_text=_("Leave empty for the name of today."))

    class Meta:
        model = OrganisationName
        fields = ["name", "abbreviation", "valid_from", "valid_until"]


class Merging(RegisterForm):
    """Which organisation stays when two records are one organisation."""

    into = organisation_field(
        _("Is the same as"), help_text=_("This record stays; names, roles, chains and references go over to it.")
    )


class RoleInTriangle(RegisterForm):
    """A role in the steering triangle and its days; which periods may overlap is for the action to say."""

    role = forms.ChoiceField(label=_("Role"), choices=SteeringRole.Role.choices, widget=forms.RadioSelect)
    holder = organisation_field(_("Who"))
    valid_from = day_field(_("First day"), help_text=_("Leave empty when it is not known."))
    valid_until = day_field(_("Last day"), help_text=_("Leave empty as long as the role holds."))
    known_on = day_field(
        _("Known to be so on"), help_text=_("A day on which a source says so, when the first day is not known.")
    )


def role_values(role: SteeringRole) -> dict[str, Any]:
    """The values with which the form of a known role starts."""
    return {
        "role": role.role,
        "holder": role.holder,
        "valid_from": role.valid_from,
        "valid_until": role.valid_until,
        "known_on": role.known_on,
    }


class EndOfRole(RegisterForm):
    """The last day of a role."""

    last_day = day_field(_("Last day"), required=True, help_text=_("The last day on which the role holds."))


class DayChoice(forms.Form):
    """The day of which one wants to see who was what."""

    mark_optional = False
    day = day_field(_("On this day"))
