"""What columns mean, kept under a name for the next file of the same kind."""

from __future__ import annotations

from typing import Any

from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot

from ..dataset_wording import columns_in_words
from ..models import SavedMapping


@action("sources.save_mapping", permission="sources.add_dataset")
def save_mapping(*, actor: Any, name: str, mapping: Mapping) -> SavedMapping:
    """Keep under a name what columns mean. Raises ValidationError when the name is in use."""
    saved = SavedMapping(name=name.strip(), mapping=mapping.as_json(), made_by=actor)
    saved.full_clean(exclude=["made_by"])
    saved.save()
    after = {"name": saved.name, "columns": columns_in_words(saved.mapping), "payload": saved.mapping}
    record(actor=actor, action="sources.save_mapping", about=saved, after=after)
    return saved


@action("sources.withdraw_mapping", permission="sources.add_dataset")
def withdraw_mapping(*, actor: Any, saved: SavedMapping) -> SavedMapping:
    """No longer offer a saved mapping."""
    return _offer(actor, saved, "sources.withdraw_mapping", is_withdrawn=True)


@action("sources.restore_mapping", permission="sources.add_dataset")
def restore_mapping(*, actor: Any, saved: SavedMapping) -> SavedMapping:
    """Offer a saved mapping again."""
    return _offer(actor, saved, "sources.restore_mapping", is_withdrawn=False)


def _offer(actor: Any, saved: SavedMapping, action_name: str, *, is_withdrawn: bool) -> SavedMapping:
    saved = SavedMapping.objects.select_for_update().get(pk=saved.pk)
    if saved.is_withdrawn != is_withdrawn:
        before, saved.is_withdrawn = snapshot(saved, fields=["is_withdrawn"]), is_withdrawn
        saved.save(update_fields=["is_withdrawn"])
        after = snapshot(saved, fields=["is_withdrawn"])
        record(actor=actor, action=action_name, about=saved, before=before, after=after)
    return saved
