"""What a person says when something takes a step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.forms import DateInput

from ..models import Activity


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


class CandidatesForm(ReasonForm):
    """What to do with several candidates at once; dropping asks a reason."""

    step = forms.ChoiceField(
        label=_("What to do"),
        choices=[("choose", _("Choose")), ("drop", _("Drop"))],
        widget=forms.RadioSelect,
        initial="choose",
    )
    activities = forms.ModelMultipleChoiceField(
        Activity.objects.none(), label=_("Candidates"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("activities", "step", "reason")

    def __init__(self, *args: Any, candidates: QuerySet[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: dict[str, Any] = self.fields
        chosen["activities"].queryset = candidates

    def clean(self) -> dict[str, Any]:
        """Raises when candidates are dropped without a reason."""
        given = super().clean() or {}
        if given.get("step") == "drop" and not given.get("reason", "").strip():
            self.add_error("reason", _("Give the reason."))
        return given
