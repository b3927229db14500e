"""Counting a term of years, months or days from a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Unit(models.TextChoices):
    """In what a term is counted."""

    YEARS = "years", _("years")
    MONTHS = "months", _("months")
    DAYS = "days", _("calendar days")


def in_words(amount: int | None, unit: str) -> str:
    """A term as people say it: "1 year", "6 months"; "" when there is none."""
    if amount is None:
        return ""
    words = {
        Unit.YEARS: ngettext("%(count)s year", "%(count)s years", amount),
        Unit.MONTHS: ngettext("%(count)s month", "%(count)s months", amount),
        Unit.DAYS: ngettext("%(count)s day", "%(count)s days", amount),
    }
    return words[Unit(unit)] % {"count": amount}


def after(since: date, amount: int, unit: Unit) -> date:
    """The day after so many years, months or days; the last day of the month where that day does not exist."""
    if unit == Unit.DAYS:
        return since + timedelta(days=amount)
    months = since.month - 1 + (amount * 12 if unit == Unit.YEARS else amount)
    year, month = since.year + months // 12, months % 12 + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(since.day, monthrange(year, month)[1]))


def last_that_is_due(today: date, amount: int, unit: Unit) -> date:
    """The last day from which the term has passed ``today``; what ended on that day or before may go."""
    months = amount * 12 if unit == Unit.YEARS else amount
    if unit == Unit.DAYS:
        return today - timedelta(days=amount) if amount < (today - date.min).days else date.min
    back = today.year * 12 + today.month - 1 - months
    if back < 12:
        return date.min
    year, month = divmod(back, 12)
    last = monthrange(year, month + 1)[1]
    if today.day == monthrange(today.year, today.month)[1]:
        # At the end of a short month the terms of the days that it lacks end as well.
        return date(year, month + 1, last)
    return date(year, month + 1, min(today.day, last))
