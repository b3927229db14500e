"""How every action writes a record of the programme: assign, check, save, record the event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.recording import record, snapshot

from .locking import Record, lock

Values = Mapping[str, Any]
# Not everybody who may read the history of an activity may know of its weighing.
UNTOLD = frozenset({"revision", "submission", "is_demo", "content", "weighing"})


def told(item: models.Model) -> dict[str, Any]:
    """The stored fields for the event record, without what only serves the machinery."""
    return {name: value for name, value in snapshot(item).items() if name not in UNTOLD}


def create(item: Record, *, actor: Any, action: str, values: Values, reason: str = "") -> Record:
    """Store a new record with ``values`` and tell it. Raises ValidationError per field."""
    _assign(item, values)
    item.full_clean()
    item.save()
    _relate(item, values)
    record(actor=actor, action=action, about=item, after=told(item), reason=reason)
    return item


def edit(
    item: Record, *, actor: Any, action: str, values: Values, revision: int | None = None, reason: str = ""
) -> Record:
    """Change ``values`` of a stored record and tell it; nothing is written when nothing differs.

    Raises StaleEditError when ``revision`` is not the stored one, ValidationError per field.
    """
    stored = lock(item, revision)
    before = told(stored)
    _assign(stored, values)
    stored.full_clean()
    _relate(stored, values)
    after = told(stored)
    if before == after:
        return stored
    stored.revision += 1  # type: ignore[attr-defined]
    stored.save()
    record(actor=actor, action=action, about=stored, before=before, after=after, reason=reason)
    return stored


def remove(item: models.Model, *, actor: Any, action: str, reason: str = "") -> None:
    """Delete a record and tell what it was."""
    record(actor=actor, action=action, about=item, before=told(item), reason=reason)
    item.delete()


def require_reason(reason: str) -> str:
    """The reason without surrounding space. Raises ValidationError when there is none."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")}, code="reason")
    return reason.strip()


def _assign(item: models.Model, values: Values) -> None:
    relations = {relation.name for relation in item._meta.many_to_many}
    known = {field.name for field in item._meta.concrete_fields}
    for name, value in values.items():
        if name not in known | relations:
            raise TypeError(f"{type(item).__name__} has no field {name}")
        if name not in relations:
            setattr(item, name, value)


def _relate(item: models.Model, values: Values) -> None:
    for relation in item._meta.many_to_many:
        if relation.name in values:
            getattr(item, relation.name).set(values[relation.name])
