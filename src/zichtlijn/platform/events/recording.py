"""Writing events: the one way in is ``record``, inside the transaction of the action."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, models
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from .digests import canonical, event_digest
from .middleware import request_id
from .models import Event

LABEL_LENGTH = 300


def snapshot(record: models.Model, *, fields: list[str] | None = None) -> dict[str, Any]:
    """The stored fields of a record as plain JSON values, many-to-many relations as sorted keys."""
    values: dict[str, Any] = {}
    for column in record._meta.concrete_fields:
        if not column.primary_key and (fields is None or column.name in fields):
            values[column.name] = _plain(column.value_from_object(record))
    for relation in record._meta.many_to_many:
        if record.pk and (fields is None or relation.name in fields):
            values[relation.name] = sorted(relation.value_from_object(record), key=lambda item: item.pk)
            values[relation.name] = [item.pk for item in values[relation.name]]
    return values


def record(
    *,
    actor: Any,
    action: str,
    about: models.Model,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    legal_basis: str = "",
) -> Event:
    """Write one event. Only what differs between ``before`` and ``after`` is kept.

    ``actor`` None is the system itself. Raises TransactionManagementError outside a transaction: an event without its
    change, or a change without its event, must not exist.
    """
    _in_a_transaction()
    made = _event(actor, Happening(action, about, before or {}, after or {}, reason, legal_basis))
    made.save(force_insert=True)
    return made


@dataclass(frozen=True, slots=True)
class Happening:
    """What one event of many says. ``at`` is for the system only, which tells what happened before."""

    action: str
    about: models.Model
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    legal_basis: str = ""
    at: datetime | None = None


def record_many(*, actor: Any, happenings: Iterable[Happening]) -> int:
    """Write an event for each of many records, a few statements in all; how many there were. For batches.

    As ``record``. Raises ValueError when somebody other than the system gives a moment of their own.
    """
    _in_a_transaction()
    made = [_event(actor, each) for each in happenings]
    Event.objects.bulk_create(made, batch_size=500)
    return len(made)


def _in_a_transaction() -> None:
    if not connection.in_atomic_block:
        raise TransactionManagementError("an event is recorded in the transaction of its action")


def _event(actor: Any, happening: Happening) -> Event:
    if actor is not None and happening.at is not None:
        raise ValueError("only the system says when something happened")
    about = happening.about
    old, new = _difference(happening.before, happening.after)
    content: dict[str, Any] = {
        "uid": str(uuid.uuid4()),
        "at": happening.at or timezone.now(),
        "actor_id": actor.pk if actor is not None else None,
        "actor_name": str(actor)[:150] if actor is not None else "",
        "action": happening.action,
        "object_type": about._meta.label_lower,
        "object_id": str(about.pk),
        "object_label": str(about)[:LABEL_LENGTH],
        "before": canonical(old),
        "after": canonical(new),
        "reason": happening.reason,
        "legal_basis": happening.legal_basis,
        "request_id": request_id.get(),
    }
    return Event(**content, digest=event_digest(**content))


def _difference(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    before = {key: _plain(value) for key, value in before.items()}
    after = {key: _plain(value) for key, value in after.items()}
    changed = [key for key in {*before, *after} if before.get(key) != after.get(key)]
    return ({k: before[k] for k in changed if k in before}, {k: after[k] for k in changed if k in after})


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | models.QuerySet):
        return [_plain(item) for item in value]
    return str(value)
