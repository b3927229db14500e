"""A field for files from outside: how many, how large, and of which kind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zichtlijn.platform.files.sniffing import ACCEPT, sniff

from ..intake import MOST_FILES, MOST_OF_FILE, MOST_TOGETHER, named


class FilesInput(forms.ClearableFileInput):
    """Several files can be chosen at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """The chosen files as a list. What is in them is looked at here; ``intake.prepare`` takes them in."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        values: dict[str, Any] = {
            "label": gettext_lazy("Do you want to send something along?"),
            "required": False,
        } | kwargs
        super().__init__(**values)
        self.widget.attrs["accept"] = ACCEPT

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Raises ValidationError with the name of every file that cannot be taken, and why."""
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not given and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(given) > MOST_FILES:
            words = _("You chose %(chosen)s files. You can send %(most)s at once.")
            raise ValidationError(words, code="too-many", params={"chosen": len(given), "most": MOST_FILES})
        problems = [problem for one in given if (problem := _problem(one))]
        if not problems and sum(one.size for one in given) > MOST_TOGETHER:
            words = _("Together these files are larger than %(most)s.")
            problems = [ValidationError(words, code="too-large", params={"most": filesizeformat(MOST_TOGETHER)})]
        if problems:
            raise ValidationError(problems)
        return given


def _problem(upload: Any) -> ValidationError | None:
    if upload.size > MOST_OF_FILE:
        words = _("This file is larger than %(most)s.") % {"most": filesizeformat(MOST_OF_FILE)}
        return named(upload.name, words)
    try:
        upload.seek(0)
        sniff(upload.read())
    except ValidationError as error:
        return named(upload.name, " ".join(error.messages))
    return None
