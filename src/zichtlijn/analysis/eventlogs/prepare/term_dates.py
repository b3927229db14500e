"""The last moment within a term: a term in days, and a term date without a time, run to the end of their day.

A term of thirty days begins on the day after the event and ends with the thirtieth day (as in Awb 6:8; the
Algemene termijnenwet moves a last day on a weekend or holiday, which is left to whoever fills in term dates).
"""

from __future__ import annotations

import numpy as np

from zichtlijn.analysis.eventlogs.prepare.sorted_rows import NO_TIME, Longs
from zichtlijn.analysis.eventlogs.time_zones import changes

DAY_US = 86_400_000_000


def end_of_term_us(start_us: Longs, days: int, time_zone: str) -> Longs:
    """Last microsecond of the day that many days after that of ``start_us``, as the clock says there."""
    wall_us = start_us + _offset_of_moment(start_us, time_zone)
    return _end_of_day(wall_us // DAY_US + days, time_zone)


def to_end_of_day_us(moment_us: Longs, time_zone: str) -> Longs:
    """Moments at midnight become the end of the day that begins then; other moments, and none, stay as they are."""
    known = np.where(moment_us == NO_TIME, 1, moment_us)
    wall_us = known + _offset_of_moment(known, time_zone)
    at_midnight = (wall_us % DAY_US == 0) & (moment_us != NO_TIME)
    return np.where(at_midnight, _end_of_day(wall_us // DAY_US, time_zone), moment_us)


def _end_of_day(day: Longs, time_zone: str) -> Longs:
    wall_us = (day + 1) * DAY_US
    first, found = changes(time_zone)
    offsets = np.array([first, *(each.after_us for each in found)])
    bounds = np.array([each.until_us for each in found], np.int64)
    return np.asarray(wall_us - offsets[np.searchsorted(bounds, wall_us, side="right")] - 1)


def _offset_of_moment(moment_us: Longs, time_zone: str) -> Longs:
    first, found = changes(time_zone)
    offsets = np.array([first, *(each.after_us for each in found)])
    bounds = np.array([each.at_us for each in found], np.int64)
    return np.asarray(offsets[np.searchsorted(bounds, moment_us, side="right")])
