"""Reading and preparing a dataset: asking for it, taking it up in a worker, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping as Values
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot
from zichtlijn.platform.events.transitions import StepRefused
from zichtlijn.platform.files.models import StoredFile
from zichtlijn.platform.tasks.models import Job

from ..dataset_times import moment
from ..models import Dataset, DatasetAddition, DatasetState
from .dataset_steps import ask_for_job, lock_dataset, take_step

if TYPE_CHECKING:
    from zichtlijn.analysis.eventlogs.prepared import Manifest

CHANGE = "sources.change_dataset"
SIZES = ["events", "cases", "first_at", "cut_off", "digest"]
# What a worker may find when it begins: the state in which the work was asked for, and those it takes up again.
AGAIN = {"read": {DatasetState.FAILED}, "prepare": {DatasetState.FAILED}, "add": {DatasetState.PREPARED}}


@dataclass(frozen=True)
class Pseudonymised:
    """A raw log in which the case numbers were replaced, and the load report on it: no number is left in either."""

    raw_folder: str
    report: Values[str, Any]


@dataclass(frozen=True)
class Added:
    """A later file, read: from which the log grows."""

    filename: str
    sha256: str
    raw_folder: str
    events: int
    file: StoredFile | None = None
    cut_off: str | None = None


@action("sources.prepare_dataset", permission=CHANGE, on="dataset")
def prepare_dataset(*, actor: Any, dataset: Dataset, pseudonymised: Pseudonymised | None = None) -> Dataset:
    """Accept the load report and have the log prepared, perhaps from the raw log with replaced case numbers.

    Raises StepRefused. ``choosing.accept_report`` replaces the numbers first, outside the transaction.
    """
    dataset = lock_dataset(dataset)
    values: dict[str, Any] = {"error": []}
    if pseudonymised is not None:
        values |= {"raw_folder": pseudonymised.raw_folder, "report": dict(pseudonymised.report)}
        values |= {"is_pseudonymised": True, "file": None, "proposed": {}}
    take_step(dataset, "prepare", actor=actor, action_name="sources.prepare_dataset", **values)
    return ask_for_job("sources.prepare_dataset", actor=actor, dataset=dataset)


@action("sources.add_file", permission=CHANGE, on="dataset")
def add_file(
    *,
    actor: Any,
    dataset: Dataset,
    filename: str,
    file: StoredFile | None = None,
    raw_folder: str = "",
    cut_off: date | None = None,
) -> Dataset:
    """Have a later file of the same registration added to the log: ``file``, or the ``raw_folder`` it was read into.

    ``cut_off``: the day up to and including which the registration is then complete. Raises StepRefused, and
    ValidationError for a file that is in the dataset already.
    """
    dataset = lock_dataset(dataset)
    if file is not None:
        require_new_file(dataset, file.sha256)
    take_step(dataset, "add", actor=actor, action_name="sources.add_file", error=[])
    payload = {"file": file.pk if file else None, "filename": Path(filename).name[:255], "raw_folder": raw_folder}
    payload["cut_off"] = cut_off.isoformat() if cut_off else None
    return ask_for_job("sources.add_file", actor=actor, dataset=dataset, **payload)


def require_new_file(dataset: Dataset, sha256: str) -> None:
    """Raises ValidationError when the dataset already holds this file: its events would count twice."""
    if dataset.sha256 == sha256 or dataset.additions.filter(sha256=sha256).exists():
        raise ValidationError(_("This file is in the dataset already."), code="file-in-dataset")


@action("sources.restart_dataset", permission=CHANGE, on="dataset")
def restart_dataset(*, actor: Any, dataset: Dataset) -> Dataset:
    """Have work done again of which the worker is gone. Raises StepRefused; ValidationError while it is under way."""
    dataset = lock_dataset(dataset)
    old = dataset.job
    if old is not None and old.is_unfinished:
        raise ValidationError(_("The work is under way."), code="under-way")
    kind = "sources.read_dataset" if dataset.state == DatasetState.READING else "sources.prepare_dataset"
    take_step(dataset, "restart", actor=actor, action_name="sources.restart_dataset", error=[])
    if old is None or not old.payload:
        return ask_for_job(kind, actor=actor, dataset=dataset)
    return ask_for_job(old.kind, actor=actor, **{**old.payload, "dataset": dataset})


@action("sources.take_up_dataset", permission=CHANGE, on="dataset")
def take_up_dataset(*, actor: Any, dataset: Dataset, step: str, job: Job | None) -> Dataset:
    """A worker begins: ``step`` is read, prepare or add. Raises StepRefused when it is not wanted any more."""
    dataset = lock_dataset(dataset)
    wanted = DatasetState.READING if step == "read" else DatasetState.PREPARING
    mine = job is None or dataset.job_id == job.pk
    if dataset.state == wanted and mine:
        return dataset
    if not mine or dataset.state not in AGAIN[step]:
        raise StepRefused(_("This work is no longer wanted: the dataset has changed since."), code="not-wanted")
    return take_step(dataset, step, actor=actor, action_name="sources.take_up_dataset", error=[])


@action("sources.finish_reading", permission=CHANGE, on="dataset")
def finish_reading(
    *, actor: Any, dataset: Dataset, raw_folder: str, events: int, proposed: Values[str, Any]
) -> Dataset:
    """The file was read into ``raw_folder``; ``proposed`` is what its columns seem to mean. Raises StepRefused."""
    dataset = lock_dataset(dataset)
    before = snapshot(dataset, fields=["state", "events"])
    values: dict[str, Any] = {"raw_folder": raw_folder, "events": events, "proposed": dict(proposed), "error": []}
    take_step(dataset, "finish_reading", actor=None, **values)
    after = snapshot(dataset, fields=["state", "events"])
    record(actor=actor, action="sources.finish_reading", about=dataset, before=before, after=after)
    return dataset


@action("sources.finish_preparing", permission=CHANGE, on="dataset")
def finish_preparing(*, actor: Any, dataset: Dataset, prepared_folder: str, manifest: Manifest) -> Dataset:
    """The log was prepared in ``prepared_folder``. Raises StepRefused."""
    dataset = lock_dataset(dataset)
    return _prepared(actor, dataset, "finish_preparing", prepared_folder, manifest)


@action("sources.finish_adding", permission=CHANGE, on="dataset")
def finish_adding(*, actor: Any, dataset: Dataset, prepared_folder: str, manifest: Manifest, added: Added) -> Dataset:
    """The log with the added file stands in ``prepared_folder``. Raises StepRefused and ValidationError."""
    dataset = lock_dataset(dataset)
    require_new_file(dataset, added.sha256)
    if added.cut_off:
        dataset.mapping["cut_off"] = added.cut_off
        dataset.save(update_fields=["mapping"])
    _prepared(actor, dataset, "finish_adding", prepared_folder, manifest, filename=added.filename)
    DatasetAddition.objects.create(
        dataset=dataset,
        file=added.file,
        filename=added.filename,
        sha256=added.sha256,
        raw_folder=added.raw_folder,
        events=added.events,
        digest=manifest.digest,
        added_by=actor,
    )
    return dataset


@action("sources.fail_dataset", permission=CHANGE, on="dataset")
def fail_dataset(*, actor: Any, dataset: Dataset, error: list[dict[str, Any]], job: Job | None) -> Dataset:
    """The work stopped, for a reason that people can read. A worker that nobody waits for any more changes nothing.

    When a file could not be added, the log that was prepared stands.
    """
    dataset = lock_dataset(dataset)
    overtaken = job is not None and not Job.objects.filter(pk=job.pk, attempt=job.attempt).exists()
    waiting = dataset.state in (DatasetState.READING, DatasetState.PREPARING)
    if not waiting or overtaken or (job is not None and dataset.job_id != job.pk):
        return dataset
    adding = job is not None and job.kind == "sources.add_file"
    step = "keep" if adding else "fail"
    return take_step(dataset, step, actor=actor, action_name="sources.fail_dataset", error=error)


def _prepared(
    actor: Any, dataset: Dataset, step: str, prepared_folder: str, manifest: Manifest, **told: Any
) -> Dataset:
    before = snapshot(dataset, fields=["state", *SIZES])
    take_step(
        dataset,
        step,
        actor=None,
        prepared_folder=prepared_folder,
        digest=manifest.digest,
        events=manifest.events,
        cases=manifest.cases,
        first_at=moment(manifest.first_us),
        cut_off=moment(manifest.cut_off_us),
        report=dict(manifest.report) or dataset.report,
        error=[],
    )
    after = snapshot(dataset, fields=["state", *SIZES]) | told
    record(actor=actor, action=f"sources.{step}", about=dataset, before=before, after=after)
    return dataset
