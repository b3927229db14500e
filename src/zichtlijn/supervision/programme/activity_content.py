"""What drafts and amendments have in common when they write an activity: code, goals, capacity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .freezing import plain
from .models import Activity, CapacityNeed, Programme


def take_code(programme: Programme) -> str:
    """The next free code in the programme: the year and a number of three digits. The programme must be locked."""
    codes = programme.activities.values_list("code", flat=True)
    numbers = [int(code.rpartition("-")[2]) for code in codes if code.rpartition("-")[2].isdecimal()]
    return f"{programme.year}-{max(numbers, default=0) + 1:03d}"


def require_goals_of_perspective(programme: Programme, values: Mapping[str, Any]) -> None:
    """Raise ValidationError when ``values`` names a goal of another perspective than that of the programme."""
    goals: Iterable[Any] = values.get("goals") or ()
    if any(goal.perspective_id != programme.perspective_id for goal in goals):
        message = _("Choose goals of the perspective that this work programme belongs to.")
        raise ValidationError({"goals": message}, code="other-perspective")


def stored_capacity(activity: Activity) -> list[dict[str, Any]]:
    """Expertise and hours (decimal text), in the order of the alphabet."""
    needs = CapacityNeed.objects.filter(activity=activity).order_by("expertise")
    return [{"expertise": need.expertise, "hours": plain(need, "hours")} for need in needs]


def told_capacity(activity: Activity) -> str:
    """The same in one line, for the event record."""
    return "; ".join(f"{need['expertise']}: {need['hours']}" for need in stored_capacity(activity))


def store_capacity(activity: Activity, hours: Mapping[str, Decimal]) -> None:
    """Replace the needs of the activity. Raises ValidationError when hours are negative or the name is too long."""
    needs = [CapacityNeed(activity=activity, expertise=name.strip(), hours=value) for name, value in hours.items()]
    for need in needs:
        need.full_clean(validate_unique=False, validate_constraints=False)
    CapacityNeed.objects.filter(activity=activity).delete()
    CapacityNeed.objects.bulk_create(needs)
