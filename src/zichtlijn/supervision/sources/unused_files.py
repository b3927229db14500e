"""Letting go of files in the store that nothing of the sources refers to any more."""

from __future__ import annotations

from collections.abc import Iterable

from zichtlijn.platform.files.models import StoredFile

from .models import Dataset, DatasetAddition, Document


def discard(stored: Iterable[int]) -> None:
    """Forget files that no document or dataset refers to; their bytes go with the next sweep of the store."""
    files = StoredFile.objects.filter(pk__in=list(stored))
    for model in (Document, Dataset, DatasetAddition):
        files = files.exclude(pk__in=model._base_manager.filter(file__isnull=False).values("file"))  # type: ignore[attr-defined]
    files.delete()
