"""From a chosen meaning of the columns to a load report, and from an accepted report to preparing."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied

from zichtlijn.analysis.eventlogs.model import LogError, Mapping
from zichtlijn.platform.files.unused import let_go

from .actions.datasets import map_dataset
from .actions.preparing import Pseudonymised, add_file, prepare_dataset, require_new_file
from .dataset_computing import read_into, report_on
from .dataset_folders import new_folder_name, take_away
from .dataset_messages import as_validation_error
from .models import Dataset
from .pseudonymising import pseudonymise_into
from .transitions import DATASET

CHANGE = "sources.change_dataset"


def choose_mapping(*, actor: Any, dataset: Dataset, mapping: Mapping) -> Dataset:
    """Make the load report with this meaning of the columns and keep both.

    Raises LogError for a meaning that the log does not bear, StepRefused, ValidationError and PermissionDenied;
    whatever is raised, nothing was written.
    """
    _require(actor, dataset, "map")
    report = report_on(dataset.open_raw(), mapping)
    return map_dataset(actor=actor, dataset=dataset, mapping=mapping, report=report)


def accept_report(*, actor: Any, dataset: Dataset, key: str = "") -> Dataset:
    """Accept the load report and have the log prepared; with ``key`` the case numbers are replaced first.

    The key is used here and not kept. Afterwards only the chosen columns are there, with pseudonyms for the case
    numbers; the file and the raw log with the numbers are let go. Raises as ``choose_mapping``.
    """
    _require(actor, dataset, "prepare")
    if not key:
        return prepare_dataset(actor=actor, dataset=dataset)
    stored, old, name = dataset.file_id, dataset.raw_folder, new_folder_name("raw")
    try:
        mapping = dataset.chosen_mapping()
        raw = pseudonymise_into(dataset.open_raw(), mapping, dataset.folder / name, key)
        replaced = Pseudonymised(name, report_on(raw, mapping))
        dataset = prepare_dataset(actor=actor, dataset=dataset, pseudonymised=replaced)
    except BaseException:
        take_away(dataset, name)
        raise
    take_away(dataset, old)
    let_go([stored] if stored else [])
    return dataset


def add_pseudonymised(*, actor: Any, dataset: Dataset, upload: Any, key: str, filename: str, **values: Any) -> Dataset:
    """Read a later file and replace its case numbers here and now: neither the file nor the key is kept.

    Raises ValidationError, also for another key than before, StepRefused and PermissionDenied; then nothing was
    written.
    """
    _require(actor, dataset, "add")
    name = new_folder_name("raw")
    try:
        _require_same_key(dataset, key)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "upload"
            with path.open("wb") as target:
                shutil.copyfileobj(upload, target)
            raw = read_into(path, Path(folder) / "raw", filename=filename)
            require_new_file(dataset, raw.sha256)
            pseudonymise_into(raw, dataset.chosen_mapping(), dataset.folder / name, key)
        return add_file(actor=actor, dataset=dataset, filename=filename, raw_folder=name, **values)
    except BaseException as error:
        take_away(dataset, name)
        if isinstance(error, LogError):
            raise as_validation_error(error) from error
        raise


def _require_same_key(dataset: Dataset, key: str) -> None:
    """Raises LogError before the file is read: with another key none of its cases would meet those of the log."""
    from zichtlijn.analysis.eventlogs.prepare.refusals import refusal
    from zichtlijn.analysis.eventlogs.pseudonyms import key_check

    if dataset.open_prepared().manifest.sources[0].get("key_check") not in (None, key_check(key.encode())):
        raise refusal("key-other")


def _require(actor: Any, dataset: Dataset, step: str) -> None:
    if actor is not None and not actor.has_perm(CHANGE, dataset):
        raise PermissionDenied(CHANGE)
    DATASET.after(dataset.state, step)
