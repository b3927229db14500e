"""What people fill in about accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from .access import STAFF
from .models import User
from .roles import Role


class NewUserForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new account."""

    password = forms.CharField(
        label=_("First password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least twelve characters. Hand it over in person; the user changes it."),
    )

    class Meta:
        model = User
        fields = ["username", "full_name", "email", "role"]
        labels = {"username": _("User name"), "email": _("E-mail address")}
        help_texts = {"username": _("Letters, digits and @ . + - _")}

    def clean_password(self) -> str:
        """The password, when it is strong enough."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class RoleForm(forms.Form):
    """Another role for somebody, and why."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    reason = forms.CharField(label=_("Reason"), max_length=500)


class NewTeamForm(forms.Form):
    """A new team."""

    name = forms.CharField(label=_("Name"), max_length=100)


class TeamForm(NewTeamForm):
    """What can be changed of a team."""

    is_active = forms.BooleanField(
        label=_("In use"),
        required=False,
        help_text=_("A team that is not in use takes no new people or files; what it had stays."),
    )


class MemberForm(forms.Form):
    """Somebody for a team."""

    user = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none())
    is_lead = forms.BooleanField(label=_("Leads the team"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, role__in=STAFF).order_by("full_name", "username")
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class CodeForm(forms.Form):
    """The code of the second factor."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("The six digits in your authenticator app, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"}),
    )

    def clean_code(self) -> Any:
        """Without the spaces that people type for reading."""
        return self.cleaned_data["code"].replace(" ", "")
