"""Frozen values as people read them: names, amounts, days, choices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import formats

from zichtlijn.platform.design.timeline import Change

from .comparing import FieldChange
from .freezing import CONTENT_FIELDS, PROGRAMME_FIELDS
from .labels import field_label
from .models import ActivityKind, ActivityState, ActivityStatus

MONEY = frozenset({"budget", "available_budget", "needed_budget"})
AMOUNTS = frozenset({"fte", "available_fte", "needed_fte", "value", "hours"})
DAYS = frozenset({"starts_on", "ends_on"})
CHOICES: dict[str, Any] = {"kind": ActivityKind, "status": ActivityStatus, "state": ActivityState}


def in_words(name: str, value: Any) -> str:
    """One frozen value; "" when there is none. What cannot be read is shown as it stands."""
    if value in (None, "", []):
        return ""
    if name == "capacity":
        return ", ".join(f"{need['expertise']}: {amount(need['hours'])}" for need in value)
    if isinstance(value, dict):
        return str(value.get("name", ""))
    if isinstance(value, list):
        return "; ".join(in_words("", item) for item in value)
    return _scalar(name, value)


def _scalar(name: str, value: Any) -> str:
    if name in MONEY:
        return euros(value)
    if name in AMOUNTS:
        return amount(value)
    if name in DAYS:
        return formats.date_format(date.fromisoformat(value), "DATE_FORMAT")
    if name in CHOICES and value in CHOICES[name].values:
        return str(CHOICES[name](value).label)
    return str(value)


def euros(value: Any) -> str:
    """Money in euro, without cents when there are none."""
    number = Decimal(value)
    places = 0 if number == number.to_integral_value() else 2
    return f"€ {formats.number_format(number, decimal_pos=places, use_l10n=True, force_grouping=True)}"


def amount(value: Any, *, grouping: bool = True) -> str:
    """A number with at most two places, without empty ones; ``grouping`` puts a mark between thousands."""
    try:
        number = Decimal(value)
    except (InvalidOperation, TypeError):
        return str(value)
    exact = number.quantize(Decimal("0.01")).normalize()
    places = max(0, -int(exact.as_tuple().exponent))
    return str(formats.number_format(number, decimal_pos=places, use_l10n=True, force_grouping=grouping))


def changes_of(fields: Iterable[FieldChange]) -> list[Change]:
    """Fields with before and after, for the components of the design."""
    return [
        Change(field_label(item.name), in_words(item.name, item.before), in_words(item.name, item.after))
        for item in fields
    ]


def frozen_context(frozen: dict[str, Any]) -> dict[str, Any]:
    """What ``programme/frozen.html`` shows of a frozen programme. Raises KeyError or TypeError for another shape."""
    return {
        "frozen": frozen,
        "programme_rows": _rows(frozen["programme"], [name for name in PROGRAMME_FIELDS if name != "title"]),
        "totals": _rows(frozen["totals"], ("activities", "fte", "budget")),
        "activities": [
            (item, _rows(item, [name for name in CONTENT_FIELDS if name != "title"])) for item in frozen["activities"]
        ],
        "figure_rows": [(item["subject"], _figure(item)) for item in frozen["figures"]],
    }


def _rows(values: dict[str, Any], names: Iterable[str]) -> list[tuple[Any, str]]:
    rows = [(field_label(name), in_words(name, values[name])) for name in names]
    return [(label, words) for label, words in rows if words]


def _figure(item: dict[str, Any]) -> str:
    year = f" ({item['year']})" if item["year"] else ""
    return f"{amount(item['value'])} {item['unit']}{year}"
