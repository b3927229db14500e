"""What columns mean, in words."""

from __future__ import annotations

from collections.abc import Mapping as Values
from typing import Any

from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.eventlogs.model import Role

ROLE_NAMES: dict[Role, Any] = {
    "case": _("Case number"),
    "activity": _("What happened"),
    "time": _("When it happened"),
    "complete": _("When it was finished"),
    "organisation": _("Organisation"),
    "region": _("Region"),
    "group": _("Group"),
    "citizen_group": _("Citizen group"),
    "outcome": _("Outcome"),
    "term_date": _("Date of the term"),
    "lifecycle": _("Phase of the event"),
}
ROLE_HINTS: dict[Role, Any] = {
    "case": _("What ties the events of one case together."),
    "activity": _("The step that was taken, such as “application received”."),
    "time": _("The day and, where it is known, the time of the event."),
    "complete": _("Only when a step has a beginning and an end in two columns."),
    "organisation": _("Who had the case at this event. Without it there are no hand-overs and no waiting lists."),
    "region": _("Where the case is; equality of treatment is compared between regions."),
    "group": _("A kind of case or of people by which equality of treatment is compared."),
    "citizen_group": _("The group of citizens that the case is about."),
    "outcome": _("How the case ended."),
    "term_date": _("The day on which the case had to be finished."),
    "lifecycle": _("Whether the event is the start or the completion of a step."),
}


def columns_in_words(mapping: Values[str, Any]) -> str:
    """Which column plays which role, on one line; empty while nobody has chosen."""
    roles = mapping.get("roles", {})
    parts = [f"{ROLE_NAMES[role]}: {roles[role]['name']}" for role in ROLE_NAMES if role in roles]
    return "; ".join(parts)
