"""The page of a dataset: what is known, how far it is, and what can be done with it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.tables import Column
from zichtlijn.platform.tasks.interruption import mark_interrupted
from zichtlijn.platform.tasks.models import Job

from .added_files import added_files
from .dataset_agreements import may_download
from .dataset_queries import agreements_of, figures_for
from .dataset_wording import columns_in_words
from .models import Dataset, DatasetState
from .transitions import DATASET

TONES = {
    DatasetState.UPLOADED: "neutral",
    DatasetState.READING: "info",
    DatasetState.READ: "info",
    DatasetState.MAPPED: "info",
    DatasetState.PREPARING: "info",
    DatasetState.PREPARED: "positive",
    DatasetState.FAILED: "negative",
    DatasetState.WITHDRAWN: "warning",
}
MOST_FIGURES = 20
AGREEMENT_COLUMNS = [Column(_("Agreement")), Column(_("Kind")), Column(_("Source")), Column(_("Added"))]


@dataclass(frozen=True)
class Step:
    """A button of the page; ``posts`` when it changes something at once."""

    label: Any
    url: str
    icon: str = ""
    look: str = "secondary"
    posts: bool = False


def page_of(dataset: Dataset, user: Any) -> dict[str, Any]:
    """The context of the page."""
    may_change = user.has_perm("sources.change_dataset", dataset)
    job = _job_of(dataset, user)
    agreements = [(each, may_download(each, dataset, user)) for each in agreements_of(dataset, user)]
    may_download_any = any(may for _each, may in agreements)
    figures = list(figures_for(user).filter(dataset=dataset)[: MOST_FIGURES + 1])
    return {
        "dataset": dataset,
        "tone": TONES[DatasetState(dataset.state)],
        "job": job if job is not None and job.is_unfinished else None,
        "steps": steps_of(dataset, user) if may_change else _figures_step(dataset),
        "may_change": may_change,
        "columns": columns_in_words(dataset.mapping) if may_change else "",
        "figures": figures[:MOST_FIGURES],
        "more_figures": len(figures) > MOST_FIGURES,
        "agreements": agreements,
        "may_download_any": may_download_any,
        "agreement_columns": AGREEMENT_COLUMNS + ([Column(_("Actions"))] if may_download_any else []),
        "may_add_agreement": may_change and dataset.state != DatasetState.WITHDRAWN,
        "additions": added_files(dataset, user),
    }


def _job_of(dataset: Dataset, user: Any) -> Job | None:
    """The work that is under way; whether its worker still lives is looked at first."""
    if dataset.job_id is None or dataset.state not in (DatasetState.READING, DatasetState.PREPARING):
        return None
    mark_interrupted(Job.objects.filter(pk=dataset.job_id))
    dataset.job = Job.objects.get(pk=dataset.job_id)
    return dataset.job


def steps_of(dataset: Dataset, user: Any) -> list[Step]:
    """The buttons for who may change the dataset, the next step first."""
    allowed = DATASET.allowed(dataset.state)
    found = [*_next_steps(dataset, allowed)]
    found += _figures_step(dataset, "secondary" if found and found[0].look == "primary" else "primary")
    if "add" in allowed:
        found.append(Step(_("Add a file"), _url("dataset-add-file", dataset), "upload"))
    if dataset.raw_folder and "map" in allowed and dataset.state != DatasetState.READ:
        found.append(Step(_("Choose the columns again"), _url("dataset-mapping", dataset), "edit"))
    if dataset.report and dataset.state not in (DatasetState.MAPPED, DatasetState.WITHDRAWN):
        found.append(Step(_("Load report"), _url("dataset-report", dataset), "list"))
    found.append(Step(_("Edit details"), _url("dataset-edit", dataset), "edit"))
    if dataset.file_id and user.has_perm("sources.view_cases", dataset):
        found.append(Step(_("Download the file"), _url("dataset-file", dataset), "download"))
    if "withdraw" in allowed:
        found.append(Step(_("Take back"), _url("dataset-withdraw", dataset), "delete"))
    return found


def _next_steps(dataset: Dataset, allowed: tuple[str, ...]) -> list[Step]:
    """What brings the dataset further."""
    state, stopped = dataset.state, not (dataset.job and dataset.job.is_unfinished)
    if state == DatasetState.WITHDRAWN:
        return [Step(_("Put back"), _url("dataset-restore", dataset), "undo", "primary", posts=True)]
    if state == DatasetState.READ:
        return [Step(_("Choose what the columns mean"), _url("dataset-mapping", dataset), "edit", "primary")]
    if state == DatasetState.MAPPED:
        return [Step(_("To the load report"), _url("dataset-report", dataset), "list", "primary")]
    if "restart" in allowed and stopped:
        return [Step(_("Start again"), _url("dataset-restart", dataset), "undo", "primary", posts=True)]
    readable = bool(dataset.file_id) or dataset.is_own_record
    if "read" in allowed and readable and not dataset.raw_folder:
        return [Step(_("Read the file"), _url("dataset-read", dataset), "source", "primary", posts=True)]
    return []


def _figures_step(dataset: Dataset, look: str = "primary") -> list[Step]:
    if not dataset.has_figures:
        return []
    return [Step(_("To the figures"), _url("dataset-dashboard", dataset), "chain", look)]


def _url(name: str, dataset: Dataset) -> str:
    return reverse(f"sources:{name}", args=[dataset.pk])
