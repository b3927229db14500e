"""Chains and networks: their page, and the forms about them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .. import actions
from ..drawings import chain_drawing
from ..forms.chains import ChainFacts
from ..models import Chain
from .acting import FormPage, visible


def chain(request: HttpRequest, pk: int) -> HttpResponse:
    """A chain drawn, with its societal task, members and hand-overs."""
    record = visible(Chain, request.user, pk=pk)
    members = list(record.members.select_related("organisation"))
    hand_overs = list(record.hand_overs.select_related("giver", "receiver"))
    context = {
        "chain": record,
        "members": members,
        "hand_overs": hand_overs,
        "drawing": chain_drawing(record, members, hand_overs) if members else None,
        "may_edit": request.user.has_perm("field.edit_field"),
    }
    return render(request, "field/chain.html", context)


class AddChain(FormPage):
    form_class = ChainFacts
    title = _("Add chain or network")
    submit = _("Add")

    def act(self, values: dict[str, Any]) -> Chain:
        return actions.register_chain(actor=self.request.user, **values)

    def done(self, result: Chain) -> Any:
        return _("%(name)s is in the register. Now add the organisations that take part.") % {"name": result}

    def cancel_url(self) -> str:
        return reverse("field:chain-list")


class EditChain(FormPage):
    form_class = ChainFacts
    title = _("Edit chain or network")
    submit = _("Save")

    def subject(self) -> Chain:
        found: Chain = visible(Chain, self.request.user, pk=self.kwargs["pk"])
        return found

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.record}

    def act(self, values: dict[str, Any]) -> Chain:
        return actions.edit_chain(actor=self.request.user, chain=self.record, **values)

    def done(self, result: Chain) -> Any:
        return _("%(name)s was changed.") % {"name": result}
