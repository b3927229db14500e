"""What a user can do with what a dataset is held against: bring it, take it away, put it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot
from zichtlijn.platform.files.models import StoredFile

from ..models import Agreement, AgreementKind, Dataset, DatasetState
from .dataset_steps import lock_dataset

CHANGE = "sources.change_dataset"
MOST = 20
"""So many figures stand on one page."""
TOLD = ["dataset", "kind", "title", "source", "filename", "digest", "is_demo"]


@action("sources.add_agreement", permission=CHANGE, on="dataset")
def add_agreement(
    *,
    actor: Any,
    dataset: Dataset,
    kind: AgreementKind,
    file: StoredFile,
    filename: str,
    contents: Any,
    title: str,
    source: str,
    submission: UUID | None = None,
    is_demo: bool = False,
) -> Agreement:
    """Hold a dataset against a file; ``contents`` is what was read in it. ``submission`` sent twice gives the first.

    A file that was taken away before is put back, under the title and source now given. Raises ValidationError for a
    file that stands already.
    """
    dataset = lock_dataset(dataset)
    if submission is not None and (made := Agreement.objects.filter(submission=submission).first()):
        return made
    if dataset.state == DatasetState.WITHDRAWN:
        raise ValidationError(_("This dataset was taken back. Put it back first."), code="withdrawn")
    agreement = Agreement.objects.filter(dataset=dataset, digest=file.sha256).first()
    if agreement is not None and not agreement.is_withdrawn:
        message = _("This file is with the dataset already, as “%(title)s”.")
        raise ValidationError(message, code="known", params={"title": agreement.title})
    fields = TOLD if agreement is None else [*TOLD, "is_withdrawn"]
    before = {} if agreement is None else snapshot(agreement, fields=fields)
    if agreement is None:
        _require_room(dataset)
        agreement = Agreement(dataset=dataset, file=file, digest=file.sha256, added_by=actor, is_demo=is_demo)
    agreement.kind, agreement.contents, agreement.is_withdrawn = kind, contents, False
    agreement.filename, agreement.submission = Path(filename).name[:255], submission
    agreement.title, agreement.source = title.strip()[:200], source.strip()
    agreement.full_clean(exclude=["dataset", "file", "added_by", "submission", "contents"])
    agreement.save()
    after = snapshot(agreement, fields=fields) | {"payload": contents}
    record(actor=actor, action="sources.add_agreement", about=agreement, before=before, after=after)
    return agreement


def _require_room(dataset: Dataset) -> None:
    if Agreement.objects.filter(dataset=dataset).standing().count() >= MOST:
        message = _("There are %(number)s of these with the dataset already. First remove one that is not used.")
        raise ValidationError(message, code="many", params={"number": MOST})


@action("sources.withdraw_agreement", permission=CHANGE, on="dataset")
def withdraw_agreement(*, actor: Any, dataset: Dataset, agreement: Agreement) -> Agreement:
    """No longer hold the dataset against this; it can be put back, and kept figures can still be made again."""
    return _stand(actor, dataset, agreement, "sources.withdraw_agreement", is_withdrawn=True)


@action("sources.restore_agreement", permission=CHANGE, on="dataset")
def restore_agreement(*, actor: Any, dataset: Dataset, agreement: Agreement) -> Agreement:
    """Put back what was taken away."""
    return _stand(actor, dataset, agreement, "sources.restore_agreement", is_withdrawn=False)


def _stand(actor: Any, dataset: Dataset, agreement: Agreement, name: str, *, is_withdrawn: bool) -> Agreement:
    # Of the dataset that the permission was asked about, and of no other.
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk, dataset=dataset)
    if agreement.is_withdrawn == is_withdrawn:
        return agreement
    before = snapshot(agreement, fields=["is_withdrawn"])
    agreement.is_withdrawn = is_withdrawn
    agreement.save(update_fields=["is_withdrawn"])
    after = snapshot(agreement, fields=["is_withdrawn"])
    record(actor=actor, action=name, about=agreement, before=before, after=after)
    return agreement
