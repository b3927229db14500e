"""Working days and the ends of terms, after the Algemene termijnenwet.

``equal`` are days that a royal decree puts on a par with the public holidays (article 3, third paragraph).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
FIRST_KINGS_DAY = 2014
LONGEST_DAYS = 90
"""A term of more days is not extended, nor one of more weeks or months that comes to more (article 4)."""
SHORT_TERM = 3
"""A term of at least so many days holds at least two ordinary days (article 2)."""
EASTER_DAYS = {"good friday": -2, "easter monday": 1, "ascension": 39, "whit monday": 50}
NONE: frozenset[date] = frozenset()


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the method of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, within = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - shift + 15) % 30
    quarters, left = divmod(within, 4)
    weekday = (32 + 2 * rest + 2 * quarters - epact - left) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=400)
def public_holidays(year: int) -> frozenset[date]:
    """The days that article 3 calls public holidays, besides the Sundays; 5 May in every year."""
    sunday = easter(year)
    fixed = {date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26), royal_day(year)}
    return frozenset(fixed | {sunday + timedelta(days=days) for days in EASTER_DAYS.values()})


def royal_day(year: int) -> date:
    """King's Day on 27 April, Queen's Day on 30 April until 2013; a day earlier when that is a Sunday."""
    day = date(year, 4, 27) if year >= FIRST_KINGS_DAY else date(year, 4, 30)
    return day - ONE_DAY if day.weekday() == SUNDAY else day


def is_working_day(day: date, equal: Collection[date] = NONE) -> bool:
    """True when it is no Saturday, Sunday or public holiday, nor on a par with one."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year) and day not in equal


def next_working_day(day: date, equal: Collection[date] = NONE) -> date:
    """The day itself when it is a working day, else the first one after it."""
    while not is_working_day(day, equal):
        day += ONE_DAY
    return day


def add_working_days(day: date, number: int, equal: Collection[date] = NONE) -> date:
    """The last of ``number`` working days that follow ``day``. Raises ValueError for a negative number."""
    if number < 0:
        raise ValueError("working days are counted forwards")
    for _ in range(number):
        day = next_working_day(day + ONE_DAY, equal)
    return day


def working_days_between(first: date, last: date, equal: Collection[date] = NONE) -> int:
    """How many working days follow ``first``, up to and including ``last``; negative when ``last`` lies before it."""
    if last < first:
        return -working_days_between(last, first, equal)
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(is_working_day(day, equal) for day in days)


def last_day(day: date, days: int, equal: Collection[date] = NONE) -> date:
    """The last day of a term of law of ``days`` calendar days (six weeks is 42) that begins after ``day``.

    It does not end on a Saturday, Sunday or public holiday (article 1), and a short one holds two ordinary days
    (article 2). Not for terms in hours, and none of both for terms longer than article 4 says.
    """
    if days < 0:
        raise ValueError("a term of law that is counted backwards is not extended")
    end = day + timedelta(days=days)
    if days > LONGEST_DAYS:
        return end
    if days >= SHORT_TERM:
        end = max(end, add_working_days(day, 2, equal))
    return next_working_day(end, equal)
