"""What a user can do with saved filters."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot

from .models import SavedFilter
from .tables import TABLES


@action("lists.save_filter", permission="lists.save_filter")
def save_filter(*, actor: Any, list_name: str, name: str, path: str, query: str) -> SavedFilter:
    """Keep a selection of a list under a name. Raises ValidationError for an unknown list or a name in use."""
    if list_name not in TABLES:
        raise ValidationError(_("This list does not exist."), code="unknown-list")
    saved = SavedFilter(owner=actor, list_name=list_name, name=name.strip(), path=path, query=query)
    saved.full_clean()
    saved.save()
    record(actor=actor, action="lists.save_filter", about=saved, after=snapshot(saved))
    return saved


@action("lists.rename_filter", permission="lists.rename_filter", on="saved")
def rename_filter(*, actor: Any, saved: SavedFilter, name: str) -> SavedFilter:
    """Give a saved filter another name. Raises ValidationError when the name is in use."""
    before = snapshot(saved)
    saved.name = name.strip()
    saved.full_clean()
    saved.save(update_fields=["name"])
    record(actor=actor, action="lists.rename_filter", about=saved, before=before, after=snapshot(saved))
    return saved


@action("lists.delete_filter", permission="lists.delete_filter", on="saved")
def delete_filter(*, actor: Any, saved: SavedFilter) -> None:
    """Throw a saved filter away."""
    record(actor=actor, action="lists.delete_filter", about=saved, before=snapshot(saved))
    saved.delete()
