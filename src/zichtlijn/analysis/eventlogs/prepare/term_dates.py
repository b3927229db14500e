"""The last moment within a term: a term in days, and a term date without a time, run to the end of their day.

A term of thirty days begins on the day after the event and ends with the thirtieth day (as in Awb 6:8; the
Algemene termijnenwet moves a last day on a weekend or holiday, which is left to whoever fills in term dates).
"""

from __future__ import annotations

import numpy as np

from zichtlijn.analysis.eventlogs.calendar_days import calendar_days, offsets_us, utc_of_local_us
from zichtlijn.analysis.eventlogs.prepare.sorted_rows import NO_TIME, Longs
from zichtlijn.analysis.eventlogs.time_scale import DAY_US


def end_of_term_us(start_us: Longs, days: int, time_zone: str) -> Longs:
    """Last microsecond of the day that many days after that of ``start_us``, as the clock says there."""
    return _end_of_day(calendar_days(start_us, time_zone) + days, time_zone)


def to_end_of_day_us(moment_us: Longs, time_zone: str) -> Longs:
    """Moments at midnight become the end of the day that begins then; other moments, and none, stay as they are."""
    known = np.where(moment_us == NO_TIME, 1, moment_us)
    wall_us = known + offsets_us(known, time_zone)
    at_midnight = (wall_us % DAY_US == 0) & (moment_us != NO_TIME)
    return np.where(at_midnight, _end_of_day(wall_us // DAY_US, time_zone), moment_us)


def _end_of_day(day: Longs, time_zone: str) -> Longs:
    return utc_of_local_us((day + 1) * DAY_US, time_zone) - 1
