"""Forms over stored records: they carry the revision that was shown, and never save by themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _


class RevisedForm(forms.ModelForm[Any]):
    """Values for an action. ``revision`` is that of the record when the form was opened."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision if self.instance.pk else None

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes: the fields of the model that the form has."""
        names = {field.name for field in (*self._meta.model._meta.fields, *self._meta.model._meta.many_to_many)}
        return {name: value for name, value in self.cleaned_data.items() if name in names - {"revision"}}

    @property
    def shown_revision(self) -> int:
        """The revision that the person saw; 0, which is never stored, when the form lost it."""
        return self.cleaned_data.get("revision") or 0

    def save(self, commit: bool = True) -> Any:
        """Never used: the action saves."""
        raise TypeError("forms of the programme are saved by an action")


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what an action refused with the fields of the form; what has no field stands on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)


def decimal(label: Any, *, digits: int, help_text: Any = "") -> forms.DecimalField:
    """An amount with at most two places that may stay empty, in the notation of the reader."""
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=digits,
        decimal_places=2,
        localize=True,
        help_text=help_text,
        error_messages={"max_decimal_places": _("Give at most two decimals; leave out the separator of thousands.")},
    )
