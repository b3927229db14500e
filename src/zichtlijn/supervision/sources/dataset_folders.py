"""The folders of a dataset: each is made whole by one worker, and swept when nothing refers to it."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import uuid4

from .models import Dataset, DatasetAddition


def new_folder_name(kind: str) -> str:
    """A name that no other worker uses: ``raw-…`` or ``prepared-…``."""
    return f"{kind}-{uuid4().hex}"


def sweep_dataset(dataset: Dataset, *, keep: tuple[str, ...] = ()) -> list[Path]:
    """Take away what a killed worker, or an earlier preparation, left in the folder; returns what went.

    Called when the next work begins: until then a page that was just opened can still read the log before.
    """
    stored = Dataset.objects.get(pk=dataset.pk)
    raws = DatasetAddition.objects.filter(dataset=dataset).values_list("raw_folder", flat=True)
    known = {stored.raw_folder, stored.prepared_folder, *raws, *keep}
    gone = [path for path in stored.folder.glob("*") if path.name not in known] if stored.folder.exists() else []
    for path in gone:
        shutil.rmtree(path, ignore_errors=True)
    return gone


def take_away(dataset: Dataset, name: str) -> None:
    """Take away one folder of a dataset, whole or half made."""
    if name:
        shutil.rmtree(dataset.folder / name, ignore_errors=True)
