"""Signals: whatever changes a record that can be found also changes its entry."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from .indexing import forget_record, note_change
from .registry import followed_by, searchable_of


@receiver(post_save, dispatch_uid="search.saved")
def saved(sender: type[models.Model], instance: models.Model, **_kwargs: Any) -> None:
    """A record was made or changed."""
    if searchable_of(sender):
        note_change(instance)
    _note_owners(sender, instance)


@receiver(post_delete, dispatch_uid="search.deleted")
def deleted(sender: type[models.Model], instance: models.Model, **_kwargs: Any) -> None:
    """A record was deleted."""
    if searchable_of(sender):
        forget_record(instance)
    _note_owners(sender, instance)


@receiver(m2m_changed, dispatch_uid="search.related")
def related(
    sender: type[models.Model],
    *,
    instance: models.Model,
    action: str,
    reverse: bool,
    model: type[models.Model],
    pk_set: set[Any] | None,
    **_kwargs: Any,
) -> None:
    """A many-to-many relation was changed, from either side."""
    if not action.startswith("post_"):
        return
    if searchable_of(type(instance)):
        note_change(instance)
    if reverse and pk_set and searchable_of(model):
        for record in model._base_manager.filter(pk__in=pk_set):
            note_change(record)


def _note_owners(sender: type[models.Model], instance: models.Model) -> None:
    for owners in followed_by(sender):
        for owner in owners(instance):
            # An owner that is deleted together with its part is gone already.
            if owner is not None and type(owner)._base_manager.filter(pk=owner.pk).exists():
                note_change(owner)
