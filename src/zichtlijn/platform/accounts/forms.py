"""What people fill in about accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

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
