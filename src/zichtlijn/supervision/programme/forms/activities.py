"""The form of an activity, used for drafts and for amendments."""

from __future__ import annotations

import re
import uuid
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import sanitize_separators
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.forms import DateInput
from zichtlijn.supervision.field.models import Chain, CitizenGroup, Domain, Organisation
from zichtlijn.supervision.mandate.models import Act

from ..models import Activity, Goal, Programme
from ..presenting import amount
from .revised import RevisedForm, decimal

_LINE = re.compile(r"^(?P<expertise>[^:]{1,60}):\s*(?P<hours>[\d.,]+)$")


class HoursField(forms.CharField):
    """Hours per expertise, one per line: ``lawyer: 40``. Gives a dictionary of decimals."""

    widget = forms.Textarea

    def clean(self, value: Any) -> dict[str, Decimal]:
        """Raises ValidationError with the line that cannot be read."""
        hours: dict[str, Decimal] = {}
        for line in str(super().clean(value)).splitlines():
            if line.strip():
                expertise, number = _read_line(line.strip())
                if expertise in hours:
                    raise ValidationError(_("“%(line)s” stands here twice."), code="twice", params={"line": expertise})
                hours[expertise] = number
        return hours


def _read_line(line: str) -> tuple[str, Decimal]:
    match = _LINE.match(line)
    try:
        number = Decimal(sanitize_separators(match["hours"])) if match else None
    except InvalidOperation:
        number = None
    if match is None or number is None or number >= 10_000_000:
        message = _("“%(line)s” cannot be read. Write an expertise, a colon and the hours: lawyer: 40.")
        raise ValidationError(message, code="line", params={"line": line[:80]})
    return match["expertise"].strip(), number


class ActivityForm(RevisedForm):
    """All that a person says of an activity. ``submission`` makes sure that one form makes one activity."""

    hours = HoursField(
        label=_("Hours per expertise"),
        required=False,
        help_text=_("One per line, for example lawyer: 40."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    fte = decimal(_("Staff (fte)"), digits=7)
    budget = decimal(_("Budget (euro)"), digits=14)
    reason = forms.CharField(
        label=_("Reason for this change"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=5000
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Activity
        fields = (
            "title",
            "description",
            "kind",
            "status",
            "goals",
            "domain",
            "organisations",
            "chains",
            "acts",
            "groups",
            "starts_on",
            "ends_on",
            "fte",
            "budget",
        )
        widgets = {
            "description": forms.Textarea(attrs={"rows": 5}),
            "goals": forms.CheckboxSelectMultiple,
            "starts_on": DateInput,
            "ends_on": DateInput,
        }

    def __init__(self, *args: Any, programme: Programme, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: dict[str, Any] = self.fields
        chosen["goals"].queryset = Goal.objects.visible_to(user).filter(perspective=programme.perspective)
        chosen["domain"].queryset = Domain.objects.visible_to(user)
        chosen["organisations"].queryset = Organisation.objects.visible_to(user)
        chosen["chains"].queryset = Chain.objects.visible_to(user)
        chosen["acts"].queryset = Act.objects.visible_to(user)
        chosen["groups"].queryset = CitizenGroup.objects.visible_to(user)
        if self.instance.pk:
            self.initial["hours"] = _hours_of(self.instance)
        else:
            self.initial["submission"] = uuid.uuid4()
            del self.fields["reason"]


def _hours_of(activity: Activity) -> str:
    needs = activity.capacity_needs.all()
    return "\n".join(f"{need.expertise}: {amount(need.hours, grouping=False)}" for need in needs)
