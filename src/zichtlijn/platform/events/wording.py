"""Events in words: what an action is called, and field values as a person knows them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.sender import SENDER_NAME
from zichtlijn.platform.design.timeline import Change, Entry

from .models import Event

Words = str | Promise
_actions: dict[str, Words] = {}
_values: dict[str, Words] = {}
_codes: dict[str, dict[str, Words]] = {}
_reasons: dict[str, Words] = {}
NOT_FOR_PEOPLE = {"password", "digest", "version", "revision", "citation", "slug", "page_map", "payload", "submission"}
NOT_FOR_PEOPLE |= {"proposed_by", "closed_by"}
"""What an event keeps for the machine: secrets, counters, numbers of rows, and values that repeat others."""
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SHOWN_LENGTH = 600


def name_actions(names: dict[str, Words]) -> None:
    """Say what actions are called in a history, as a past participle: ``{"programme.decide": _("decided")}``."""
    _actions.update(names)


def name_values(names: dict[str, Words]) -> None:
    """Say what values are called that are no field of the model: ``{"members_in_order": _("members in order")}``."""
    _values.update(names)


def name_codes(name: str, choices: Iterable[tuple[str, Words]]) -> None:
    """Say what the codes of a value that is no field are called: ``name_codes("match", CitationState.choices)``."""
    _codes[name] = dict(choices)


def name_reasons(names: Mapping[str, Words]) -> None:
    """Say what reasons are called that an event keeps as a code, because the words must not be kept for good."""
    _reasons.update(names)


def action_name(action: str) -> Words:
    """What an action is called; its own name when nobody said."""
    return _actions.get(action, action)


def named_actions() -> frozenset[str]:
    """The actions that have a name."""
    return frozenset(_actions)


def entries(events: Sequence[Event], *, with_object: bool = False, with_changes: bool = True) -> list[Entry]:
    """The events as lines of a history; the names in their changes are asked once per kind of record."""
    names = _related_names(events) if with_changes else {}
    return [
        Entry(
            when=event.at,
            what=_what(event, with_object),
            who=_who(event),
            reason=_reasons.get(event.reason, event.reason),
            changes=_changes(event, names) if with_changes else (),
        )
        for event in events
    ]


def _who(event: Event) -> Words:
    if event.actor_id is None and event.actor_name == SENDER_NAME:
        return _("the sender")
    return event.actor_name or _("the system")


def _what(event: Event, with_object: bool) -> Words:
    name = action_name(event.action)
    return f"{event.object_label}: {name}" if with_object else name


def _changes(event: Event, names: dict[tuple[str, Any], str]) -> list[Change]:
    model = _model(event.object_type)
    before, after = event.before_values, event.after_values
    keys = [key for key in {**before, **after} if _visible(model, key)]
    return [
        Change(
            _label(model, key), _value(model, key, before.get(key), names), _value(model, key, after.get(key), names)
        )
        for key in sorted(keys, key=lambda key: _position(model, key))
    ]


def _model(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label)
    except LookupError:
        return None


def _field(model: type[models.Model] | None, name: str) -> Any:
    fields = {field.name: field for field in model._meta.get_fields()} if model else {}
    return fields.get(name)


def _visible(model: type[models.Model] | None, name: str) -> bool:
    return name not in NOT_FOR_PEOPLE


def _position(model: type[models.Model] | None, name: str) -> int:
    names = [field.name for field in model._meta.get_fields()] if model else []
    return names.index(name) if name in names else len(names)


def _label(model: type[models.Model] | None, name: str) -> Words:
    made_of_the_name = name.replace("_", " ")
    given = getattr(_field(model, name), "verbose_name", made_of_the_name)
    return _values.get(name, given) if given == made_of_the_name else given


def _value(model: type[models.Model] | None, name: str, value: Any, names: dict[tuple[str, Any], str]) -> Words:
    field = _field(model, name)
    if value is None or value in ("", []):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    related = getattr(field, "related_model", None)
    if related is not None:
        items = value if isinstance(value, list) else [value]
        return ", ".join(names.get((related._meta.label_lower, item), f"#{item}") for item in items)
    choices = dict(getattr(field, "flatchoices", None) or []) or _codes.get(name, {})
    if choices:
        chosen: Words = choices.get(value, str(value))
        return chosen
    written = _moment(field, value) or _amount(field, value)
    if written:
        return written
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= SHOWN_LENGTH else text[:SHOWN_LENGTH] + " …"


def _moment(field: Any, value: Any) -> str:
    """A date or time as people write it; empty for anything else."""
    if isinstance(field, models.DateTimeField):
        return date_format(localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT")
    if isinstance(field, models.DateField) or (field is None and ISO_DAY.fullmatch(str(value))):
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    return ""


def _amount(field: Any, value: Any) -> str:
    """A number with decimals as people write it; empty for anything else."""
    if not isinstance(field, models.DecimalField):
        return ""
    whole = Decimal(str(value))
    shortest = whole.quantize(Decimal(1)) if whole == whole.to_integral() else whole.normalize()
    return number_format(shortest, force_grouping=True)


def _related_names(events: Iterable[Event]) -> dict[tuple[str, Any], str]:
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for event in events:
        model = _model(event.object_type)
        for values in (event.before_values, event.after_values):
            for key, value in values.items():
                related = getattr(_field(model, key), "related_model", None)
                if related is not None and not isinstance(value, dict):
                    wanted[related] |= set(value if isinstance(value, list) else [value]) - {None}
    names = {}
    for model, keys in wanted.items():
        for record in model._base_manager.filter(pk__in=keys):
            names[model._meta.label_lower, record.pk] = str(record)
    return names
