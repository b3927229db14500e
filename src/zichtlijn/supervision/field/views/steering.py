"""The steering triangle: the overview of a day, and the forms about roles."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.paging import open_page

from .. import actions, queries, undoing
from ..forms.organisations import EndOfRole, RoleInTriangle, role_values
from ..models import Organisation, SteeringRole
from .acting import Button, FormPage, visible
from .days import chosen_day


def overview(request: HttpRequest) -> HttpResponse:
    """Who steered whom on a day, organisation by organisation."""
    day, form = chosen_day(request)
    page = open_page(queries.steered_organisations(request.user, day), request.GET.get("page"))
    context = {
        "day": day,
        "day_form": form,
        "page": page,
        "triangles": [queries.triangle_of(row, day) for row in page],
    }
    return render(request, "field/steering.html", context)


class SetRole(FormPage):
    form_class = RoleInTriangle
    title = _("Add role in the steering triangle")
    submit = _("Add")

    def subject(self) -> Organisation:
        found: Organisation = visible(Organisation, self.request.user, pk=self.kwargs["pk"])
        return found

    def act(self, values: dict[str, Any]) -> SteeringRole:
        return actions.set_steering_role(actor=self.request.user, contractor=self.record, **values)

    def done(self, result: SteeringRole) -> Any:
        words = {"holder": result.holder, "role": result.get_role_display(), "contractor": result.contractor}
        return _("%(holder)s is %(role)s of %(contractor)s.") % words

    def next_url(self, result: SteeringRole) -> str:
        return result.contractor.get_absolute_url()


def _role(user: Any, pk: int) -> SteeringRole:
    roles = SteeringRole.objects.filter(contractor__in=Organisation.objects.visible_to(user))
    return get_object_or_404(roles.select_related("contractor", "holder"), pk=pk)


class EditRole(FormPage):
    form_class = RoleInTriangle
    title = _("Correct role in the steering triangle")
    submit = _("Save")

    def subject(self) -> Organisation:
        self.role = _role(self.request.user, self.kwargs["pk"])
        return self.role.contractor

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": role_values(self.role)}

    def act(self, values: dict[str, Any]) -> Organisation:
        actions.edit_steering_role(actor=self.request.user, steering_role=self.role, **values)
        contractor: Organisation = self.record
        return contractor

    def done(self, result: Organisation) -> Any:
        return _("The steering of %(name)s was changed.") % {"name": result}


class EndRole(FormPage):
    form_class = EndOfRole
    title = _("End role in the steering triangle")
    submit = _("End role")

    def subject(self) -> Organisation:
        self.role = _role(self.request.user, self.kwargs["pk"])
        return self.role.contractor

    def act(self, values: dict[str, Any]) -> Organisation:
        actions.end_steering_role(actor=self.request.user, steering_role=self.role, **values)
        contractor: Organisation = self.record
        return contractor

    def done(self, result: Organisation) -> Any:
        return _("The role of %(name)s ends.") % {"name": self.role.holder}

    def undo_url(self, result: Organisation) -> str:
        last_day = self.role.valid_until
        return undoing.address("reopen-role", role=self.role.pk, last_day=last_day and last_day.isoformat())


class RemoveRole(Button):
    def subject(self) -> Organisation:
        self.role = _role(self.request.user, self.kwargs["pk"])
        return self.role.contractor

    def act(self, values: dict[str, Any]) -> Organisation:
        self.undo = undoing.address("restore-role", **undoing.role_facts(self.role))
        return actions.remove_steering_role(actor=self.request.user, steering_role=self.role)

    def done(self, result: Organisation) -> Any:
        return _("The role of %(name)s was removed.") % {"name": self.role.holder}

    def undo_url(self, result: Organisation) -> str:
        return self.undo

    def next_url(self, result: Organisation) -> str:
        return reverse("field:organisation", args=[result.pk])
