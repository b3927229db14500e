"""When something must have been notified or reported, as the row of its category says it.

These are agreed terms: they end where they end, and are not extended as terms of law are.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from zichtlijn.analysis.law.working_days import add_working_days

from .deadlines import end_of_day
from .models import DayCount, EqualDay, NotificationCategory

EVALUATION_WEEKS = 6
"""What a request for an own evaluation proposes; whoever asks chooses the day."""


def due(
    category: NotificationCategory, discovered_at: datetime, equal: frozenset[date] | None = None
) -> datetime | None:
    """The moment by which it must have been notified; None where the category has no term in numbers.

    ``equal``: ``equal_days`` when they are known already, for many at once.
    """
    return after(discovered_at, category.term_amount, category.term_unit, equal)


def closing_due(category: NotificationCategory, submitted_at: datetime) -> datetime | None:
    """The moment by which the closing report must be there; None where the category asks for none by a day."""
    return after(submitted_at, category.closing_amount, category.closing_unit)


def after(moment: datetime, amount: int | None, unit: str, equal: frozenset[date] | None = None) -> datetime | None:
    """The end of a term: hours to the minute, days until midnight of the last one, as the clock says here."""
    if amount is None or not unit:
        return None
    if unit == DayCount.HOURS:
        return moment.astimezone(UTC) + timedelta(hours=amount)  # hours that pass, also when the clock changes
    day = timezone.localtime(moment).date()
    if unit == DayCount.WORKING_DAYS:
        return end_of_day(add_working_days(day, amount, equal_days(day) if equal is None else equal))
    return end_of_day(day + timedelta(days=amount * (7 if unit == DayCount.WEEKS else 1)))


def equal_days(since: date) -> frozenset[date]:
    """The days after ``since`` that a royal decree puts on a par with public holidays."""
    return frozenset(EqualDay.objects.filter(day__gt=since).values_list("day", flat=True))


def last_day_of(moment: datetime | None) -> date | None:
    """The last day of a term that ends at ``moment``: midnight belongs to the day before it."""
    return None if moment is None else timezone.localtime(moment - timedelta(microseconds=1)).date()
