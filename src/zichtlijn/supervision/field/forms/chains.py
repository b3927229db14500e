"""Forms about chains, their members and their hand-overs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Chain, ChainMember, HandOver, Organisation
from .base import SHORT_TEXT, RecordForm, RegisterForm, organisation_field


class ChainFacts(RecordForm):
    """A chain or network itself."""

    class Meta:
        model = Chain
        fields = ["name", "abbreviation", "kind", "societal_task", "domains", "other_spellings", "description"]
        widgets = {
            "kind": forms.RadioSelect,
            "societal_task": SHORT_TEXT,
            "domains": forms.CheckboxSelectMultiple,
            "other_spellings": SHORT_TEXT,
        }


class NewMember(RegisterForm):
    """An organisation that joins a chain."""

    organisation = organisation_field(_("Organisation"))
    part = forms.CharField(
        label=_("Part in the chain"), max_length=300, required=False, help_text=_("What it does in the chain.")
    )
    order = forms.IntegerField(
        label=_("Place"), required=False, min_value=1, max_value=1000, help_text=_("Leave empty to put it at the end.")
    )

    def __init__(self, *args: Any, chain: Chain, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations: Any = self.fields["organisation"]
        organisations.queryset = organisations.queryset.exclude(memberships__chain=chain)


class MemberPart(RecordForm):
    """What a member does in the chain."""

    class Meta:
        model = ChainMember
        fields = ["part"]


class Exchange(RegisterForm):
    """A hand-over between two members of the chain."""

    giver = organisation_field(_("From whom"))
    receiver = organisation_field(_("To whom"))
    what = forms.CharField(
        label=_("What is handed over"), max_length=200, help_text=_("For example: file, request for advice, decision.")
    )

    def __init__(self, *args: Any, chain: Chain, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Organisation.objects.visible_to(self.user).filter(memberships__chain=chain)
        for end in ("giver", "receiver"):
            field: Any = self.fields[end]
            field.queryset = members.order_by("memberships__order")


def exchange_values(hand_over: HandOver) -> dict[str, Any]:
    """The values with which the form of a known hand-over starts."""
    return {"giver": hand_over.giver, "receiver": hand_over.receiver, "what": hand_over.what}
