"""Keeping the dated tables: a change is a new row from a day on, so that what held before stays readable."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot

from ..models import EqualDay, NotificationCategory, StandardText

CHANGE = "signals.change_reference"
Kept = TypeVar("Kept", bound=models.Model)
Row = TypeVar("Row", NotificationCategory, StandardText)
Values = Mapping[str, Any]


@action("signals.add_category", permission=CHANGE)
def add_category(*, actor: Any, values: Values) -> NotificationCategory:
    """A new kind of notification. Raises ValidationError for a code that is in use."""
    if NotificationCategory.objects.filter(code=values["code"]).exists():
        raise ValidationError({"code": _("There is a category with this code already: change that one.")}, code="used")
    return _add(NotificationCategory(**values), actor=actor, name="signals.add_category")


@action("signals.change_category", permission=CHANGE)
def change_category(*, actor: Any, category: NotificationCategory, values: Values) -> NotificationCategory:
    """What holds from ``values["valid_from"]`` on; what held before ends on the day before it.

    The same first day corrects the row itself. Raises ValidationError for an earlier one. Terms that were worked out
    for notifications stay as they were.
    """
    return _change(category, _same_code(category), values, actor=actor, name="signals.change_category")


@action("signals.add_text", permission=CHANGE)
def add_text(*, actor: Any, values: Values) -> StandardText:
    """A new standard text. Raises ValidationError for a code that is in use in that language."""
    if StandardText.objects.filter(code=values["code"], language=values["language"]).exists():
        raise ValidationError({"code": _("There is a text with this code already: change that one.")}, code="used")
    return _add(StandardText(**values), actor=actor, name="signals.add_text")


@action("signals.change_text", permission=CHANGE)
def change_text(*, actor: Any, text: StandardText, values: Values) -> StandardText:
    """What it says from ``values["valid_from"]`` on; the same first day corrects the row itself."""
    others = _same_code(text).filter(language=text.language)
    return _change(text, others, values, actor=actor, name="signals.change_text")


@action("signals.add_equal_day", permission=CHANGE)
def add_equal_day(*, actor: Any, day: date, source: str) -> EqualDay:
    """A day that counts as a public holiday. Terms that were worked out before stay as they were."""
    return _add(EqualDay(day=day, source=source), actor=actor, name="signals.add_equal_day")


@action("signals.remove_equal_day", permission=CHANGE)
def remove_equal_day(*, actor: Any, equal_day: EqualDay) -> None:
    """A day that was entered by mistake."""
    record(actor=actor, action="signals.remove_equal_day", about=equal_day, before=snapshot(equal_day))
    equal_day.delete()


def _same_code(row: Any) -> Any:
    return type(row).objects.filter(code=row.code)


def _add(row: Kept, *, actor: Any, name: str) -> Kept:
    row.full_clean()
    row.save()
    record(actor=actor, action=name, about=row, after=snapshot(row))
    return row


def _change(shown: Row, rows: Any, values: Values, *, actor: Any, name: str) -> Row:
    kept: Row = rows.select_for_update().get(pk=shown.pk)
    if kept.valid_until is not None and rows.filter(valid_from__gt=kept.valid_until).exists():
        raise ValidationError(_("Something later holds by now: change that."), code="not-the-last")
    first_day = values.get("valid_from")
    before = snapshot(kept)
    if first_day == kept.valid_from:
        return _corrected(kept, values, before, actor=actor, name=name)
    if first_day is None or first_day <= (kept.valid_from or date.min):
        message = _("Choose a day after the one on which the present row began, or that same day to correct it.")
        raise ValidationError({"valid_from": message}, code="too-early")
    kept.valid_until = first_day - timedelta(days=1)
    kept.save()
    record(actor=actor, action=name, about=kept, before=before, after=snapshot(kept))
    same = {"code": kept.code} | ({"language": kept.language} if isinstance(kept, StandardText) else {})
    return _add(type(kept)(**{**values, **same}), actor=actor, name=name)


def _corrected(kept: Row, values: Values, before: dict[str, Any], *, actor: Any, name: str) -> Row:
    for field, value in values.items():
        if field not in ("code", "language"):
            setattr(kept, field, value)
    kept.full_clean()
    kept.save()
    if (after := snapshot(kept)) != before:
        record(actor=actor, action=name, about=kept, before=before, after=after)
    return kept
