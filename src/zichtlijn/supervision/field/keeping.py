"""Keeping a record of a register: locked, checked, saved, and its event written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.recording import record, snapshot

Record = TypeVar("Record", bound=models.Model)
Relations = Mapping[str, Iterable[models.Model]]


def locked(kept: Record) -> Record:
    """The record as it stands in the database now; others who want to change it wait until the transaction ends."""
    return type(kept)._base_manager.select_for_update().get(pk=kept.pk)


def add(new: Record, *, actor: Any, action: str, relations: Relations | None = None, reason: str = "") -> Record:
    """Check and save a new record and record its event. Raises ValidationError."""
    _save(new, relations or {})
    record(actor=actor, action=action, about=new, after=snapshot(new), reason=reason)
    return new


def change(
    kept: Record,
    values: Mapping[str, Any],
    *,
    actor: Any,
    action: str,
    relations: Relations | None = None,
    reason: str = "",
) -> Record:
    """Give a record new values; when nothing differs, nothing is written. Raises ValidationError."""
    fresh = locked(kept)
    before = snapshot(fresh)
    for name, value in values.items():
        setattr(fresh, name, value)
    _save(fresh, relations or {})
    after = snapshot(fresh)
    if after != before:
        record(actor=actor, action=action, about=fresh, before=before, after=after, reason=reason)
    return fresh


def _save(kept: models.Model, relations: Relations) -> None:
    kept.full_clean()
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise ValidationError(
            _("Somebody else has just entered the same. Look at the list before you go on.")
        ) from error
    for name, chosen in relations.items():
        getattr(kept, name).set(chosen)
