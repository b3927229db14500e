"""What a person says when something takes a step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.forms import DateInput


class ReasonForm(forms.Form):
    """A reason, asked when the step needs one; ``revision`` is what the person saw, where that matters."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, needs_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason


class StepForm(ReasonForm):
    """A step with the day on which it was taken."""

    on = forms.DateField(label=_("Date"), widget=DateInput, help_text=_("The day on which this was done."))
    field_order = ("on", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", localdate())
