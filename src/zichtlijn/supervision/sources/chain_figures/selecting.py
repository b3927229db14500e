"""The selection in an address: which words choose which part of a log, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.eventlogs.prepared import Dimension

CHOSEN: dict[str, tuple[Dimension, str]] = {
    "organisation": ("organisation", "organisations"),
    "region": ("region", "regions"),
    "group": ("group", "groups"),
    "citizen_group": ("citizen_group", "citizen_groups"),
}
"""Name in the address: dimension of the log, field of the selection."""


def selection_of(log: DescribedLog, query: Mapping[str, Sequence[str]]) -> tuple[Selection, tuple[str, ...]]:
    """The selection that ``from``, ``until`` (both days included) and texts of the dictionaries choose.

    The second part names what was asked and cannot be understood; that is left out.
    """
    unknown: list[str] = []
    codes: dict[str, tuple[int, ...]] = {}
    for name, (dimension, field) in CHOSEN.items():
        known = {value: number for number, value in enumerate(log.values(dimension))}
        given = [value for value in query.get(name, ()) if value]
        unknown += [value for value in given if value not in known]
        codes[field] = tuple(sorted({known[value] for value in given if value in known}))
    zone = ZoneInfo(log.manifest.mapping.time_zone)
    days: dict[str, int | None] = {}
    for name, later in (("from", 0), ("until", 1)):
        days[name] = None
        for text in query.get(name, ()):
            try:
                days[name] = _start_us(date.fromisoformat(text) + timedelta(days=later), zone) if text else None
            except (ValueError, OverflowError):
                unknown.append(text)
    return Selection(from_us=days["from"], until_us=days["until"], **codes), tuple(unknown)


def query_of(log: DescribedLog, selection: Selection) -> list[tuple[str, str]]:
    """The address of a selection, for links that keep it."""
    found = []
    zone = ZoneInfo(log.manifest.mapping.time_zone)
    if selection.from_us is not None:
        found.append(("from", _day(selection.from_us, zone).isoformat()))
    if selection.until_us is not None:
        found.append(("until", _day(selection.until_us - 1, zone).isoformat()))
    for name, (dimension, field) in CHOSEN.items():
        values = log.values(dimension)
        found += [(name, values[code]) for code in getattr(selection, field)]
    return found


def _start_us(day: date, zone: ZoneInfo) -> int:
    return round(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()) * 1_000_000


def _day(moment_us: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(moment_us / 1e6, UTC).astimezone(zone).date()
