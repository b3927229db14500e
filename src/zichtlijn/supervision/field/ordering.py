"""Places in a list: 1, 2, 3 … without holes."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from .models import ChainMember, HandOver

Placed = TypeVar("Placed", ChainMember, HandOver)


def put(item: Placed, place: int | None, siblings: models.QuerySet[Placed]) -> None:
    """Save ``item`` at ``place`` (None or too high: last; below 1: first); the others move up to make room."""
    others = [sibling for sibling in siblings.order_by("order", "id") if sibling.pk != item.pk]
    index = len(others) if place is None else min(max(place - 1, 0), len(others))
    others.insert(index, item)
    item.order = index + 1
    item.full_clean()
    item.save()
    close_ranks(others)


def close_ranks(items: list[Placed]) -> None:
    """Number the items 1, 2, 3 … in the order in which they are given."""
    for place, item in enumerate(items, start=1):
        if item.order != place:
            item.order = place
            item.save(update_fields=["order"])
