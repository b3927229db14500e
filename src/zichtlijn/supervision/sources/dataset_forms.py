"""What a person fills in about a dataset: the upload, its details, why it is taken back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.forms import DateInput
from zichtlijn.supervision.field.models import Chain

from .mapping_form import last_day
from .models import Dataset

MEBIBYTE = 1024 * 1024
DETAILS = ["title", "chain", "publisher", "origin", "licence", "received_on"]


class DatasetDetailsForm(forms.ModelForm[Dataset]):
    """What is known about a dataset beside its contents."""

    class Meta:
        model = Dataset
        fields = DETAILS
        widgets = {"received_on": DateInput}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chain"].queryset = Chain.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["chain"].help_text = _("The chain or network in which this was registered.")
        self.fields["publisher"].help_text = _("Who keeps the registration.")
        self.fields["origin"].help_text = _("Where the file comes from, such as a letter or an address.")


class DatasetUploadForm(DatasetDetailsForm):
    """A file with what is known about it."""

    file = forms.FileField(label=_("File"))
    again = forms.BooleanField(
        label=_("Read this file once more, as another dataset"),
        required=False,
        help_text=_("For instance to choose another meaning of its columns beside the first."),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = ["file", *DETAILS, "again", "submission"]

    class Meta(DatasetDetailsForm.Meta):
        pass

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid4
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Empty: the name of the file.")
        self.fields["file"].help_text = file_help()

    def clean(self) -> dict[str, Any]:
        """A file without a title is called by its name."""
        values = super().clean() or {}
        if values.get("file") and not values.get("title"):
            values["title"] = self.instance.title = values["file"].name[:200]
        return values


class AddedFileForm(forms.Form):
    """A later file of the same registration; with the key when the case numbers were replaced.

    Where the log ends at a chosen day, a later day has to be given: events after the old one would be left out.
    """

    file = forms.FileField(label=_("File"))
    cut_off = forms.DateField(
        label=_("Registration complete until and including"),
        widget=DateInput,
        help_text=_("The log now ends at %(day)s; events after the day you give here are left out."),
    )
    key = forms.CharField(
        label=_("Key for the case numbers"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        strip=False,
        help_text=_("The same key as before; with another one the cases do not meet. It is not stored."),
    )

    def __init__(self, *args: Any, dataset: Dataset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = file_help()
        self._until = last_day(dataset.mapping.get("cut_off"))
        if not dataset.is_pseudonymised:
            del self.fields["key"]
        if self._until is None:
            del self.fields["cut_off"]
        else:
            day = date_format(self._until, "DATE_FORMAT")
            self.fields["cut_off"].help_text = self.fields["cut_off"].help_text % {"day": day}

    def clean_cut_off(self) -> Any:
        """The log cannot end before it ended."""
        day = self.cleaned_data["cut_off"]
        if day < self._until:
            raise forms.ValidationError(_("The log ends later already."))
        return day


class AcceptForm(forms.Form):
    """Accepting the load report, with a key when the case numbers have to be replaced."""

    pseudonymise = forms.BooleanField(
        label=_("Replace the case numbers"),
        required=False,
        help_text=_(
            "Every case number becomes a pseudonym made with your key, and only the chosen columns are kept. "
            "The file itself is not kept."
        ),
    )
    key = forms.CharField(
        label=_("Key for the case numbers"),
        required=False,
        strip=False,
        min_length=16,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "At least 16 characters. It is not stored: keep it yourself, because a later file needs the same key."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Replacing needs a key, and a key is given to replace."""
        values = super().clean() or {}
        if values.get("pseudonymise") and not values.get("key") and "key" not in self.errors:
            self.add_error("key", _("Give the key with which the case numbers are replaced."))
        if values.get("key") and not values.get("pseudonymise"):
            self.add_error("pseudonymise", _("You gave a key. Tick this to replace the case numbers with it."))
        return values


class SavedFigureForm(forms.Form):
    """A figure that is kept: what it is called, and a note."""

    title = forms.CharField(label=_("Title"), max_length=200)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid4


def file_help() -> Any:
    """Which files can be read, and how large they may be."""
    return _(
        "An event log as XES, OCEL 2.0 (JSON, XML or SQLite), CSV, Excel (XLSX) or Parquet; XES, CSV and OCEL may be "
        "packed as .gz. At most %(limit)s MB."
    ) % {"limit": settings.ZICHTLIJN_UPLOAD_LIMIT // MEBIBYTE}
