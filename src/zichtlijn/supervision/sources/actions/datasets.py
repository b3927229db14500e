"""What a user can do with a dataset: bring it in, say what its columns mean, take it back."""

from __future__ import annotations

from collections.abc import Mapping as Values
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot
from zichtlijn.platform.files.models import StoredFile

from ..dataset_wording import columns_in_words
from ..models import Dataset
from .dataset_steps import ask_for_job, lock_dataset, take_step

DETAILS = ["title", "chain", "publisher", "origin", "licence", "received_on"]
TOLD = [*DETAILS, "state", "filename", "sha256", "is_demo"]
CHANGE = "sources.change_dataset"


@action("sources.add_dataset", permission="sources.add_dataset")
def add_dataset(
    *,
    actor: Any,
    values: Values[str, Any],
    file: StoredFile,
    filename: str,
    submission: UUID | None = None,
    is_demo: bool = False,
) -> Dataset:
    """Enter a dataset and have its file read; ``submission`` sent twice gives the first one. Raises ValidationError."""
    if submission is not None and (made := Dataset.objects.filter(submission=submission).first()):
        return made
    dataset = Dataset(file=file, sha256=file.sha256, filename=Path(filename).name[:255], added_by=actor)
    dataset.submission, dataset.is_demo = submission, is_demo
    _assign(dataset, values)
    dataset.save()
    record(actor=actor, action="sources.add_dataset", about=dataset, after=snapshot(dataset, fields=TOLD))
    return _begin_reading(actor, dataset)


@action("sources.edit_dataset", permission=CHANGE, on="dataset")
def edit_dataset(*, actor: Any, dataset: Dataset, values: Values[str, Any]) -> Dataset:
    """Change what is known about a dataset beside its contents. Raises ValidationError."""
    dataset = lock_dataset(dataset)
    before = snapshot(dataset, fields=DETAILS)
    _assign(dataset, values)
    dataset.save(update_fields=DETAILS)
    after = snapshot(dataset, fields=DETAILS)
    if after != before:
        record(actor=actor, action="sources.edit_dataset", about=dataset, before=before, after=after)
    return dataset


@action("sources.read_dataset", permission=CHANGE, on="dataset")
def read_dataset(*, actor: Any, dataset: Dataset) -> Dataset:
    """Have the file read. Raises StepRefused, and ValidationError when the file was not kept."""
    dataset = lock_dataset(dataset)
    if dataset.file_id is None and not dataset.is_own_record:
        raise ValidationError(_("The file of this dataset was not kept. Upload it again."), code="file-gone")
    return _begin_reading(actor, dataset)


def _begin_reading(actor: Any, dataset: Dataset) -> Dataset:
    take_step(dataset, "read", actor=actor, action_name="sources.read_dataset", error=[])
    kind = "sources.read_own_record" if dataset.is_own_record else "sources.read_dataset"
    return ask_for_job(kind, actor=actor, dataset=dataset)


@action("sources.map_dataset", permission=CHANGE, on="dataset")
def map_dataset(*, actor: Any, dataset: Dataset, mapping: Mapping, report: Values[str, Any]) -> Dataset:
    """Say what the columns mean; ``report`` is the load report made with it. Raises StepRefused and ValidationError.

    ``choosing.choose_mapping`` makes the report first, outside the transaction.
    """
    dataset = lock_dataset(dataset)
    if not dataset.raw_folder:
        raise ValidationError(_("The file itself was not kept. Upload it again as a new dataset."), code="raw-gone")
    before = _mapping_told(dataset)
    mapping_json = mapping.as_json()
    take_step(dataset, "map", actor=None, error=[], mapping=mapping_json, report=dict(report))
    record(actor=actor, action="sources.map_dataset", about=dataset, before=before, after=_mapping_told(dataset))
    return dataset


def _mapping_told(dataset: Dataset) -> dict[str, Any]:
    return {"state": dataset.state, "columns": columns_in_words(dataset.mapping), "payload": dataset.mapping}


@action("sources.withdraw_dataset", permission=CHANGE, on="dataset")
def withdraw_dataset(*, actor: Any, dataset: Dataset, reason: str) -> Dataset:
    """Take a dataset back, with a reason; nothing is deleted. Raises StepRefused and ValidationError."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")}, code="reason")
    dataset = lock_dataset(dataset)
    return take_step(
        dataset, "withdraw", actor=actor, action_name="sources.withdraw_dataset", reason=reason.strip(), error=[]
    )


@action("sources.restore_dataset", permission=CHANGE, on="dataset")
def restore_dataset(*, actor: Any, dataset: Dataset) -> Dataset:
    """Put a withdrawn dataset back as far as it had come. Raises StepRefused."""
    dataset = lock_dataset(dataset)
    step = "restore_prepared" if dataset.prepared_folder else "restore_read" if dataset.raw_folder else "restore_unread"
    return take_step(dataset, step, actor=actor, action_name="sources.restore_dataset")


def _assign(dataset: Dataset, values: Values[str, Any]) -> None:
    for name in DETAILS:
        if name in values:
            setattr(dataset, name, values[name])
    dataset.full_clean(exclude=["file", "added_by", "only_for", "job", "submission"])
