"""The day of which one wants to see who was what, from the address."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.timezone import localdate

from ..forms.organisations import DayChoice


def chosen_day(request: HttpRequest) -> tuple[date, DayChoice]:
    """The day in ``?day=`` (today when there is none or it is no day), and the form to choose another."""
    today = localdate()
    asked = request.GET.get("day")
    form = DayChoice({"day": asked} if asked else None, initial={"day": today})
    if asked and form.is_valid() and form.cleaned_data["day"]:
        return form.cleaned_data["day"], form
    return today, form
