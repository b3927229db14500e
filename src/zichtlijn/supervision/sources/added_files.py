"""The files that were added to a dataset later, and what the log made of them knows about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zichtlijn.analysis.eventlogs.model import LogError

from .models import Dataset, DatasetAddition


@dataclass(frozen=True)
class AddedFile:
    """A later file. ``again``: so many of its events were in the log already, and count twice; None: not known."""

    addition: DatasetAddition
    again: int | None


def added_files(dataset: Dataset, user: Any) -> list[AddedFile]:
    """Those that the user may see, the first one first."""
    additions = list(dataset.additions.visible_to(user).select_related("added_by"))
    again = _again_by_file(dataset) if additions else {}
    return [AddedFile(addition, again.get(addition.sha256)) for addition in additions]


def _again_by_file(dataset: Dataset) -> dict[str, int]:
    """By the digest of the file; empty when the log cannot be opened, which its figures tell."""
    try:
        sources = dataset.open_prepared().manifest.sources
    except LogError:
        return {}
    return {source["sha256"]: source["again"] for source in sources if "again" in source}
