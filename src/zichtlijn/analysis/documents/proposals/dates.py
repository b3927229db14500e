"""Dates that a sentence names, as ISO 8601 where the text is exact: 2024-01-01, 2024-06, 2024-Q2, 2024."""

from __future__ import annotations

import re
from collections.abc import Iterator

MONTH_NAMES = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, start=1)}
QUARTERS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "laatste": 4, "1e": 1, "2e": 2, "3e": 3, "4e": 4}
NAMED = "|".join(MONTHS)
DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})\s+|(?P<opening>in|begin|medio|eind|vanaf)\s+)?(?P<month>{NAMED})(?:\s+(?P<year>20\d\d))?\b"
    r"|\b(?P<which>eerste|tweede|derde|vierde|laatste|[1-4]e) kwartaal(?: van)?(?:\s+(?P<quarter_year>20\d\d))?"
    r"|\b(?:[QK]|kwartaal )(?P<short>[1-4])(?!\d)(?:\s+(?P<short_year>20\d\d))?",
    re.IGNORECASE,
)


def dates_in(text: str, year: int | None) -> Iterator[str]:
    """The dates in a text; a day, month or quarter without a year is taken to be in ``year``."""
    for match in DATE.finditer(text):
        if match["month"]:
            yield from _month(match, year)
        else:
            quarter = match["short"] or str(QUARTERS[match["which"].lower()])
            named = match["quarter_year"] or match["short_year"] or year
            if named:
                yield f"{named}-Q{quarter}"


def _month(match: re.Match[str], year: int | None) -> Iterator[str]:
    named = match["year"] or (year if match["day"] or match["opening"] else None)
    if not named:
        return
    month = f"{named}-{MONTHS[match['month'].lower()]:02}"
    yield f"{month}-{int(match['day']):02}" if match["day"] and 1 <= int(match["day"]) <= 31 else month
