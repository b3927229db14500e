"""Who speaks for which organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.models import User
from zichtlijn.platform.accounts.roles import Role

from ..models import Organisation


class AccountForm(forms.Form):
    """An account with the role of an organisation, and the organisation that it speaks for."""

    user = forms.ModelChoiceField(
        label=_("Account"),
        queryset=User.objects.none(),
        help_text=_("Only accounts with the role of an organisation under supervision."),
    )
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, role=Role.ORGANISATION).order_by("full_name", "username")
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        standing = Organisation.objects.all().standing().order_by("name")
        self.fields["organisation"].queryset = standing  # type: ignore[attr-defined]
