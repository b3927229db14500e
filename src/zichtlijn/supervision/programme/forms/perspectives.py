"""The forms of perspective, goal, spearhead, programme and figure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Figure, Goal, Perspective, Programme, Spearhead
from .revised import RevisedForm, decimal

LINES = {"description": forms.Textarea(attrs={"rows": 5})}


class PerspectiveForm(RevisedForm):
    """Title and years of a perspective."""

    class Meta:
        model = Perspective
        fields = ("title", "first_year", "last_year", "description")
        widgets = LINES


class GoalForm(RevisedForm):
    """A goal; without a number it gets the next one."""

    class Meta:
        model = Goal
        fields = ("number", "title", "description", "indicators")
        widgets = {**LINES, "indicators": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["number"].required = False
            self.fields["number"].help_text = _("Left empty, the goal gets the next number.")


class SpearheadForm(RevisedForm):
    """An accent over all goals."""

    class Meta:
        model = Spearhead
        fields = ("title", "description")
        widgets = LINES


class ProgrammeForm(RevisedForm):
    """The programme of a year; perspective and year are fixed once it exists."""

    available_fte = decimal(_("Available staff (fte)"), digits=8)
    needed_fte = decimal(_("Needed staff (fte)"), digits=8)
    available_budget = decimal(_("Available budget (euro)"), digits=14)
    needed_budget = decimal(_("Needed budget (euro)"), digits=14)

    class Meta:
        model = Programme
        fields = (
            "perspective",
            "year",
            "title",
            "inspectorate",
            "description",
            "available_fte",
            "needed_fte",
            "available_budget",
            "needed_budget",
        )
        widgets = LINES

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: dict[str, Any] = self.fields
        chosen["perspective"].queryset = Perspective.objects.visible_to(user)
        if self.instance.pk:
            del self.fields["perspective"], self.fields["year"]


class FigureForm(RevisedForm):
    """A figure with its unit and year."""

    value = forms.DecimalField(label=_("Value"), max_digits=16, decimal_places=2, localize=True)

    class Meta:
        model = Figure
        fields = ("subject", "value", "unit", "year", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
