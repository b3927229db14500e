"""What is asked for a new token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_administrator
from zichtlijn.platform.accounts.models import User
from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.design.forms import DateInput


class TokenForm(forms.Form):
    """For whom it is, which system uses it, and until which day."""

    user = forms.ModelChoiceField(
        User.objects.none(),
        label=_("For whom"),
        help_text=_("What the system may do and see is what this account may do and see."),
    )
    name = forms.CharField(label=_("Which system uses it"), max_length=100)
    expires_on = forms.DateField(label=_("Until and including"), widget=DateInput(), help_text=_("At most a year."))

    def __init__(self, data: Any = None, *, user: Any) -> None:
        given = {"user": user.pk, "expires_on": localdate() + timedelta(days=365)}
        super().__init__(data, initial=given)
        self.fields["user"].queryset = holders_for(user)  # type: ignore[attr-defined]


def holders_for(user: Any) -> Any:
    """For whom this user makes tokens: oneself; the administrator also for organisations."""
    wanted = Q(pk=user.pk)
    if is_administrator(user):
        wanted |= Q(role=Role.ORGANISATION)
    return User.objects.filter(wanted, is_active=True).order_by("full_name", "username")
