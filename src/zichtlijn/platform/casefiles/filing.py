"""All records of one case file: opened and closed together. Saving a record keeps its search entry in step."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .models import Access, FileAccess, NeedToKnow
from .registry import casefile_models


def records_of(file_key: uuid.UUID) -> list[NeedToKnow]:
    """Every record of a file, locked until the transaction ends."""
    found: list[NeedToKnow] = []
    for model in casefile_models():
        manager: Any = model._base_manager
        found += manager.select_for_update().filter(file_key=file_key).order_by("pk")
    return found


def set_access(records: list[NeedToKnow], *, access: str, team: Any = None) -> None:
    """Open these records to all staff, to one team, or to named people."""
    for record in records:
        record.access, record.team = access, team
        record.save(update_fields=["access", "team"])


def join_file(record: NeedToKnow, file: NeedToKnow) -> NeedToKnow:
    """Make a record part of the file of another: it takes over access, team and people.

    Raises ValidationError for a restricted record, unless the file is restricted too: joining would show it to others.
    """
    if record.is_restricted and not file.is_restricted:
        raise ValidationError(
            _("%(record)s is restricted to named people, and this file is not.") % {"record": record}, code="restricted"
        )
    record.access, record.team, record.file_key = file.access, file.team, file.file_key
    record.save(update_fields=["access", "team", "file_key"])
    return record


def leave_file(record: NeedToKnow) -> NeedToKnow:
    """Make a record a file of its own again, open to the same staff; who was named on a restricted one is copied."""
    left = record.file_key
    record.file_key = uuid.uuid4()
    record.save(update_fields=["access", "team", "file_key"])
    if record.access == Access.RESTRICTED:
        for held in FileAccess.objects.holding().filter(file_key=left):
            held.pk, held.file_key = None, record.file_key
            held._state.adding = True
            held.save()
    return record
