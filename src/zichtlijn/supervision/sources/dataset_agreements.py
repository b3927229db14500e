"""Taking in what a dataset is held against: the file is read whole before anything is kept."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.texts import gettext_noop
from zichtlijn.platform.files.storing import store
from zichtlijn.platform.files.unused import let_go

from .actions.agreements import CHANGE, add_agreement
from .models import Agreement, AgreementKind, Dataset

LARGEST = 1024 * 1024
"""Bytes of a file; a chain of hundreds of organisations takes a tenth of it."""
MEDIA_TYPE = "application/octet-stream"


@dataclass(frozen=True)
class ReadAgreement:
    """What stands in a file, as plain JSON, and what it is called."""

    contents: Any
    title: str


def take_in_agreement(
    *,
    actor: Any,
    dataset: Dataset,
    kind: AgreementKind,
    upload: Any,
    filename: str,
    source: str,
    submission: UUID | None = None,
    is_demo: bool = False,
) -> Agreement:
    """Read a file (opened for reading) and keep it with the dataset.

    Raises LogError with the line that is wrong, ValidationError, PermissionDenied and OSError; whatever is raised,
    nothing was kept.
    """
    if actor is not None and not actor.has_perm(CHANGE, dataset):
        raise PermissionDenied(CHANGE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given"
        with path.open("wb") as target:
            shutil.copyfileobj(upload, target)
        if path.stat().st_size > LARGEST:
            raise LogError("agreement-large", gettext_noop("The file is larger than 1 MB."))
        read = read_agreement(kind, path, filename)
        if dataset.has_figures and kind == AgreementKind.CHAIN_MODEL:
            _require_use(read.contents, dataset)
        with path.open("rb") as file:
            stored = store(file, MEDIA_TYPE)
    try:
        return add_agreement(
            actor=actor,
            dataset=dataset,
            kind=kind,
            file=stored,
            filename=filename,
            contents=read.contents,
            title=read.title,
            source=source,
            submission=submission,
            is_demo=is_demo or dataset.is_demo,
        )
    except BaseException:
        let_go([stored.pk])
        raise


def may_download(agreement: Agreement, dataset: Dataset, user: Any) -> bool:
    """Whether a user may have the file: one of stated figures can hold small numbers."""
    permission = "sources.view_dataset" if agreement.is_chain_model else "sources.view_cases"
    return bool(user.has_perm(permission, dataset))


def read_agreement(kind: AgreementKind, path: Path, filename: str) -> ReadAgreement:
    """What a file says. Raises LogError with the line that is wrong."""
    from zichtlijn.analysis.chains.chain_model import ChainModel
    from zichtlijn.analysis.chains.stated_files import as_json, read_statements

    if kind == AgreementKind.CHAIN_MODEL:
        model = ChainModel.read(path, filename)
        return ReadAgreement(model.as_json(), model.name)
    statements = read_statements(path, filename)
    return ReadAgreement(as_json(statements), _who_states([each.organisation for each in statements]))


def _who_states(organisations: Sequence[str]) -> str:
    different = list(dict.fromkeys(organisations))
    return ", ".join(different[:3]) + (" …" if len(different) > 3 else "")


def _require_use(contents: Any, dataset: Dataset) -> None:
    """Raises LogError for a model about organisations with a log that has none."""
    from zichtlijn.analysis.chains.chain_model import ChainModel
    from zichtlijn.analysis.chains.conformance import CodedModel

    CodedModel.of(ChainModel.from_json(contents), dataset.open_prepared())
