"""Files that a system sends along with an addition, as a form with the field ``bijlagen``."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.utils.translation import gettext as _

from zichtlijn.platform.files.guarding import SizeGuard, announces_more_than

from .. import intake
from ..forms.files import FilesField

FILES = "bijlagen"


def guard(request: Any) -> None:
    """Belongs before anything is read. Raises RequestDataTooBig for what is announced as far too large."""
    sent = request._request
    if announces_more_than(sent, intake.MOST_OF_REQUEST):
        raise RequestDataTooBig
    sent.upload_handlers.insert(0, SizeGuard(sent, most=intake.MOST_OF_REQUEST))


def taken_apart(request: Any) -> tuple[Any, list[intake.Prepared]]:
    """The words of a request, and its files: looked at, without metadata, and kept.

    Raises ValidationError for the field of the files.
    """
    data = request.data
    if not request.content_type.startswith("multipart/"):
        return data, []
    words = {name: data[name] for name in data if name != FILES}
    files = request.FILES.getlist(FILES)
    try:
        if len(files) != len(data.getlist(FILES)):
            raise ValidationError(_("Send files in this field."), code="no-file")
        return words, intake.prepare(FilesField(required=False).clean(files))
    except ValidationError as error:
        raise ValidationError({FILES: error.error_list}) from error
