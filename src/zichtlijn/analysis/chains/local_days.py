"""Days of the calendar in the time zone of the log, where a day can have 23 or 25 hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from zichtlijn.analysis.eventlogs.calendar_days import calendar_days
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.eventlogs.time_scale import SECOND_US

EPOCH = date(1970, 1, 1)


class LocalDays:
    """Turns moments (microseconds since 1970 in UTC) into days (whole days since 1970-01-01, local) and back.

    The same days as those in the columns of a prepared log.
    """

    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)

    @classmethod
    def of(cls, log: DescribedLog) -> LocalDays:
        """The days of a log."""
        return cls(log.manifest.mapping.time_zone)

    def day_of(self, moment_us: int) -> int:
        """The day of one moment."""
        return int(calendar_days(np.array([moment_us], dtype=np.int64), self.zone.key)[0])

    def start_us(self, day: int) -> int:
        """The moment at which a day begins: midnight, or the first moment after it if the clock skips midnight."""
        midnight = datetime.combine(date_of(day), datetime.min.time(), tzinfo=self.zone)
        return round(midnight.timestamp()) * SECOND_US


MOST_DAYS = 30 * 366
"""Of a series per day: one wrong date must not ask for centuries."""


def days_shown(log: DescribedLog) -> tuple[int, int]:
    """The first and last day of series per day: from the first event, at most ``MOST_DAYS``, to the cut-off."""
    days, manifest = LocalDays.of(log), log.manifest
    last = days.day_of(max(manifest.last_us, manifest.cut_off_us))
    return max(days.day_of(manifest.first_us), last - MOST_DAYS + 1), last


def date_of(day: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=int(day))


def day_number(day: date) -> int:
    """The number of a date."""
    return (day - EPOCH).days


def week_starts(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """The Monday of the week of each day; 1970-01-01 was a Thursday."""
    return days - (days + 3) % 7


def month_starts(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first day of the month of each day."""
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    starts: NDArray[np.int64] = months.astype("datetime64[D]").astype(np.int64)
    return starts
