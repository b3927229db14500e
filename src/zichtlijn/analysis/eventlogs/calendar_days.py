"""Days of the calendar in a time zone, where a day can have 23 or 25 hours.

The changes of the clock are known from 1970 to 2100 (``time_zones``); before and after, the nearest offset counts.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from zichtlijn.analysis.eventlogs.time_scale import DAY_US
from zichtlijn.analysis.eventlogs.time_zones import changes

Longs = NDArray[np.int64]


def calendar_days(moments_us: Longs, time_zone: str) -> Longs:
    """Whole days since 1970-01-01, as the calendar says there, of moments in microseconds since 1970 in UTC."""
    days: Longs = (moments_us + offsets_us(moments_us, time_zone)) // DAY_US
    return days


def offsets_us(moments_us: Longs, time_zone: str) -> Longs:
    """What the clock is ahead of UTC at each moment."""
    bounds, offsets = _offsets(time_zone)
    if not len(moments_us):
        return np.zeros(0, np.int64)
    # Most logs lie within a few of the changes
    low, high = np.searchsorted(bounds, (moments_us.min(), moments_us.max()), side="right")
    found: Longs = offsets[low + np.searchsorted(bounds[low:high], moments_us, side="right")]
    return found


def utc_of_local_us(wall_us: Longs, time_zone: str, absent: int | None = None) -> Longs:
    """Moments in UTC of what the clock says there, by the rule of ``time_zones.offset_sql``; ``absent`` stays as it
    is."""
    first, found = changes(time_zone)
    if not found and not first:
        return wall_us
    bounds, offsets = _wall_offsets(time_zone)
    known = wall_us if absent is None else wall_us[wall_us != absent]
    if not len(known):
        return wall_us
    # Most logs lie within a few of the changes
    low, high = np.searchsorted(bounds, (known.min(), known.max()), side="right")
    moments = wall_us - offsets[low + np.searchsorted(bounds[low:high], wall_us, side="right")]
    return moments if len(known) == len(wall_us) else np.where(wall_us == absent, wall_us, moments)


@lru_cache(maxsize=16)
def _wall_offsets(time_zone: str) -> tuple[Longs, Longs]:
    first, found = changes(time_zone)
    return np.array([c.until_us for c in found], np.int64), np.array([first, *(c.after_us for c in found)], np.int64)


@lru_cache(maxsize=16)
def _offsets(time_zone: str) -> tuple[Longs, Longs]:
    first, found = changes(time_zone)
    return np.array([each.at_us for each in found], np.int64), np.array([first, *(c.after_us for c in found)], np.int64)
