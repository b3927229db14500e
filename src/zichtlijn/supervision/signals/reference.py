"""The dated tables as they are delivered: categories of notifications with their terms, and standard texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from .models import NotificationCategory, StandardText

DATA = Path(__file__).resolve().parent / "data"
STREAMS = {
    "youth": _("Youth care and youth protection"),
    "detention": _("Prisons"),
    "forensic": _("Forensic hospitals"),
    "migration": _("Migration and asylum"),
    "other": _("Other"),
}


def load_reference() -> int:
    """Put in the rows that are not there yet, and leave what an administrator changed alone; gives how many are new.

    A table that knows a code gets no rows of it any more: who takes a category over decides about all its periods.
    """
    with transaction.atomic():
        return _add(NotificationCategory, _categories()) + _add(StandardText, _texts())


def _add(model: Any, rows: list[dict[str, Any]]) -> int:
    known = set(model._base_manager.values_list("code", flat=True))
    return len(model._base_manager.bulk_create(model(**row) for row in rows if row["code"] not in known))


def _read(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))[name])


def _categories() -> list[dict[str, Any]]:
    return [_category(dict(row)) for row in _read("categories")]


def _category(row: dict[str, Any]) -> dict[str, Any]:
    name, term, closing = row.pop("name"), row.pop("term", {}), row.pop("closing", {})
    return row | {
        "name_nl": name["nl"],
        "name_en": name["en"],
        "term_amount": term.get("amount"),
        "term_unit": term.get("unit", ""),
        "closing_amount": closing.get("amount"),
        "closing_unit": closing.get("unit", ""),
    }


def _texts() -> list[dict[str, Any]]:
    return [
        {"code": row["code"], "language": language, "title": words["title"], "body": words["body"].strip()}
        for row in _read("texts")
        for language, words in row["languages"].items()
    ]


def category_on(code: str, day: date) -> NotificationCategory | None:
    """The row of a category that held on a day; None when it did not exist then."""
    return (
        NotificationCategory.objects.filter(code=code)
        .holding(day)
        .order_by(F("valid_from").desc(nulls_last=True))
        .first()
    )
