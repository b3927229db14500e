"""The import as a job beside the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.documents.model import DocumentError
from zichtlijn.platform.files.models import StoredFile
from zichtlijn.platform.files.storing import open_file
from zichtlijn.platform.files.unused import let_go
from zichtlijn.platform.tasks.registry import job

from .actions import import_document
from .actions.importing import Details
from .computing import Given, Layer
from .messages import as_validation_error, step_words
from .models import Document


@job("sources.import", title=_("Importing a document"))
def import_upload(
    progress: Any,
    *,
    file: int,
    filename: str,
    layers: list[list[Any]],
    given: dict[str, Any],
    details: dict[str, Any],
    edition_of: int | None = None,
    replaces: int | None = None,
) -> str:
    """Import an upload that waits in the store; ``layers`` is ``[[page, stored file, file name], …]``.

    An upload that cannot be read is taken out of the store again.
    """
    try:
        run = import_document(
            actor=progress.actor,
            data=_bytes_of(file),
            filename=filename,
            layers={page: Layer(_bytes_of(stored), name) for page, stored, name in layers},
            given=Given(**given),
            details=_details(details),
            edition_of=Document.objects.filter(pk=edition_of).first() if edition_of else None,
            replaces=Document.objects.filter(pk=replaces).first() if replaces else None,
            progress=lambda step, share: progress(step_words(step), share),
        )
    except DocumentError as error:
        let_go([file, *(stored for _page, stored, _name in layers)])
        raise as_validation_error(error) from error
    except PermissionDenied as error:
        raise ValidationError(_("You may not import documents."), code="not-allowed") from error
    let_go([stored for _page, stored, _name in layers])
    return run.get_absolute_url()


def _bytes_of(stored: int) -> bytes:
    kept = StoredFile.objects.filter(pk=stored).first()
    if kept is None:
        raise ValidationError(_("The upload is no longer here. Upload the file again."), code="upload-gone")
    with open_file(kept) as file:
        return file.read()


def _details(values: dict[str, Any]) -> Details:
    day = values.get("published_on")
    return Details(
        published_on=date.fromisoformat(day) if day else None,
        licence=values.get("licence", ""),
        origin=values.get("origin", ""),
    )
