"""What is asked about who may know of a case file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import STAFF
from zichtlijn.platform.accounts.models import Team, User
from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.design.forms import DateInput

PURPOSE_HINT = _("For what this person has to know of it. It stands beside every reading.")
PURPOSE_LENGTH = 300


def purpose_field() -> forms.CharField:
    """For what somebody has to know."""
    return forms.CharField(label=_("Purpose"), max_length=PURPOSE_LENGTH, help_text=PURPOSE_HINT)


class AccessForm(forms.Form):
    """Base: knows the file that it is about."""

    def __init__(self, *args: Any, file: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file = file


class RestrictForm(AccessForm):
    """Close a file to everybody but who is named."""

    purpose = purpose_field()


class TeamForm(AccessForm):
    """Open a file to one team."""

    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.filter(is_active=True))


class NothingForm(AccessForm):
    """Only a question whether to go on."""


class GiveForm(AccessForm):
    """Name one more member of staff."""

    user = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none())
    purpose = purpose_field()
    until = forms.DateField(
        label=_("Until and including"),
        widget=DateInput,
        required=False,
        help_text=_("Leave empty when there is no last day."),
    )
    is_owner = forms.BooleanField(
        label=_("Owner of the file"),
        required=False,
        help_text=_("Owners name others, and see who read it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, role__in=STAFF).order_by("full_name", "username")
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class ShareForm(AccessForm):
    """Show a file to somebody of a partner inspectorate."""

    user = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none())
    purpose = purpose_field()
    until = forms.DateField(label=_("Until and including"), widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, role=Role.PARTNER).order_by("full_name", "username")
        self.fields["user"].queryset = people  # type: ignore[attr-defined]

    def clean_until(self) -> Any:
        """A day that is still to come."""
        day = self.cleaned_data["until"]
        if day < localdate():
            raise forms.ValidationError(_("This day has passed."), code="until")
        return day


class OwnerForm(AccessForm):
    """Another owner for a file whose owner is gone."""

    user = forms.ModelChoiceField(label=_("New owner"), queryset=User.objects.none())
    reason = forms.CharField(
        label=_("Reason"),
        max_length=PURPOSE_LENGTH,
        help_text=_("The new owner reads it as the purpose of the access."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        caseworkers = (Role.INSPECTOR, Role.ANALYST, Role.PROGRAMME_MANAGER, Role.INSPECTOR_GENERAL)
        people = User.objects.filter(is_active=True, role__in=caseworkers).order_by("full_name", "username")
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
