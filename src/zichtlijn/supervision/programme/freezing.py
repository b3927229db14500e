"""The programme as plain values: what a decision freezes, and what an amendment compares.

Shape of a frozen programme (``FORMAT`` names it)::

    {"format": …, "programme": {id, title, year, inspectorate, description, available_fte, needed_fte,
     available_budget, needed_budget}, "perspective": {id, title, first_year, last_year, description},
     "spearheads": [{title, description}], "goals": [{id, number, title, description, indicators}],
     "activities": [freeze_activity …], "figures": [{subject, value, unit, year, note}],
     "totals": {activities, fte, budget}}

Money (euro), fte and hours are decimal text, dates ISO 8601; a related object is ``{"id": …, "name": …}`` with the name
that it had at that moment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models

from zichtlijn.platform.events.digests import canonical

from .models import Activity, Programme

FORMAT = "zichtlijn.programme/1"

PLAIN_FIELDS = ("title", "description", "kind", "status", "fte", "budget", "starts_on", "ends_on")
RELATIONS = ("goals", "organisations", "chains", "acts", "groups")
CONTENT_FIELDS = (*PLAIN_FIELDS, "domain", *RELATIONS, "capacity")
"""What an amendment can change in an activity, in the order of the page."""

PROGRAMME_FIELDS = (
    "title",
    "year",
    "inspectorate",
    "description",
    "available_fte",
    "needed_fte",
    "available_budget",
    "needed_budget",
)


def freeze_programme(programme: Programme) -> dict[str, Any]:
    """All that the programme says now, with the activities that are in it (chosen, under way or done)."""
    activities = [freeze_activity(item) for item in programme.activities.in_programme().with_relations()]
    perspective = programme.perspective
    return {
        "format": FORMAT,
        "programme": _fields(programme, PROGRAMME_FIELDS),
        "perspective": _fields(perspective, ("title", "first_year", "last_year", "description")),
        "spearheads": [_fields(item, ("title", "description")) for item in perspective.spearheads.all()],
        "goals": [_fields(goal, ("number", "title", "description", "indicators")) for goal in perspective.goals.all()],
        "activities": activities,
        "figures": [_fields(item, ("subject", "value", "unit", "year", "note")) for item in programme.figures.all()],
        "totals": totals_of(activities),
    }


def freeze_activity(activity: Activity) -> dict[str, Any]:
    """One activity as plain values: id, code, state and every field of ``CONTENT_FIELDS``."""
    values = _fields(activity, ("code", "state", "is_demo", *PLAIN_FIELDS))
    values["domain"] = named(activity.domain)
    for relation in RELATIONS:
        related = sorted(getattr(activity, relation).all(), key=lambda item: item.pk)
        values[relation] = [named(item) for item in related]
    values["capacity"] = [_fields(need, ("expertise", "hours"), with_id=False) for need in _needs(activity)]
    return values


def _needs(activity: Activity) -> list[Any]:
    return sorted(activity.capacity_needs.all(), key=lambda need: need.expertise)


def named(record: models.Model | None) -> dict[str, Any] | None:
    """A related object as its number and the name it has now."""
    return None if record is None else {"id": record.pk, "name": str(record)}


def totals_of(activities: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Number of activities with their fte and budget (euro) summed; an unknown amount counts as nothing."""
    items = list(activities)
    return {
        "activities": len(items),
        "fte": str(sum((Decimal(item["fte"] or 0) for item in items), Decimal("0.00"))),
        "budget": str(sum((Decimal(item["budget"] or 0) for item in items), Decimal("0.00"))),
    }


def frozen_text(values: dict[str, Any]) -> str:
    """The one text of these values: keys sorted, no space."""
    return canonical(values)


def digest_of(text: str) -> str:
    """Hex SHA-256 over the UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def _fields(record: Any, names: Iterable[str], *, with_id: bool = True) -> dict[str, Any]:
    values = {name: plain(record, name) for name in names}
    return {"id": record.pk, **values} if with_id else values


def plain(record: models.Model, name: str) -> Any:
    """One field as JSON value. Decimals get the places of their field ("1.50"), set or read from the database."""
    value = getattr(record, name)
    if isinstance(value, Decimal):
        places = getattr(record._meta.get_field(name), "decimal_places", 2)
        return str(value.quantize(Decimal(1).scaleb(-places)))
    return value.isoformat() if hasattr(value, "isoformat") else value
