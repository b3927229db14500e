"""Two frozen states held side by side: what was added, dropped, changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .freezing import CONTENT_FIELDS, PROGRAMME_FIELDS

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field with its value before and after, as in the frozen shape."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that stands in both, with the fields that differ."""

    before: Values
    after: Values
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two lists of frozen things, matched by ``id``."""

    added: tuple[Values, ...]
    dropped: tuple[Values, ...]
    changed: tuple[Changed, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.changed)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a programme side by side."""

    programme: tuple[FieldChange, ...]
    goals: Difference
    activities: Difference
    figures: Difference
    totals: tuple[FieldChange, ...]

    def __bool__(self) -> bool:
        return bool(self.programme or self.goals or self.activities or self.figures)


def compare_versions(before: Values, after: Values) -> Comparison:
    """Compare two frozen programmes. The state of the work is no part of what was decided and is left out."""
    return Comparison(
        programme=changed_fields(before["programme"], after["programme"], PROGRAMME_FIELDS),
        goals=_difference(before["goals"], after["goals"], ("number", "title", "description", "indicators")),
        activities=_difference(before["activities"], after["activities"], CONTENT_FIELDS),
        figures=_difference(before["figures"], after["figures"], ("subject", "value", "unit", "year", "note")),
        totals=changed_fields(before["totals"], after["totals"], ("activities", "fte", "budget")),
    )


def changed_fields(before: Values, after: Values, names: Iterable[str]) -> tuple[FieldChange, ...]:
    """The fields of ``names`` that differ. A related object that was only renamed is no change."""
    pairs = ((name, before.get(name), after.get(name)) for name in names)
    return tuple(FieldChange(name, old, new) for name, old, new in pairs if identity(old) != identity(new))


def identity(value: Any) -> Any:
    """The value with related objects brought back to their numbers."""
    if isinstance(value, dict) and set(value) == {"id", "name"}:
        return value["id"]
    if isinstance(value, list):
        return sorted((identity(item) for item in value), key=str)
    return value


def _difference(before: list[Values], after: list[Values], names: Iterable[str]) -> Difference:
    old, new = {item["id"]: item for item in before}, {item["id"]: item for item in after}
    pairs = [(old[key], new[key], changed_fields(old[key], new[key], names)) for key in new if key in old]
    return Difference(
        added=tuple(item for key, item in new.items() if key not in old),
        dropped=tuple(item for key, item in old.items() if key not in new),
        changed=tuple(Changed(one, other, fields) for one, other, fields in pairs if fields),
    )
