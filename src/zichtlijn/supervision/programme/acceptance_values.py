"""What a proposal says of an activity, as the values that the action takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from zichtlijn.supervision.field.queries import chain_index, find_domain, find_group, organisation_index
from zichtlijn.supervision.field.recognition import plain
from zichtlijn.supervision.mandate.queries import act_index

from .models import ActivityStatus, Programme

Values = dict[str, Any]


def activity_values(programme: Programme, values: Values) -> Values:
    """Values for ``create_activity`` from the payload of a proposal."""
    named, unknown = related_records(programme, values)
    domain = find_domain(values["domain"]) if values.get("domain") else None
    if values.get("domain") and domain is None:
        unknown.append(values["domain"])
    given = {
        "title": values["title"][:300],
        "description": _with_unknown(values.get("description") or "", unknown),
        "kind": values["kind"],
        "domain": domain,
        "starts_on": first_day(programme.year, values.get("status"), values.get("dates") or ()),
        **named,
    }
    return {**given, "status": values["status"]} if values.get("status") else given


def related_records(programme: Programme, values: Values) -> tuple[dict[str, list[Any]], list[str]]:
    """The records that the proposal names per relation, and the names that the register does not know."""
    goals = {plain(goal.title): goal for goal in programme.perspective.goals.all()}
    finders: dict[str, Callable[[str], Any]] = {
        "goals": lambda name: goals.get(plain(name)),
        "organisations": organisation_index().find,
        "chains": chain_index().find,
        "acts": act_index().find,
        "groups": find_group,
    }
    named: dict[str, list[Any]] = {relation: [] for relation in finders}
    unknown: list[str] = []
    for relation, find in finders.items():
        for name in values.get(relation) or ():
            record = find(name)
            if record is None:
                unknown.append(name)
            elif record not in named[relation]:
                named[relation].append(record)
    return named, unknown


def _with_unknown(description: str, unknown: list[str]) -> str:
    if not unknown:
        return description
    note = _("Named in the source, not in the register: %(names)s.") % {"names": ", ".join(unknown)}
    return f"{description}\n\n{note}".strip()


def first_day(year: int, status: str | None, dates: Iterable[str]) -> date | None:
    """The one day (ISO 8601) that the source gives for work that starts in ``year``; None when it is not certain."""
    days = [date.fromisoformat(text) for text in dates if len(text) == len("2024-01-01")]
    return days[0] if status == ActivityStatus.STARTING and len(days) == 1 and days[0].year == year else None
