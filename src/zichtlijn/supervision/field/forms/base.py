"""What the forms of registers share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.forms import DateInput

from ..models import Organisation

SHORT_TEXT = forms.Textarea(attrs={"rows": 3})


class RegisterForm(forms.Form):
    """A form that ends in an action; ``user`` decides what can be chosen. The reason goes into the history."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, help_text=_("Why you do this; it is kept in the history.")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])
        self.limit_choices()

    def limit_choices(self) -> None:
        """Offer only records that the user may see."""
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                scoped: Any = field.queryset
                field.queryset = scoped.visible_to(self.user)


class RecordForm(RegisterForm, forms.ModelForm):  # type: ignore[type-arg]
    """A form for the fields of one record."""


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, chosen or typed."""
    return forms.DateField(label=label, required=required, help_text=help_text, widget=DateInput())


def organisation_field(label: Any, *, help_text: Any = "") -> forms.ModelChoiceField[Organisation]:
    """The choice of an organisation."""
    return forms.ModelChoiceField(Organisation.objects.all(), label=label, help_text=help_text)
