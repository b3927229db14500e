"""The forms of an amendment."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Activity, ActivityState, Amendment, ChangeKind
from ..models.activity import IN_PROGRAMME


class AmendmentForm(forms.Form):
    """What the amendment is called and why it is made."""

    title = forms.CharField(label=_("Title"), max_length=200)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What happened, and why the work programme should follow."),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["submission"] = uuid.uuid4()


class ChosenActivityForm(forms.Form):
    """What the amendment does, and to which activity."""

    kind = forms.ChoiceField(label=_("What changes"), choices=ChangeKind.choices, widget=forms.RadioSelect)
    activity = forms.ModelChoiceField(
        Activity.objects.none(), label=_("Activity"), required=False, help_text=_("Leave empty for a new activity.")
    )

    def __init__(self, *args: Any, amendment: Amendment, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = (*IN_PROGRAMME, ActivityState.DROPPED, ActivityState.CANDIDATE)
        activities = Activity.objects.visible_to(user).filter(programme=amendment.programme, state__in=states)
        chosen: dict[str, Any] = self.fields
        chosen["activity"].queryset = activities

    def clean(self) -> dict[str, Any]:
        """Raises when a new activity names an existing one, or another change names none."""
        given = super().clean() or {}
        if given.get("kind") and (given["kind"] == ChangeKind.ADD) != (given.get("activity") is None):
            self.add_error("activity", _("Choose the activity that changes; leave it empty for a new one."))
        return given
