"""Days of the calendar in a time zone, for the compiled loops; the same as ``calendar_days``."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from zichtlijn.analysis.chains.answers import Numbers
from zichtlijn.analysis.eventlogs.time_scale import DAY_US
from zichtlijn.analysis.eventlogs.time_zones import changes


class LocalClock(NamedTuple):
    """Per day in UTC from ``from_us`` on the number of ``changes_us`` (of the clock, in UTC, and one that never comes)
    before it; ``offsets_us`` before, between and after those. Local days count from ``local_from_us``."""

    changes_before: Numbers
    changes_us: Numbers
    offsets_us: Numbers
    from_us: np.int64
    local_from_us: np.int64

    @property
    def first_day(self) -> int:
        """The local day that counts as 0: no moment of the clock is before it."""
        return int(self.local_from_us) // DAY_US

    @property
    def days(self) -> int:
        """How many local days there are at most."""
        return len(self.changes_before) + 2


def local_clock(zone: str, first_us: int, last_us: int) -> LocalClock:
    """For moments from ``first_us`` up to ``last_us``; no zone is a day or more away from UTC."""
    first_offset_us, found = changes(zone)
    never = np.iinfo(np.int64).max
    changes_us = np.array([*(each.at_us for each in found), never], np.int64)
    offsets_us = np.array([first_offset_us, *(each.after_us for each in found)], np.int64)
    first, last = first_us // DAY_US, last_us // DAY_US
    before = np.searchsorted(changes_us, np.arange(first, last + 1) * DAY_US, side="right")
    return LocalClock(before, changes_us, offsets_us, np.int64(first * DAY_US), np.int64((first - 1) * DAY_US))
