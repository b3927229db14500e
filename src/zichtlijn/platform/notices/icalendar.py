"""Writing iCalendar (RFC 5545): days that things end on, as whole-day events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LINE_OCTETS = 75


@dataclass(frozen=True)
class WholeDay:
    """An event of one day. ``uid`` stays the same when the day moves; ``changed_at`` says as of when this holds."""

    uid: str
    day: date
    summary: str
    url: str
    changed_at: datetime


def calendar(name: str, days: Iterable[WholeDay]) -> bytes:
    """A calendar with these days, ready to be sent."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Zichtlijn//Zichtlijn//NL", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}", f"NAME:{escaped(name)}"]
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for day in days:
        lines += _event(day)
    lines.append("END:VCALENDAR")
    return b"".join(part for line in lines for part in folded(line))


def _event(day: WholeDay) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(day.uid)}",
        f"DTSTAMP:{day.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(day.summary)}",
        "TRANSP:TRANSPARENT",
    ]
    if day.url:
        lines.append(f"URL:{day.url}")
    return [*lines, "END:VEVENT"]


def escaped(text: str) -> str:
    """A text as a value: backslash, semicolon, comma and new line have a meaning of their own."""
    written = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = "\\n".join(written.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "".join(letter for letter in lines if letter >= " " and letter != "\x7f")


def folded(line: str) -> Iterator[bytes]:
    """A line in parts of at most 75 octets, each after the first beginning with a space; never within a letter."""
    part = b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > LINE_OCTETS:
            yield part + b"\r\n"
            part = b" "
        part += octets
    yield part + b"\r\n"
