"""What the text of an XES attribute means: numbers, truth values and times; slow and thorough, one value at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

import pyarrow as pa

Tag = Literal["string", "date", "int", "float", "boolean", "id"]
Kind = Literal["string", "int", "float", "boolean", "zoned", "naive"]
TAGS: tuple[Tag, ...] = ("string", "date", "int", "float", "boolean", "id")
TYPES: dict[Kind, pa.DataType] = {
    "string": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "boolean": pa.bool_(),
    "zoned": pa.timestamp("us", tz="UTC"),
    "naive": pa.timestamp("us"),
}
SPACE = " \t\r\n"
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - of times without a zone
INTEGER = re.compile(r"[+-]?[0-9]+", re.ASCII)
FLOAT = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)
SPECIAL_FLOATS = {"INF": "inf", "+INF": "inf", "-INF": "-inf", "NaN": "nan"}
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
# ISO 8601 as in xs:dateTime; a space for the T, a zone without colon and a date alone are met in practice.
DATE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:(Z)|([+-])(\d\d):?(\d\d))?)?", re.ASCII
)

BLANKS = {9: " ", 10: " ", 13: " "}
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos|#[0-9]{1,9}|#x[0-9a-fA-F]{1,8});)?", re.ASCII)


def whole_number(text: str) -> int | None:
    """None for what is no integer of 64 bits."""
    stripped = text.strip(SPACE)
    if not INTEGER.fullmatch(stripped) or len(stripped) > 100:
        return None
    value = int(stripped)
    return value if -(1 << 63) <= value < 1 << 63 else None


def decimal_number(text: str) -> float | None:
    """None for what is no number. ``INF`` and ``NaN`` are, as in XML Schema."""
    stripped = text.strip(SPACE)
    if stripped in SPECIAL_FLOATS:
        return float(SPECIAL_FLOATS[stripped])
    return float(stripped) if FLOAT.fullmatch(stripped) else None


def truth(text: str) -> bool | None:
    """None for what is neither true nor false."""
    return BOOLEANS.get(text.strip(SPACE).lower())


def moment(text: str) -> tuple[int, int | None] | None:
    """Microseconds since 1970 (in UTC when there is a zone) and the minutes of its offset; None for what is no time.

    Beyond microseconds a fraction is cut off. ``24:00:00`` is midnight at the end of the day.
    """
    match = DATE.fullmatch(text.strip(SPACE))
    if match is None:
        return None
    year, month, day = (int(part) for part in match.group(1, 2, 3))
    hour, minute, second = (int(part or 0) for part in match.group(4, 5, 6))
    microsecond = int((match[7] or "").ljust(6, "0")[:6])
    end_of_day = hour == 24 and minute == second == microsecond == 0
    try:
        local = datetime(year, month, day, 0 if end_of_day else hour, minute, second, microsecond)  # noqa: DTZ001
    except ValueError:
        return None
    since = (local - EPOCH) // timedelta(microseconds=1) + (86_400_000_000 if end_of_day else 0)
    if match[8]:
        return since, 0
    if match[9] is None:
        return since, None
    hours, minutes = int(match[10]), int(match[11])
    if hours > 14 or minutes > 59:
        return None
    offset = (hours * 60 + minutes) * (-1 if match[9] == "-" else 1)
    return since - offset * 60_000_000, offset


def offset_name(minutes: int) -> str:
    """As it is written: ``+01:00``."""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def unescaped(raw: bytes) -> str:
    """The text of an attribute as XML 1.0 (3.3.3) has it: blanks are spaces, and entities are what they stand for.

    Raises ValueError for an entity that is not one of the five of XML, or stands for what is no character.
    """
    text = raw.decode("utf-8").replace("\r\n", " ").translate(BLANKS)
    return REFERENCE.sub(_referred, text)


def _referred(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        raise ValueError("an ampersand that begins no entity")
    if not name.startswith("#"):
        return NAMED[name]
    code = int(name[2:], 16) if name.startswith("#x") else int(name[1:])
    if not (code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000):
        raise ValueError("no character")
    return chr(code)


READ: dict[Kind, Callable[[str], str | int | float | bool | None]] = {
    "string": str,
    "int": whole_number,
    "float": decimal_number,
    "boolean": truth,
}
