"""Local wall-clock times to UTC, as arithmetic that every database gives the same answer to.

A zone is a list of moments at which its offset changes; between them it is fixed. The database's own conversion is
not used: it depends on its settings and on a component that need not be there, and it is five times slower.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.texts import gettext_noop

_NO_ZONE = gettext_noop("There is no time zone %(name)s.")
FIRST_YEAR, LAST_YEAR = 1970, 2100
_WEEK_S = 7 * 86_400
_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """At ``at_us`` (UTC, microseconds since 1970) the offset goes from ``before_us`` to ``after_us``.

    Wall-clock times in ``[skipped_from_us, skipped_until_us)`` do not exist (clock forward) or exist twice (back).
    """

    at_us: int
    before_us: int
    after_us: int

    @property
    def forward(self) -> bool:
        """The clock goes forward: an hour is skipped."""
        return self.after_us > self.before_us

    @property
    def from_us(self) -> int:
        """First wall-clock time that does not exist or exists twice."""
        return self.at_us + min(self.before_us, self.after_us)

    @property
    def until_us(self) -> int:
        """First wall-clock time after those; from here the new offset counts (PEP 495, fold 0)."""
        return self.at_us + max(self.before_us, self.after_us)


def zone_named(name: str) -> ZoneInfo:
    """Raises LogError when there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise LogError("time-zone", _NO_ZONE, name=name) from error


@lru_cache(maxsize=16)
def changes(name: str) -> tuple[int, tuple[Change, ...]]:
    """The offset (microseconds) at the first of January 1970 and its changes until 2100. Raises LogError."""
    zone = zone_named(name)

    def offset_s(second: int) -> int:
        offset = datetime.fromtimestamp(second, UTC).astimezone(zone).utcoffset()
        return round(offset.total_seconds()) if offset is not None else 0

    first, last = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (FIRST_YEAR, LAST_YEAR + 1))
    current = start = offset_s(first)
    found = []
    for second in range(first, last, _WEEK_S):
        after = offset_s(second + _WEEK_S)
        if after != current:
            low, high = second, second + _WEEK_S
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset_s(middle) == current else (low, middle)
            found.append(Change(high * _US, current * _US, after * _US))
            current = after
    return start * _US, tuple(found)


def offset_sql(name: str, wall: str) -> str:
    """SQL for the offset in microseconds that belongs to ``wall``, a column of wall-clock microseconds.

    Of a time that exists twice the first is taken; a time that does not exist is read as if the clock had not been
    put forward: Python's rule (PEP 495, fold 0). Raises LogError for an unknown zone.
    """
    start, found = changes(name)
    return _search_sql(wall, [each.until_us for each in found], [start, *(each.after_us for each in found)])


def offset_of_utc_sql(name: str, utc: str) -> str:
    """SQL for the offset in microseconds at ``utc``, a column of microseconds since 1970 in UTC. Raises LogError."""
    start, found = changes(name)
    return _search_sql(utc, [each.at_us for each in found], [start, *(each.after_us for each in found)])


def _search_sql(wall: str, bounds: list[int], offsets: list[int]) -> str:
    """A balanced tree of CASEs: eight comparisons per row for 130 years."""
    if not bounds:
        return str(offsets[0])
    middle = len(bounds) // 2
    below = _search_sql(wall, bounds[:middle], offsets[: middle + 1])
    above = _search_sql(wall, bounds[middle + 1 :], offsets[middle + 1 :])
    return f"CASE WHEN {wall} < {bounds[middle]} THEN {below} ELSE {above} END"
