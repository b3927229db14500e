"""A term of years, months or days ends on one day, and what is due is exactly what that day says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zichtlijn.platform.retention.terms import Unit, after, last_that_is_due


@pytest.mark.parametrize(
    ("since", "amount", "unit", "end"),
    [
        (date(2024, 2, 29), 1, Unit.YEARS, date(2025, 2, 28)),
        (date(2024, 8, 31), 6, Unit.MONTHS, date(2025, 2, 28)),
        (date(2023, 12, 31), 2, Unit.MONTHS, date(2024, 2, 29)),
        (date(2024, 12, 15), 1, Unit.MONTHS, date(2025, 1, 15)),
        (date(2024, 12, 15), 30, Unit.DAYS, date(2025, 1, 14)),
        (date(2024, 1, 1), 9_000, Unit.YEARS, date.max),
    ],
)
def test_a_term_ends_on_that_day(since: date, amount: int, unit: Unit, end: date) -> None:
    assert after(since, amount, unit) == end


@settings(max_examples=300)
@given(
    today=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    amount=st.integers(1, 300),
    unit=st.sampled_from(list(Unit)),
)
def test_the_last_day_that_is_due_is_due_and_the_next_is_not(today: date, amount: int, unit: Unit) -> None:
    last = last_that_is_due(today, amount, unit)
    assert after(last, amount, unit) <= today
    assert after(last + timedelta(days=1), amount, unit) > today


def test_a_term_beyond_the_calendar_is_never_due() -> None:
    assert last_that_is_due(date(2024, 1, 1), 3_000, Unit.YEARS) == date.min
    assert last_that_is_due(date(2024, 1, 1), 32_000, Unit.MONTHS) == date.min
