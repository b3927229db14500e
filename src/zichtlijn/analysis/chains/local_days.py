"""Days of the calendar in the time zone of the log, where a day can have 23 or 25 hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from zichtlijn.analysis.chains.time_scale import DAY_US, SECOND_US
from zichtlijn.analysis.eventlogs.prepared import Prepared

EPOCH = date(1970, 1, 1)
_WEEK_S = 7 * 24 * 3600


class LocalDays:
    """Turns moments (microseconds since 1970 in UTC) into days (whole days since 1970-01-01, local) and back.

    Right for moments between ``first_us`` and ``until_us`` and for a day around them.
    """

    def __init__(self, zone: str, first_us: int, until_us: int) -> None:
        self.zone = ZoneInfo(zone)
        self.first_us, self.until_us = first_us - DAY_US, until_us + DAY_US

    @classmethod
    def of(cls, log: Prepared) -> LocalDays:
        """The days of a log: from its first event to its last, or to its cut-off if that is later."""
        manifest = log.manifest
        until_us = max(manifest.last_us, manifest.cut_off_us)
        return cls(manifest.mapping.time_zone, manifest.first_us, until_us)

    @cached_property
    def offsets(self) -> tuple[tuple[int, int], ...]:
        """Pairs of the moment from which an offset to UTC holds and the offset, both in microseconds, in order."""
        low, until = self.first_us // SECOND_US, self.until_us // SECOND_US + 1
        found = [(low, self._offset_s(low))]
        while low < until:
            high = min(low + _WEEK_S, until)
            if self._offset_s(high) != found[-1][1]:
                found.append((self._change_s(low, high), self._offset_s(high)))
            low = high
        return tuple((moment * SECOND_US, offset * SECOND_US) for moment, offset in found)

    def _offset_s(self, moment_s: int) -> int:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment_s)
        offset = moment.astimezone(self.zone).utcoffset()
        return 0 if offset is None else int(offset.total_seconds())

    def _change_s(self, low: int, high: int) -> int:
        new = self._offset_s(high)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._offset_s(middle) == new else (middle, high)
        return high

    def day(self, moment_us: ir.IntegerColumn) -> ir.IntegerColumn:
        """The day of a moment, as an expression."""
        latest_first = [(moment_us >= from_us, offset_us) for from_us, offset_us in reversed(self.offsets[1:])]
        first_us = self.offsets[0][1]
        offset_us = ibis.cases(*latest_first, else_=first_us) if latest_first else first_us
        return (moment_us + offset_us) // DAY_US

    def days(self, moments_us: NDArray[np.int64]) -> NDArray[np.int64]:
        """The same for an array."""
        starts, offsets_us = self.offset_arrays
        which = np.maximum(np.searchsorted(starts, moments_us, side="right") - 1, 0)
        return (moments_us + offsets_us[which]) // DAY_US

    @cached_property
    def offset_arrays(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """``offsets`` as two arrays."""
        starts, offsets_us = zip(*self.offsets, strict=True)
        return np.array(starts, dtype=np.int64), np.array(offsets_us, dtype=np.int64)

    def day_of(self, moment_us: int) -> int:
        """The day of one moment."""
        return int(self.days(np.array([moment_us], dtype=np.int64))[0])

    def start_us(self, day: int) -> int:
        """The moment at which a day begins: midnight, or the first moment after it if the clock skips midnight."""
        midnight = datetime.combine(date_of(day), datetime.min.time(), tzinfo=self.zone)
        return round(midnight.timestamp()) * SECOND_US


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
