"""Which fields a proposal of each type has, and how they are kept as JSON."""

from __future__ import annotations

from typing import Any

from zichtlijn.analysis.documents.model import Proposal

FIELDS_OF_TYPE: dict[str, tuple[str, ...]] = {
    "goal": ("title", "description", "year"),
    "activity": (
        "title",
        "description",
        "kind",
        "status",
        "year",
        "goals",
        "domain",
        "organisations",
        "chains",
        "acts",
        "groups",
        "dates",
    ),
    "figure": ("title", "subject", "value", "unit", "year"),
    "organisation": ("title", "abbreviation", "identifier"),
    "chain": ("title", "abbreviation"),
    "act": ("title", "abbreviation", "identifier"),
    "footnote": ("title", "mark", "urls"),
}


def payload_of(found: Proposal) -> dict[str, Any]:
    """The fields that fit the type of what was found; tuples become lists."""
    values = {name: getattr(found, name) for name in FIELDS_OF_TYPE[found.type]}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
