"""Acts: their page and forms."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.supervision.field.views.acting import FormPage, visible

from . import actions
from .forms import ActFacts
from .models import Act


def act(request: HttpRequest, pk: int) -> HttpResponse:
    """All about an act."""
    return render(request, "mandate/act.html", {"act": visible(Act, request.user, pk=pk)})


class AddAct(FormPage):
    permission = "mandate.edit_act"
    form_class = ActFacts
    title = _("Add act")
    submit = _("Add")

    def act(self, values: dict[str, Any]) -> Act:
        return actions.register_act(actor=self.request.user, **values)

    def done(self, result: Act) -> Any:
        return _("%(name)s is in the register.") % {"name": result}

    def cancel_url(self) -> str:
        return reverse("mandate:act-list")


class EditAct(FormPage):
    permission = "mandate.edit_act"
    form_class = ActFacts
    title = _("Edit act")
    submit = _("Save")

    def subject(self) -> Act:
        found: Act = visible(Act, self.request.user, pk=self.kwargs["pk"])
        return found

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.record}

    def act(self, values: dict[str, Any]) -> Act:
        return actions.edit_act(actor=self.request.user, act=self.record, **values)

    def done(self, result: Act) -> Any:
        return _("%(name)s was changed.") % {"name": result}
