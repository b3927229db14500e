"""Dates in which the month is a word, Dutch or English: 3 maart 2024 14:05, 03-mrt-2024, Mar 3, 2024."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

MONTHS = (
    ("januari", "january", "jan"),
    ("februari", "february", "feb"),
    ("maart", "march", "mrt", "mar"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("augustus", "august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_NUMBERS = {name: f"{number:02}" for number, names in enumerate(MONTHS, 1) for name in names}
_MONTH = rf"(?P<month>{'|'.join(_NUMBERS)})"
_DAY, _APART = r"(?P<day>\d{1,2})", r"(?:\.?[-/ ]|\.)"
_CLOCK = r"(?:(?:T|,? (?:(?:om|at) )?)(?P<clock>\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)(?: uur)?)?"
_ORDERS = (  # of two digits a year only behind day and month
    rf"(?i)^{_DAY}{_APART}{_MONTH}{_APART}(?P<year>\d{{4}}|\d\d){_CLOCK}$",
    rf"(?i)^{_MONTH}{_APART}{_DAY}(?:, ?| )(?P<year>\d{{4}}){_CLOCK}$",
)
PATTERN = re.sub(r"\?P<\w+>", "?:", "|".join(_ORDERS))


def as_iso(texts: pa.Array) -> pa.Array:
    """The dates, with the time of day where they have one, as ISO writes them; null where there is no such date.

    Years of two digits are those from 1969 to 2068, as POSIX has them.
    """
    found = [pc.extract_regex(texts, order) for order in _ORDERS]
    day, month, year, clock = (
        pc.coalesce(*(pc.struct_field(each, name) for each in found)) for name in ("day", "month", "year", "clock")
    )
    months = pc.take(pa.array(_NUMBERS.values()), pc.index_in(pc.utf8_lower(month), pa.array(_NUMBERS)))
    century = pc.if_else(pc.greater_equal(year, "69"), "19", "20")
    years = pc.if_else(pc.equal(pc.utf8_length(year), 2), pc.binary_join_element_wise(century, year, ""), year)
    hours = pc.if_else(pc.equal(clock, ""), "00:00", pc.replace_substring_regex(clock, r"^(\d):", r"0\1:"))
    days = pc.binary_join_element_wise(years, months, pc.utf8_lpad(day, 2, "0"), "-")
    return pc.binary_join_element_wise(days, hours, " ")
