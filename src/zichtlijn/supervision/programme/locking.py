"""Optimistic locking: nobody overwrites what they have not seen."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

Record = TypeVar("Record", bound=models.Model)


class StaleEditError(ValidationError):
    """The edit is based on an older state than the stored one; ``stored`` is the record as it is now."""

    def __init__(self, stored: models.Model) -> None:
        super().__init__(
            _("Someone has changed this since you opened it. Nothing was saved; compare both and save again."),
            code="stale",
        )
        self.stored = stored


def lock(record: Record, revision: int | None = None) -> Record:
    """The record as stored, locked until the end of the transaction.

    Raises StaleEditError when ``revision`` is given and is not the stored one. ``revision`` None means that the
    caller edits what is stored, whatever it is (a command, an import).
    """
    manager: Any = type(record)._base_manager
    stored: Record = manager.select_for_update().get(pk=record.pk)
    if revision is not None and stored.revision != revision:  # type: ignore[attr-defined]
        raise StaleEditError(stored)
    return stored
