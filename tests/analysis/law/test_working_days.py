"""Working days and terms: the vectors of the legal notes, and what holds in every year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zichtlijn.analysis.law import working_days as law

SIX_WEEKS = 42
EASTERS_FROM_2010 = [
    *("04-04", "04-24", "04-08", "03-31", "04-20", "04-05", "03-27", "04-16", "04-01", "04-21"),
    *("04-12", "04-04", "04-17", "04-09", "03-31", "04-20", "04-05", "03-28", "04-16", "04-01"),
    *("04-21", "04-13", "03-28", "04-17", "04-09", "03-25", "04-13", "04-05", "04-25", "04-10"),
]
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("announced", "last"),
    [
        (date(2026, 2, 20), date(2026, 4, 7)),  # Good Friday, then Easter
        (date(2026, 3, 16), date(2026, 4, 28)),  # King's Day
        (date(2026, 3, 24), date(2026, 5, 6)),  # 5 May, also when it is no jubilee year
        (date(2026, 4, 2), date(2026, 5, 15)),  # Ascension
        (date(2026, 11, 12), date(2026, 12, 24)),
        (date(2026, 11, 13), date(2026, 12, 28)),  # Christmas and a weekend
    ],
)
def test_a_term_of_six_weeks_does_not_end_on_a_day_off(announced: date, last: date) -> None:
    assert law.last_day(announced, SIX_WEEKS) == last


def test_thirteen_weeks_are_too_long_to_be_extended() -> None:
    assert law.last_day(date(2026, 3, 3), 13 * 7) == date(2026, 6, 2)
    assert law.last_day(date(2026, 2, 1), 13 * 7) == date(2026, 5, 3), "a Sunday, and it stays so"
    assert law.last_day(date(2026, 2, 2), 90) == date(2026, 5, 4), "ninety days from a Sunday go on to Monday"


def test_a_short_term_holds_two_ordinary_days() -> None:
    thursday_before_easter = date(2026, 4, 2)
    assert law.last_day(thursday_before_easter, 3) == date(2026, 4, 8), "Tuesday and Wednesday"
    assert law.last_day(thursday_before_easter, 2) == date(2026, 4, 7), "of two days only the end is moved"


def test_the_public_holidays_of_2026_are_those_of_article_3() -> None:
    assert sorted(law.public_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


@pytest.mark.parametrize(
    ("year", "day"),
    [(2025, date(2025, 4, 26)), (2026, date(2026, 4, 27)), (2014, date(2014, 4, 26)), (2013, date(2013, 4, 30))],
)
def test_the_day_of_the_king_gives_way_to_a_sunday(year: int, day: date) -> None:
    assert day in law.public_holidays(year)
    assert law.royal_day(year) == day


@pytest.mark.parametrize(("after_2010", "month_and_day"), list(enumerate(EASTERS_FROM_2010)))
def test_easter_is_where_everybody_puts_it(after_2010: int, month_and_day: str) -> None:
    assert law.easter(2010 + after_2010).isoformat()[5:] == month_and_day


def test_three_working_days_over_easter_end_on_thursday() -> None:
    assert law.add_working_days(date(2026, 4, 3), 3) == date(2026, 4, 9)
    assert law.add_working_days(date(2026, 12, 24), 3) == date(2026, 12, 30)
    assert law.add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 4)


def test_a_day_put_on_a_par_with_holidays_counts_as_one() -> None:
    bridge = date(2026, 5, 15)
    assert law.is_working_day(bridge)
    assert not law.is_working_day(bridge, {bridge})
    assert law.add_working_days(date(2026, 5, 13), 1, {bridge}) == date(2026, 5, 18)
    assert law.last_day(date(2026, 4, 3), SIX_WEEKS, {bridge}) == date(2026, 5, 18)


def test_terms_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        law.add_working_days(date(2026, 1, 5), -1)
    with pytest.raises(ValueError, match="backwards"):
        law.last_day(date(2026, 1, 5), -1)


@given(DAYS, st.integers(0, 60))
def test_adding_working_days_and_counting_them_agree(day: date, number: int) -> None:
    last = law.add_working_days(day, number)
    assert law.working_days_between(day, last) == number
    assert law.working_days_between(last, day) == -number
    assert number == 0 or law.is_working_day(last)


@given(DAYS, st.integers(0, 120))
def test_a_term_of_law_is_never_shortened_and_ends_on_a_working_day(day: date, days: int) -> None:
    end = law.last_day(day, days)
    assert end >= day + timedelta(days=days)
    assert end - day - timedelta(days=days) <= timedelta(days=6)
    if days <= law.LONGEST_DAYS:
        assert law.is_working_day(end)
    else:
        assert end == day + timedelta(days=days)
