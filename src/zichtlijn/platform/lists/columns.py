"""Columns of a list: where a value comes from, how it reads on the screen, and how it can be sorted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Value = str | int | float | Decimal | date | bool | None


@dataclass(frozen=True)
class Column:
    """One column.

    ``value`` is an attribute path (``"domain.name"``, default: ``name``) or a function of the row; it gives plain
    data, for the screen and the export alike. ``screen`` may give HTML for the screen only. ``sort`` names the model
    field or fields to sort by; without it the column cannot be sorted. ``link`` links to ``get_absolute_url()``.
    """

    name: str
    label: Any
    value: str | Callable[[Any], Any] = ""
    sort: str | tuple[str, ...] = ()
    screen: Callable[[Any], SafeString] | None = None
    link: bool = False
    numeric: bool = False
    on_screen: bool = True
    in_export: bool = True

    @property
    def sort_fields(self) -> tuple[str, ...]:
        """The model fields to sort by, in order; empty when the column cannot be sorted."""
        return (self.sort,) if isinstance(self.sort, str) else self.sort

    def plain(self, row: Any) -> Value:
        """The value of the row as text, number, date, truth value or None."""
        found = self.value(row) if callable(self.value) else _follow(row, self.value or self.name)
        return _plain(found)

    def on_page(self, row: Any) -> str:
        """The cell as it stands on the screen, safe for HTML."""
        shown = self.screen(row) if self.screen else format_html("{}", readable(self.plain(row)))
        if self.link and (address := getattr(row, "get_absolute_url", None)):
            return format_html('<a class="utrecht-link" href="{}">{}</a>', address(), shown)
        return shown


def readable(value: Value) -> str:
    """A plain value in the words of the reader's language; an empty value is an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.date_format(
            timezone.localtime(value) if timezone.is_aware(value) else value, "SHORT_DATETIME_FORMAT"
        )
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    return str(formats.localize(value))


def _follow(row: Any, path: str) -> Any:
    found = row
    *owners, last = path.split(".")
    for name in owners:
        found = getattr(found, name, None)
    display = getattr(found, f"get_{last}_display", None)
    found = display if display else getattr(found, last, None)
    return found() if callable(found) and not isinstance(found, models.Manager) else found


def _plain(value: Any) -> Value:
    if isinstance(value, models.Manager):
        value = value.all()
    if isinstance(value, models.QuerySet | list | tuple | set):
        return ", ".join(str(item) for item in value)
    if value is None or isinstance(value, str | int | float | Decimal | date):
        return value
    return str(value)
