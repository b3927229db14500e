"""Numbers and times of XES from their bytes, compiled. What is written unusually is left to ``xes_values``."""

from __future__ import annotations

from typing import Any

import numpy as np

from zichtlijn.analysis.eventlogs.readers.xes_bytes import compiled

UNREAD, READ = 0, 1
NO_OFFSET = np.iinfo(np.int32).max
ZERO, NINE = ord("0"), ord("9")
PLUS, MINUS, POINT, COLON, LETTER_T, LETTER_Z = (ord(letter) for letter in "+-.:TZ")
DAY_US, MINUTE_US = 86_400_000_000, 60_000_000
MOST_DIGITS_OF_INT, MOST_DIGITS_OF_FLOAT, MOST_DECIMALS = 18, 15, 22
POWERS = 10.0 ** np.arange(MOST_DECIMALS + 1)


@compiled
def _digits(text: Any, at: int, end: int) -> tuple[int, int]:
    """The number that stands here and the place after it."""
    value = 0
    while at < end and ZERO <= text[at] <= NINE:
        value = value * 10 + (text[at] - ZERO)
        at += 1
    return value, at


@compiled
def _sign(text: Any, at: int, end: int) -> tuple[int, int]:
    if at < end and text[at] == MINUS:
        return -1, at + 1
    return 1, at


@compiled
def ints(text: Any, starts: Any, lengths: Any, values: Any, status: Any) -> None:
    """Whole numbers of at most 18 digits."""
    for i in range(len(starts)):
        end = starts[i] + lengths[i]
        sign, first = _sign(text, starts[i], end)
        if 0 < end - first <= MOST_DIGITS_OF_INT:
            value, at = _digits(text, first, end)
            if at == end:
                values[i], status[i] = sign * value, READ


@compiled
def floats(text: Any, starts: Any, lengths: Any, values: Any, status: Any) -> None:
    """Decimal numbers of at most 15 digits and without exponent: one division of exact numbers rounds right."""
    for i in range(len(starts)):
        end = starts[i] + lengths[i]
        sign, first = _sign(text, starts[i], end)
        if not 0 < end - first <= MOST_DIGITS_OF_FLOAT + 1:
            continue
        value, at = _digits(text, first, end)
        digits, decimals = at - first, 0
        if digits > 0 and at < end and text[at] == POINT:
            while at + 1 < end and ZERO <= text[at + 1] <= NINE:
                value, decimals, at = value * 10 + (text[at + 1] - ZERO), decimals + 1, at + 1
            at += 1
        if at == end and digits > 0 and digits + decimals <= MOST_DIGITS_OF_FLOAT:
            values[i], status[i] = sign * (value / POWERS[decimals]), READ


@compiled
def _two(text: Any, at: int) -> int:
    """Two digits, or a large negative number."""
    tens, units = np.int64(text[at]) - ZERO, np.int64(text[at + 1]) - ZERO
    return int(tens * 10 + units) if 0 <= tens <= 9 and 0 <= units <= 9 else -1_000_000


@compiled
def _days(year: int, month: int, day: int) -> int:
    """Days since 1970 in the Gregorian calendar; years from March, so that the leap day comes last."""
    shifted = year - 1 if month <= 2 else year
    era_year = shifted % 400
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return (shifted // 400) * 146_097 + era_year * 365 + era_year // 4 - era_year // 100 + day_of_year - 719_468


@compiled
def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


@compiled
def _moment(text: Any, at: int, end: int) -> tuple[int, int, bool]:  # noqa: C901 - one form, place by place
    """Microseconds since 1970 (in UTC with an offset), minutes of the offset, and whether it was read."""
    failed = (0, 0, False)
    if end - at < 19 or text[at + 4] != MINUS or text[at + 7] != MINUS or text[at + 10] != LETTER_T:
        return failed
    if text[at + 13] != COLON or text[at + 16] != COLON:
        return failed
    year = _two(text, at) * 100 + _two(text, at + 2)
    month, day = _two(text, at + 5), _two(text, at + 8)
    hour, minute, second = _two(text, at + 11), _two(text, at + 14), _two(text, at + 17)
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= _days_in(year, month):
        return failed
    if not 0 <= hour < 24 or not 0 <= minute < 60 or not 0 <= second < 60:
        return failed
    fraction, scale = 0, 100_000
    at += 19
    if at < end and text[at] == POINT:
        at += 1
        if not (at < end and ZERO <= text[at] <= NINE):
            return failed
        while at < end and ZERO <= text[at] <= NINE:
            fraction += (text[at] - ZERO) * scale
            scale //= 10
            at += 1
    since = _days(year, month, day) * DAY_US + ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction
    if at == end:
        return since, NO_OFFSET, True
    if at + 1 == end and text[at] == LETTER_Z:
        return since, 0, True
    if at + 6 != end or text[at + 3] != COLON or (text[at] != PLUS and text[at] != MINUS):
        return failed
    hours, minutes = _two(text, at + 1), _two(text, at + 4)
    if not 0 <= hours <= 14 or not 0 <= minutes < 60:
        return failed
    offset = (hours * 60 + minutes) * (-1 if text[at] == MINUS else 1)
    return since - offset * MINUTE_US, offset, True


@compiled
def dates(  # noqa: PLR0917 - compiled code takes arrays by place
    text: Any, starts: Any, lengths: Any, values: Any, offsets: Any, status: Any
) -> None:
    """Times as ``2024-02-29T13:45:00.123+01:00``; an offset of ``NO_OFFSET`` where they have none."""
    for i in range(len(starts)):
        since, offset, is_read = _moment(text, starts[i], starts[i] + lengths[i])
        if is_read:
            values[i], offsets[i], status[i] = since, offset, READ
