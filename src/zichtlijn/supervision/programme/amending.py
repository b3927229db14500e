"""What an amendment would do: proposed values of an activity, and the effect on capacity and budget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .comparing import FieldChange, changed_fields, identity
from .freezing import CONTENT_FIELDS, PLAIN_FIELDS, RELATIONS, freeze_activity, named, plain, totals_of
from .models import Activity, Amendment, AmendmentChange, AmendmentState, ChangeKind, Programme

Frozen = dict[str, Any]
AMOUNTS = ("fte", "budget")
DATES = ("starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class Effect:
    """Totals before and after an amendment, against what is available. fte and euro; None when unknown."""

    before: Frozen
    after: Frozen
    available_fte: Decimal | None
    available_budget: Decimal | None

    def left(self, amount: str) -> Decimal | None:
        """What remains of ``fte`` or ``budget`` after the amendment; negative when it asks more than there is."""
        available: Decimal | None = getattr(self, f"available_{amount}")
        return None if available is None else available - Decimal(self.after[amount])

    def added(self, amount: str) -> Decimal:
        """What the amendment asks more (or, negative, less) of ``fte``, ``budget`` or ``activities``."""
        return Decimal(self.after[amount]) - Decimal(self.before[amount])


def proposed_values(
    programme: Programme,
    activity: Activity | None,
    values: Mapping[str, Any],
    hours: Mapping[str, Decimal] | None = None,
) -> Frozen:
    """The frozen shape of the activity as it would become; nothing is stored. Raises ValidationError per field."""
    proposed = Activity(programme=programme, code="-") if activity is None else Activity.objects.get(pk=activity.pk)
    new: Frozen = {"id": None, "code": "", "is_demo": False, "state": "chosen"}
    frozen: Frozen = freeze_activity(activity) if activity else new
    for name in PLAIN_FIELDS:
        if name in values:
            setattr(proposed, name, values[name])
    proposed.domain = values.get("domain", proposed.domain)
    proposed.full_clean(exclude=["code"], validate_unique=False, validate_constraints=False)
    frozen |= {name: plain(proposed, name) for name in PLAIN_FIELDS} | {"domain": named(proposed.domain)}
    for relation in RELATIONS:
        if relation in values:
            frozen[relation] = [named(item) for item in sorted(values[relation], key=lambda item: item.pk)]
    if hours is not None:
        frozen["capacity"] = [{"expertise": name, "hours": _hours(value)} for name, value in sorted(hours.items())]
    return {**{key: [] for key in (*RELATIONS, "capacity")}, **frozen}


def _hours(value: Decimal) -> str:
    return str(Decimal(value).quantize(Decimal("0.01")))


def thaw(frozen: Frozen, names: Iterable[str]) -> dict[str, Any]:
    """The values of ``names`` as the model takes them. Raises ValidationError when a related object is gone."""
    return {name: _thaw_field(name, frozen[name]) for name in names if name != "capacity"}


def thaw_capacity(frozen: Frozen) -> dict[str, Decimal]:
    """Hours per expertise."""
    return {need["expertise"]: Decimal(need["hours"]) for need in frozen["capacity"]}


def _thaw_field(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in AMOUNTS:
        return Decimal(value)
    if name in DATES:
        return date.fromisoformat(value)
    if name == "domain":
        return _related(name, [value])[0]
    return _related(name, value) if name in RELATIONS else value


def _related(name: str, items: list[Frozen]) -> list[Any]:
    model: Any = Activity._meta.get_field(name).related_model
    found = model._base_manager.in_bulk([item["id"] for item in items])
    for item in items:
        if item["id"] not in found:
            message = _("“%(name)s” does not exist any more. Change the amendment.")
            raise ValidationError(message, code="gone", params={"name": item["name"]})
    return [found[item["id"]] for item in items]


def fields_of(change: AmendmentChange) -> tuple[FieldChange, ...]:
    """The fields that differ, before and after; all that are filled for an activity that is added."""
    if change.kind in (ChangeKind.DROP, ChangeKind.REINSTATE):
        return ()
    return changed_fields(change.before, change.after, CONTENT_FIELDS)


def require_unchanged(change: AmendmentChange) -> None:
    """Raise ValidationError when the activity differs by now from what the amendment says that it was."""
    if change.activity is None:
        return
    now = freeze_activity(change.activity)
    moved = [field.name for field in fields_of(change) if identity(now[field.name]) != identity(field.before)]
    if moved:
        message = _("“%(title)s” has changed since this amendment was prepared. Withdraw it and prepare a new one.")
        raise ValidationError(message, code="moved", params={"title": change.title})


def effect_of(amendment: Amendment, changes: Iterable[AmendmentChange] | None = None) -> Effect:
    """Totals before and after: over the version it changed, or for an open amendment the version that holds now.

    ``changes`` replaces the stored ones, to show what a form would do before it is sent.
    """
    programme = amendment.programme
    activities = _base_of(amendment)["activities"]
    stored = amendment.changes.all() if changes is None else changes
    return Effect(
        before=totals_of(activities),
        after=totals_of(with_changes(activities, stored)),
        available_fte=programme.available_fte,
        available_budget=programme.available_budget,
    )


def with_changes(activities: list[Frozen], changes: Iterable[AmendmentChange]) -> list[Frozen]:
    """The frozen activities as they would be after the changes."""
    result: dict[Any, Frozen] = {item["id"]: item for item in activities}
    for index, change in enumerate(changes):
        key = change.activity_id or ("added", index)
        if change.kind == ChangeKind.DROP:
            result.pop(key, None)
        else:
            # A later change of the same activity by another amendment keeps its other fields.
            fields = {field.name: field.after for field in fields_of(change)}
            result[key] = {**result.get(key, change.after), **fields}
    return list(result.values())


def _base_of(amendment: Amendment) -> Frozen:
    if amendment.state == AmendmentState.DECIDED and amendment.version is not None:
        number = amendment.version.number - 1
        return amendment.programme.versions.get(number=number).frozen
    if amendment.is_open:
        return amendment.programme.versions.latest("number").frozen
    return amendment.based_on.frozen
