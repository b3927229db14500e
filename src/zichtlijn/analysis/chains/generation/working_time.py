"""Working time: days of 09:00 to 17:00 from Monday to Friday, counted from the first Monday; holidays are left out.

The simulation counts in working days. As nothing happens at night, a local time never falls in the hour that is
skipped or repeated when the clock changes.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

OPENS_HOUR, OPEN_MINUTES = 9, 480
WORKING_DAYS_PER_DAY = 5 / 7
_MINUTE_US, _DAY_US = 60_000_000, 86_400_000_000
_EPOCH = date(1970, 1, 1)


def working_days(calendar_days: float) -> float:
    """The mean number of working days in so many calendar days."""
    return calendar_days * WORKING_DAYS_PER_DAY


def working_days_between(start: date, end: date) -> int:
    """Between two Mondays. Raises ValueError for another day of the week: weeks are simulated whole."""
    if start.weekday() or end.weekday():
        raise ValueError("a generated period begins and ends on a Monday")
    return (end - start).days * 5 // 7


def local_us(start: date, moments: Floats, *, day_granular: bool = False) -> Ints:
    """Local times as microseconds since 1970 of moments in working days since ``start``; in whole minutes or days."""
    day = np.floor(moments).astype(np.int64)
    calendar_day = (start - _EPOCH).days + 7 * (day // 5) + day % 5
    if day_granular:
        return calendar_day * _DAY_US
    minutes = np.floor((moments - day) * OPEN_MINUTES).astype(np.int64)
    return calendar_day * _DAY_US + (OPENS_HOUR * 60 + minutes) * _MINUTE_US


def local_time(start: date, moment: float) -> datetime:
    """One moment as a local time, to the minute."""
    us = int(local_us(start, np.array([moment]))[0])
    return datetime(1970, 1, 1) + timedelta(microseconds=us)  # noqa: DTZ001 - local on purpose
