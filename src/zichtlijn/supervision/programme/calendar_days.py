"""The first and last days of activities, for the calendar of whoever may see them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.notices.deadlines import Day, register_deadlines

from .models import Activity

FIRST_AND_LAST = {"starts_on": _("activity starts"), "ends_on": _("activity ends")}


def days_of_activities(user: Any, since: date, until: date) -> Iterator[Day]:
    """On which of these days something of the programme starts or ends; candidates and what was dropped do neither."""
    in_range = Q(starts_on__range=(since, until)) | Q(ends_on__range=(since, until))
    seen = Activity.objects.visible_to(user).in_programme().filter(in_range)
    for activity in seen.select_related("programme"):
        for field, name in FIRST_AND_LAST.items():
            day = getattr(activity, field)
            if day is not None and since <= day <= until:
                key = f"activity-{activity.pk}-{field}"
                yield Day(key, day, name, activity, _what(activity), activity.get_absolute_url())


def _what(activity: Activity) -> str:
    """The title once it was decided, for that is public; until then its number: a calendar lies outside the product."""
    number = f"{activity.programme.year} {activity.code}"
    return f"{number} {activity.title}" if activity.decided_in_id else number


register_deadlines("programme", days_of_activities)
