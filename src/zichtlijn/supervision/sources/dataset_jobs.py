"""Reading and preparing datasets as jobs beside the pages."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.platform.files.models import StoredFile
from zichtlijn.platform.files.storing import FileIsGoneError, open_file
from zichtlijn.platform.tasks.messages import sentences_of
from zichtlijn.platform.tasks.registry import job

from .actions import preparing
from .actions.preparing import Added
from .choosing import choose_mapping
from .dataset_computing import add_into, prepare_into, proposal_for, raws_of, read_into
from .dataset_folders import new_folder_name, sweep_dataset, take_away
from .dataset_messages import as_validation_error, out_of_store
from .figures_ahead import compute_figures_ahead
from .models import Dataset
from .own_events import MAPPING, events_visible_to, write_raw

logger = logging.getLogger(__name__)


@job("sources.read_dataset", title=_("Reading a dataset"))
def read_dataset(progress: Any, *, dataset: int) -> str:
    """Read the file of a dataset into a raw log, and propose what its columns mean."""
    found = _dataset(dataset)
    folder = new_folder_name("raw")
    with _told_when_it_stops(progress, found, folder):
        found = preparing.take_up_dataset(actor=progress.actor, dataset=found, step="read", job=progress.job)
        sweep_dataset(found, keep=(folder,))
        raw = read_into(_path_of(found.file), found.folder / folder, filename=found.filename, tell=_reading(progress))
        progress(_("Looking at what the columns mean"), 0.95)
        proposed = proposal_for(raw)
        preparing.finish_reading(
            actor=progress.actor, dataset=found, raw_folder=folder, events=raw.events, proposed=proposed
        )
    return reverse("sources:dataset-mapping", args=[found.pk])


@job("sources.read_own_record", title=_("Reading our own record of events"))
def read_own_record(progress: Any, *, dataset: int) -> str:
    """Write the events that the owner of the job may see as a raw log, of which the meaning is known."""
    found = _dataset(dataset)
    folder = new_folder_name("raw")
    with _told_when_it_stops(progress, found, folder):
        found = preparing.take_up_dataset(actor=progress.actor, dataset=found, step="read", job=progress.job)
        sweep_dataset(found, keep=(folder,))
        raw = write_raw(events_visible_to(progress.actor), found.folder / folder)
        proposed = {"mapping": MAPPING.as_json()}
        found = preparing.finish_reading(
            actor=progress.actor, dataset=found, raw_folder=folder, events=raw.events, proposed=proposed
        )
        progress(_("Making the load report"), 0.8)
        choose_mapping(actor=progress.actor, dataset=found, mapping=MAPPING)
    return reverse("sources:dataset-report", args=[found.pk])


@job("sources.prepare_dataset", title=_("Preparing a dataset"))
def prepare_dataset(progress: Any, *, dataset: int) -> str:
    """Prepare the log of a dataset from its raw logs, with the chosen meaning of the columns."""
    found = _dataset(dataset)
    folder = new_folder_name("prepared")
    with _told_when_it_stops(progress, found, folder):
        found = preparing.take_up_dataset(actor=progress.actor, dataset=found, step="prepare", job=progress.job)
        sweep_dataset(found, keep=(folder,))
        manifest = prepare_into(
            found.folder / folder,
            raws_of(found),
            found.chosen_mapping(),
            report=found.report,
            is_demo=found.is_demo,
            tell=_making(progress),
        )
        compute_figures_ahead(found.folder / folder, progress)
        preparing.finish_preparing(actor=progress.actor, dataset=found, prepared_folder=folder, manifest=manifest)
    return reverse("sources:dataset-dashboard", args=[found.pk])


@job("sources.add_file", title=_("Adding a file to a dataset"))
def add_file(
    progress: Any,
    *,
    dataset: int,
    filename: str,
    file: int | None = None,
    raw_folder: str = "",
    cut_off: str | None = None,
) -> str:
    """Add a later file of the same registration to the prepared log."""
    found = _dataset(dataset)
    raw_name, folder = raw_folder or new_folder_name("raw"), new_folder_name("prepared")
    with _told_when_it_stops(progress, found, folder, *([] if raw_folder else [raw_name])):
        stored = StoredFile.objects.filter(pk=file).first() if file else None
        if stored is not None:
            preparing.require_new_file(found, stored.sha256)
        found = preparing.take_up_dataset(actor=progress.actor, dataset=found, step="add", job=progress.job)
        sweep_dataset(found, keep=(folder, raw_name))
        raw = _raw_to_add(found, raw_name, stored, filename, progress, is_read=bool(raw_folder))
        manifest = _added_to(found, raw, folder, cut_off, progress)
        compute_figures_ahead(found.folder / folder, progress)
        added = Added(filename, raw.sha256, raw_name, raw.events, stored, cut_off)
        preparing.finish_adding(
            actor=progress.actor, dataset=found, prepared_folder=folder, manifest=manifest, added=added
        )
    return found.get_absolute_url()


def _added_to(dataset: Dataset, raw: Any, folder: str, cut_off: str | None, progress: Any) -> Any:
    """The log with the new events; prepared whole again when events were left out for an earlier cut-off."""
    target, tell = dataset.folder / folder, _making(progress)
    try:
        return add_into(target, dataset.open_prepared(), raw, cut_off=cut_off, tell=tell)
    except LogError as error:
        if error.code != "cut-off-later":
            raise
    mapping = replace(dataset.chosen_mapping(), cut_off=cut_off)
    return prepare_into(target, [*raws_of(dataset), raw], mapping, is_demo=dataset.is_demo, tell=tell)


def _raw_to_add(
    dataset: Dataset, name: str, stored: StoredFile | None, filename: str, progress: Any, *, is_read: bool
) -> Any:
    from zichtlijn.analysis.eventlogs.raw import RawLog

    folder = dataset.folder / name
    if is_read:
        return RawLog.open(folder)
    return read_into(_path_of(stored), folder, filename=filename, tell=_reading(progress))


@contextmanager
def _told_when_it_stops(progress: Any, dataset: Dataset, *folders: str) -> Iterator[None]:
    """What goes wrong is told to whoever waits, noted at the dataset, and leaves nothing half made."""
    try:
        yield
    except Exception as error:  # every reason to stop is noted at the dataset
        for folder in folders:
            take_away(dataset, folder)
        told = _as_told(error)
        sentences = sentences_of(told or _of_the_software())
        preparing.fail_dataset(actor=None, dataset=dataset, error=sentences, job=progress.job)
        if told is None:
            raise
        raise told from error


def _as_told(error: Exception) -> ValidationError | None:
    if isinstance(error, ValidationError):
        return error
    if isinstance(error, LogError):
        return as_validation_error(error)
    if isinstance(error, FileIsGoneError):
        return ValidationError(_("The file is no longer here. Upload it again."), code="upload-gone")
    if isinstance(error, PermissionDenied):
        return ValidationError(_("You may not change this dataset."), code="not-allowed")
    if isinstance(error, OSError):
        logger.exception("a dataset could not be kept")
        return out_of_store(error)
    return None


def _of_the_software() -> ValidationError:
    return ValidationError(_("The software made an error and the work stopped; the administrator finds it in the log."))


def _dataset(key: int) -> Dataset:
    found = Dataset.objects.select_related("file").filter(pk=key).first()
    if found is None:
        raise ValidationError(_("This dataset is no longer here."), code="dataset-gone")
    return found


def _path_of(stored: StoredFile | None) -> Path:
    if stored is None:
        raise FileIsGoneError
    with open_file(stored) as file:
        return Path(file.name)


def _reading(progress: Any) -> Any:
    return lambda share: progress(_("Reading the file"), 0.9 * share)


def _making(progress: Any) -> Any:
    return lambda share: progress(_("Preparing the log"), 0.05 + 0.9 * share)
