"""What a person fills in: an upload, a proposal, a decision."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.documents.limits import Limits
from zichtlijn.analysis.documents.model import DocumentError
from zichtlijn.analysis.documents.reading import read
from zichtlijn.analysis.documents.reading_refusals import refusal
from zichtlijn.platform.design.forms import DateInput
from zichtlijn.platform.numbers import whole_number

from .messages import as_validation_error
from .models import Document

MEBIBYTE = 1024 * 1024
# Up to this size a file is read while the form waits, so that what is wrong stands beside the field.
READ_AT_ONCE = 2 * MEBIBYTE
PAGE_IN_NAME = re.compile(r"\d+")


class SeveralFilesInput(forms.ClearableFileInput):
    """A file field in which several files can be chosen at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """The chosen files as a list, in the order of the browser."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in given if one]


class UploadForm(forms.Form):
    """A document with, when it has no pages of its own, the text layers of its printed pages."""

    file = forms.FileField(label=_("File"))
    page_files = SeveralFilesField(
        label=_("Text layers of pages"),
        required=False,
        help_text=_(
            "Only for a text without page numbers: one file per printed page, with the page number in its name, "
            "such as page-6.txt. Several files can be chosen at once."
        ),
    )
    page_numbers = forms.CharField(
        label=_("Page numbers"),
        required=False,
        help_text=_(
            "Only when the file names do not hold them: in the order of the chosen files, such as 2, 6, 7, 10."
        ),
    )
    title = forms.CharField(
        label=_("Title"), max_length=300, required=False, help_text=_("Empty: the title that the document gives.")
    )
    publisher = forms.CharField(label=_("Publisher"), max_length=200, required=False)
    year = forms.IntegerField(label=_("Year"), min_value=1800, max_value=2200, required=False)
    published_on = forms.DateField(label=_("Published on"), required=False, widget=DateInput)
    licence = forms.CharField(label=_("Licence"), max_length=200, required=False)
    origin = forms.CharField(
        label=_("Origin"), max_length=500, required=False, help_text=_("Where the file comes from, such as an address.")
    )
    edition_of = forms.ModelChoiceField(
        label=_("New edition of"),
        queryset=Document.objects.none(),
        required=False,
        help_text=_("Empty: decided by title and publisher."),
    )
    replaces = forms.ModelChoiceField(
        label=_("Other file of the same document"),
        queryset=Document.objects.none(),
        required=False,
        help_text=_("The text of that document is replaced; its citations are looked up in the new text."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        documents = Document.objects.light().visible_to(user)
        self.fields["edition_of"].queryset = documents  # type: ignore[attr-defined]
        self.fields["replaces"].queryset = documents  # type: ignore[attr-defined]
        self.fields["file"].help_text = _(
            "PDF, Word (DOCX), Markdown or plain text; at most %(limit)s MB and %(pages)s pages. A PDF must hold "
            "text: a scan is recognised (OCR) before it is imported."
        ) % {"limit": settings.ZICHTLIJN_UPLOAD_LIMIT // MEBIBYTE, "pages": Limits().max_pages}

    def clean(self) -> dict[str, Any]:
        """Tie the layers to their pages, and read a small file at once."""
        values = super().clean() or {}
        values["layers"] = {}
        if "page_files" in values and "page_numbers" in values:
            self._tie_layers(values)
        if values.get("edition_of") and values.get("replaces"):
            self.add_error("replaces", _("Choose a new edition or another file of the same document, not both."))
        if values.get("file") and not self.errors:
            self._read(values["file"], values["layers"])
        return values

    def _tie_layers(self, values: dict[str, Any]) -> None:
        files = values["page_files"]
        given = values["page_numbers"].replace(";", ",").replace(" ", ",").strip(",")
        numbers = [whole_number(part, 6) or 0 for part in given.split(",") if part] if given else []
        if given and len(numbers) != len(files):
            self.add_error("page_numbers", _("Give as many page numbers as files."))
            return
        for position, file in enumerate(files):
            page = numbers[position] if numbers else _page_in(file.name)
            if not page:
                message = _("The name %(name)s holds no page number; give the page numbers below.")
                self.add_error("page_files", forms.ValidationError(message, params={"name": file.name}))
            elif page in values["layers"]:
                message = _("Page %(page)s was given twice.")
                self.add_error("page_files", forms.ValidationError(message, params={"page": page}))
            else:
                values["layers"][page] = file

    def _read(self, file: UploadedFile[Any], layers: dict[int, UploadedFile[Any]]) -> None:
        size, limit = file.size or 0, settings.ZICHTLIJN_UPLOAD_LIMIT
        if size > limit:
            sizes = {"size": -(-size // MEBIBYTE), "limit": limit // MEBIBYTE}
            self.add_error("file", as_validation_error(refusal("too-large", name=file.name or "", **sizes)))
            return
        if size > READ_AT_ONCE:
            return
        pages = {page: layer.read() for page, layer in layers.items()}
        limits = Limits(max_bytes=limit)
        try:
            read(file.read(), file.name or "", layers=pages or None, limits=limits)
        except DocumentError as error:
            field = "page_files" if error.code.startswith("layer-") else "file"
            self.add_error(field, as_validation_error(error))
        for one in (file, *layers.values()):
            one.seek(0)


def _page_in(name: str) -> int:
    """The first number in a file name; 0 when there is none."""
    found = PAGE_IN_NAME.search(name)
    return (whole_number(found.group(), 6) or 0) if found else 0


class ReasonForm(forms.Form):
    """Why a person decides so."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ThresholdForm(forms.Form):
    """From which confidence on everything is accepted."""

    confidence = forms.IntegerField(
        label=_("Confidence of at least (%)"),
        min_value=0,
        max_value=100,
        initial=90,
        help_text=_("A whole number from 0 to 100."),
    )


class DetailsForm(forms.ModelForm[Document]):
    """What is known about a document beside its text."""

    class Meta:
        model = Document
        fields = ["title", "publisher", "year", "published_on", "licence", "origin"]
        widgets = {"published_on": DateInput}
