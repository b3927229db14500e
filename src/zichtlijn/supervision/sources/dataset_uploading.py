"""Taking the file of a dataset in: what is wrong with it is told beside the field, and such a file is not kept."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.platform.files.models import StoredFile
from zichtlijn.platform.files.storing import path_of, store
from zichtlijn.platform.files.unused import let_go

from .dataset_computing import read_into
from .dataset_messages import as_validation_error
from .models import Dataset, DatasetState

MEBIBYTE = 1024 * 1024
# Up to this size a file is read while the form waits, so that what is wrong stands beside the field.
READ_AT_ONCE = 2 * MEBIBYTE
MEDIA_TYPE = "application/octet-stream"


def keep_upload(file: Any, *, filename: str) -> StoredFile:
    """Store an upload. Raises ValidationError for what is no event log, with nothing kept; OSError for a full disk."""
    stored = store(file, MEDIA_TYPE)
    try:
        _try(path_of(stored.sha256), filename, stored.size)
    except LogError as error:
        let_go([stored.pk])
        raise as_validation_error(error) from error
    return stored


def _try(path: Path, filename: str, size: int) -> None:
    from zichtlijn.analysis.eventlogs.readers.sniffing import kind_of

    kind_of(path, filename)
    if size <= READ_AT_ONCE:
        with tempfile.TemporaryDirectory() as folder:
            read_into(path, Path(folder) / "raw", filename=filename)


def require_unknown(stored: StoredFile, user: Any) -> None:
    """Raises ValidationError when a dataset that the user may see was made of this file already."""
    known = Dataset.objects.visible_to(user).filter(sha256=stored.sha256).exclude(state=DatasetState.WITHDRAWN).first()
    if known is not None:
        message = _("This file is here already, as the dataset “%(title)s”. Tick below to read it once more.")
        raise ValidationError(message, code="known", params={"title": known.title})
