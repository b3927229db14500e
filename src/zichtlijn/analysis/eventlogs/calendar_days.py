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


@lru_cache(maxsize=16)
def _offsets(time_zone: str) -> tuple[Longs, Longs]:
    first, found = changes(time_zone)
    return np.array([each.at_us for each in found], np.int64), np.array([first, *(c.after_us for c in found)], np.int64)
