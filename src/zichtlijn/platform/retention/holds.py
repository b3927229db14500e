"""What is held, asked for many records at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .models import Hold


def held_among(label: str, keys: Iterable[int]) -> set[int]:
    """Which of these records have a running hold: one query."""
    found = Hold.objects.running().filter(model_label=label, object_id__in=list(keys))
    return set(found.values_list("object_id", flat=True))


def running_hold(record: Any) -> Hold | None:
    """The hold on a record; None when there is none."""
    about = {"model_label": record._meta.label_lower, "object_id": record.pk}
    found: Hold | None = Hold.objects.running().filter(**about).select_related("placed_by").first()
    return found
