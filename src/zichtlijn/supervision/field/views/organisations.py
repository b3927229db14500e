"""Organisations: their page, and the forms about them and their names."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .. import actions, queries
from ..drawings import triangle_drawing
from ..forms.organisations import CorrectedName, Merging, NewName, NewOrganisation, OrganisationFacts
from ..models import Organisation, OrganisationName
from .acting import Button, FormPage, visible
from .days import chosen_day


def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """All about an organisation; a merged record leads on to the one it became."""
    record = queries.organisation_page(request.user, pk)
    if record is None:
        merged = get_object_or_404(Organisation, pk=pk, merged_into__isnull=False)
        return redirect(merged.merged_into or merged)
    day, form = chosen_day(request)
    triangle = queries.steering_triangle(record, day)
    context = {
        "organisation": record,
        "day": day,
        "day_form": form,
        "triangle": triangle,
        "triangle_drawing": None if triangle.is_empty else triangle_drawing(triangle, date_format(day)),
        "may_edit": request.user.has_perm("field.edit_field"),
    }
    return render(request, "field/organisation.html", context)


class AddOrganisation(FormPage):
    form_class = NewOrganisation
    title = _("Add organisation")
    submit = _("Add")

    def act(self, values: dict[str, Any]) -> Organisation:
        return actions.register_organisation(actor=self.request.user, **values)

    def done(self, result: Organisation) -> Any:
        return _("The organisation %(name)s is in the register.") % {"name": result}

    def cancel_url(self) -> str:
        return reverse("field:organisation-list")


class OfOrganisation(FormPage):
    """A form about one organisation."""

    def subject(self) -> Organisation:
        found: Organisation = visible(Organisation, self.request.user, pk=self.kwargs["pk"])
        return found


class EditOrganisation(OfOrganisation):
    form_class = OrganisationFacts
    title = _("Edit organisation")
    submit = _("Save")

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.record}

    def act(self, values: dict[str, Any]) -> Organisation:
        return actions.edit_organisation(actor=self.request.user, organisation=self.record, **values)

    def done(self, result: Organisation) -> Any:
        return _("The organisation %(name)s was changed.") % {"name": result}


class RenameOrganisation(OfOrganisation):
    form_class = NewName
    title = _("Rename organisation")
    submit = _("Rename")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"abbreviation": self.record.abbreviation}}

    def act(self, values: dict[str, Any]) -> Organisation:
        return actions.rename_organisation(actor=self.request.user, organisation=self.record, **values)

    def done(self, result: Organisation) -> Any:
        return _("The name was entered. Today the organisation is called %(name)s.") % {"name": result}


class MergeOrganisation(OfOrganisation):
    form_class = Merging
    title = _("Merge with the record of the same organisation")
    submit = _("Merge")

    def act(self, values: dict[str, Any]) -> Organisation:
        return actions.merge_organisation(actor=self.request.user, organisation=self.record, **values)

    def done(self, result: Organisation) -> Any:
        return _("The records are one now: %(name)s.") % {"name": result}


def _name_of(user: Any, pk: int) -> OrganisationName:
    organisations = Organisation.objects.visible_to(user)
    return get_object_or_404(OrganisationName.objects.filter(organisation__in=organisations), pk=pk)


class CorrectName(FormPage):
    form_class = CorrectedName
    title = _("Correct name")
    submit = _("Save")

    def subject(self) -> Organisation:
        self.name = _name_of(self.request.user, self.kwargs["pk"])
        return self.name.organisation

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.name}

    def act(self, values: dict[str, Any]) -> Organisation:
        return actions.correct_name(actor=self.request.user, organisation_name=self.name, **values)

    def done(self, result: Organisation) -> Any:
        return _("The names of %(name)s were changed.") % {"name": result}


class RemoveName(Button):
    def subject(self) -> Organisation:
        self.name = _name_of(self.request.user, self.kwargs["pk"])
        return self.name.organisation

    def act(self, values: dict[str, Any]) -> Organisation:
        return actions.remove_name(actor=self.request.user, organisation_name=self.name)

    def done(self, result: Organisation) -> Any:
        return _("The name %(name)s was removed.") % {"name": self.name}
