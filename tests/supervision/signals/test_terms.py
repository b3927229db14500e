"""When something had to be notified: the row of the day, counted as the row says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from zichtlijn.supervision.signals import terms
from zichtlijn.supervision.signals.models import EqualDay, NotificationCategory
from zichtlijn.supervision.signals.reference import category_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
HERE = ZoneInfo("Europe/Amsterdam")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=HERE)  # type: ignore[arg-type, misc]


def row(code: str, day: date = date(2026, 1, 1)) -> NotificationCategory:
    found = category_on(code, day)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("discovered", "due"),
    [
        (at(2026, 4, 2, 16, 0), at(2026, 4, 10)),  # Good Friday, Easter: Tuesday, Wednesday, Thursday
        (at(2026, 12, 24, 9, 0), at(2026, 12, 31)),  # Christmas and a weekend
        (at(2026, 11, 20, 23, 59), at(2026, 11, 26)),
        (at(2026, 3, 27, 12, 0), at(2026, 4, 2)),  # over the night in which the clock is put forward
    ],
)
def test_three_working_days_end_at_midnight_of_the_third(discovered: datetime, due: datetime) -> None:
    assert terms.due(row("jeugd-calamiteit"), discovered) == due


def test_the_day_of_discovery_is_the_day_here_not_in_greenwich() -> None:
    late_on_sunday = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # Monday 00:30 in the Netherlands
    assert terms.due(row("tbs-2"), late_on_sunday) == at(2026, 11, 25)


def test_weeks_are_agreed_terms_and_may_end_on_a_day_off() -> None:
    six_weeks_before_ascension = at(2026, 4, 2, 10, 0)
    assert terms.due(row("jeugd-twijfel"), six_weeks_before_ascension) == at(2026, 5, 15)
    assert terms.last_day_of(at(2026, 5, 15)) == date(2026, 5, 14)


def test_a_category_without_a_number_has_no_term() -> None:
    assert terms.due(row("tbs-1"), at(2026, 1, 5, 10, 0)) is None
    assert terms.closing_due(row("tbs-1"), at(2026, 1, 5, 10, 0)) is None
    assert terms.last_day_of(None) is None


def test_hours_are_exact_also_when_the_clock_changes() -> None:
    before = at(2026, 10, 24, 12, 0)  # in the night after it an hour comes twice
    after = terms.after(before, 24, "hours")
    assert after is not None
    assert (after - before.astimezone(UTC)).total_seconds() == 24 * 3600


def test_a_day_put_on_a_par_with_holidays_does_not_count() -> None:
    EqualDay.objects.create(day=date(2026, 5, 15), source="Koninklijk besluit (verzonnen voor deze toets)")
    assert terms.due(row("tbs-2"), at(2026, 5, 13, 10, 0)) == at(2026, 5, 19)


@pytest.mark.parametrize(
    ("day", "amount"), [(date(2015, 1, 1), None), (date(2018, 9, 30), None), (date(2018, 10, 1), 3)]
)
def test_the_row_that_held_on_the_day_of_discovery_counts(day: date, amount: int | None) -> None:
    assert row("jeugd-calamiteit", day).term_amount == amount


def test_before_the_act_there_was_no_category() -> None:
    assert category_on("jeugd-calamiteit", date(2014, 12, 31)) is None


def test_closing_reports_are_counted_from_the_sending_in() -> None:
    assert terms.closing_due(row("jeugd-calamiteit"), at(2026, 1, 5, 10, 0)) == at(2026, 2, 17)


def test_nothing_that_was_not_read_in_the_source_is_without_a_word_about_it() -> None:
    unsure: Any = NotificationCategory.objects.filter(certainty__in=["F", "M"])
    assert unsure.exists()
    assert all(row.must_be_checked and row.source for row in unsure)
    assert not any(row.must_be_checked for row in NotificationCategory.objects.filter(certainty__in=["B", "T", "O"]))
