"""Letting go of files in the store that nothing of the sources refers to any more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zichtlijn.platform.files.models import StoredFile

from .models import Agreement, Dataset, DatasetAddition, Document


def discard(stored: Iterable[int]) -> None:
    """Forget files that no document or dataset refers to; their bytes go with the next sweep of the store."""
    files: Any = StoredFile.objects.filter(pk__in=list(stored))
    used_in: tuple[Any, ...] = (Document, Dataset, DatasetAddition, Agreement)
    for model in used_in:
        files = files.exclude(pk__in=model._base_manager.filter(file__isnull=False).values("file"))
    files.delete()
