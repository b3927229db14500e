"""Days of the calendar in a time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zichtlijn.analysis.chains.local_days import LocalDays, date_of, day_number, month_starts, week_starts

ZONES = ("Europe/Amsterdam", "America/Curacao", "Asia/Kathmandu", "Africa/Casablanca", "UTC")
FIRST, LAST = int(datetime(1995, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2031, 1, 1, tzinfo=UTC).timestamp())
DAYS = {zone: LocalDays(zone) for zone in ZONES}


@given(st.sampled_from(ZONES), st.integers(FIRST, LAST))
def test_a_moment_falls_on_its_day_in_the_time_zone(zone: str, moment_s: int) -> None:
    expected = datetime.fromtimestamp(moment_s, tz=ZoneInfo(zone)).date()
    assert date_of(DAYS[zone].day_of(moment_s * 1_000_000)) == expected


@pytest.mark.parametrize("zone", ZONES)
def test_days_change_at_midnight_also_when_the_clock_does(zone: str) -> None:
    days = DAYS[zone]
    for day in range(day_number(date(2024, 1, 1)), day_number(date(2025, 1, 1))):
        start_us = days.start_us(day)
        assert (days.day_of(start_us - 1), days.day_of(start_us)) == (day - 1, day)


def test_a_week_begins_on_monday_and_a_month_on_its_first() -> None:
    days = np.arange(-800, 30_000)
    mondays = [date_of(day) for day in np.unique(week_starts(days))]
    assert {monday.weekday() for monday in mondays} == {0}
    assert set((days - week_starts(days)).tolist()) == set(range(7))
    firsts = [date_of(day) for day in month_starts(days)]
    assert all(first == date_of(day).replace(day=1) for first, day in zip(firsts, days, strict=True))
