"""The days of activities in a calendar: what is in the programme, as far as the owner of the calendar may see it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from zichtlijn.platform.notices.calendar import written
from zichtlijn.platform.notices.deadlines import deadlines_of
from zichtlijn.supervision.programme.models import Activity

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2026, 3, 1), date(2026, 9, 30)


def days(user: Any) -> list[tuple[str, str]]:
    """Day and what of all that a calendar of these months shows a user."""
    return [(each.day.isoformat(), each.what) for each in deadlines_of(user, SINCE, UNTIL)]


@pytest.fixture
def dated(decided: Any) -> Any:
    """The first activity of the decided programme, from April till after the summer."""
    activity = decided.activities.order_by("code").first()
    Activity.objects.filter(pk=activity.pk).update(starts_on=date(2026, 4, 1), ends_on=date(2026, 9, 30))
    return activity


def test_the_first_and_last_day_of_what_is_decided_stand_in_the_calendar(dated: Any, bob: Any, erin: Any) -> None:
    what = f"2026 {dated.code} {dated.title}"
    assert days(bob) == days(erin) == [("2026-04-01", what), ("2026-09-30", what)]
    assert not any(each.warns for each in deadlines_of(bob, SINCE, UNTIL))


@pytest.mark.parametrize(("starts_on", "ends_on"), [(date(2026, 2, 28), date(2026, 10, 1)), (None, None)])
def test_days_before_and_after_the_months_that_are_asked_do_not(
    starts_on: Any, ends_on: Any, dated: Any, bob: Any
) -> None:
    Activity.objects.filter(pk=dated.pk).update(starts_on=starts_on, ends_on=ends_on)
    assert days(bob) == []


def test_a_candidate_is_not_in_it_and_what_is_not_decided_only_by_its_number_and_for_staff(
    dated: Any, bob: Any, erin: Any
) -> None:
    Activity.objects.filter(pk=dated.pk).update(decided_in=None)
    assert days(bob) == [("2026-04-01", f"2026 {dated.code}"), ("2026-09-30", f"2026 {dated.code}")]
    assert days(erin) == []
    Activity.objects.filter(pk=dated.pk).update(state="candidate")
    assert days(bob) == []


def test_somebody_from_outside_has_no_days_of_the_programme(dated: Any, olga: Any, pia: Any) -> None:
    assert days(olga) == days(pia) == []


def test_the_file_of_the_calendar_has_both_days(dated: Any, bob: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zichtlijn.platform.notices.calendar.timezone.localdate", lambda: SINCE)
    text = written(bob).decode()
    assert f"UID:activity-{dated.pk}-starts_on@" in text
    assert f"UID:activity-{dated.pk}-ends_on@" in text
