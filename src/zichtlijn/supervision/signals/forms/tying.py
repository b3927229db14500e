"""Saying that signals belong together, or that they do not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..models import LinkKind, Signal
from ..queries.signal import find_by_reference
from .steps import StepForm, words

BUNDLE = "bundle"
HOW = [
    (BUNDLE, _("Handle them together, in a bundle")),
    (LinkKind.DUPLICATE, _("The same matter, both stay")),
    (LinkKind.RELATED, _("Related")),
    (LinkKind.NOT_RELATED, _("Looked at: not related")),
]


class ReferenceField(forms.CharField):
    """The reference of another signal that the user may see."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)


class OtherForm(StepForm):
    """Base of forms that name another signal; what is not there and what may not be seen are refused alike."""

    def found(self, name: str) -> Signal:
        """The signal with the reference in a field. Raises ValidationError when there is none to be seen."""
        other = find_by_reference(self.user, self.cleaned_data[name])
        if other is None or other.pk == self.signal.pk:
            raise ValidationError(_("There is no other one with this reference."), code="unknown")
        return other


class TieForm(OtherForm):
    """How it belongs with another one."""

    other = ReferenceField(label=_("Reference of the other one"))
    how = forms.ChoiceField(label=_("How they belong together"), choices=HOW, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title of the bundle"),
        max_length=200,
        required=False,
        help_text=_("Only for a new bundle; without names of people."),
    )
    likeness = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=100)

    def clean_other(self) -> Signal:
        """See ``found``."""
        return self.found("other")


class MergeForm(OtherForm):
    """Into which one it goes, and why."""

    into = ReferenceField(
        label=_("Merge into"),
        help_text=_("The reference of the one in which the matter goes on. Each sender keeps a conversation alone."),
    )
    reason = words(_("Reason"))

    def clean_into(self) -> Signal:
        """See ``found``."""
        return self.found("into")
