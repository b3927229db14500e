"""Words, numbers, times and days in the language of the reader, without Django: a report is made in seconds."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from .command.catalogue import DEFAULT_LANGUAGE, LANGUAGES
from .command.catalogue import Words as Catalogue

MINUTE_US, HOUR_US, DAY_US = 60_000_000, 3_600_000_000, 86_400_000_000
YEAR_DAYS = 365.25
_MONTHS = {
    "nl": ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
UNKNOWN = "–"


class Words(Catalogue):
    """The catalogue of the product, with the numbers and days of its language."""

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number with its thousands apart; a dash when it is not known."""
        if value is None or not math.isfinite(value):
            return UNKNOWN
        written = f"{value:,.{digits}f}"
        if self.language == "nl":
            written = written.replace(",", " ").replace(".", ",").replace(" ", ".")
        return written.replace("-", "−")

    def plain(self, value: float) -> str:
        """A number with as many digits as it needs, at most three after the sign."""
        digits = next((digits for digits in range(4) if abs(round(value, digits) - value) < 1e-9), 3)
        return self.number(value, digits)

    def plain_short(self, value: float) -> str:
        """A number for along an axis: one digit after the sign where it is small."""
        return self._short(value)

    def share(self, value: float | None, digits: int = 0) -> str:
        """A share from 0 to 1 as a percentage."""
        if value is None or not math.isfinite(value):
            return UNKNOWN
        return f"{self.number(100 * value, digits)}%"

    def fine_share(self, value: float | None) -> str:
        """A percentage with a digit after the sign where it is small."""
        return self.share(value, 1 if value is not None and 0 < abs(value) < 0.1 else 0)

    def duration(self, microseconds: float | None) -> str:
        """A time in the unit that suits it: minutes, hours or days."""
        if microseconds is None or not math.isfinite(microseconds):
            return UNKNOWN
        if microseconds < HOUR_US:
            return self.gettext("%(number)s min", number=self.number(microseconds / MINUTE_US))
        if microseconds < 2 * DAY_US:
            return self.gettext("%(number)s hours", number=self._short(microseconds / HOUR_US))
        return self.days(microseconds / DAY_US)

    def days(self, days: float | None) -> str:
        """A number of days, with a digit after the sign under ten."""
        if days is None or not math.isfinite(days):
            return UNKNOWN
        return self.gettext("%(number)s days", number=self._short(days))

    def brief(self, microseconds: float | None) -> str:
        """A time for where there is little room: the number and the letter of its unit."""
        if microseconds is None or not math.isfinite(microseconds):
            return UNKNOWN
        if microseconds < HOUR_US:
            return self.gettext("%(number)s m", number=self.number(microseconds / MINUTE_US))
        if microseconds < 2 * DAY_US:
            return self.gettext("%(number)s h", number=self._short(microseconds / HOUR_US))
        return self.gettext("%(number)s d", number=self._short(microseconds / DAY_US))

    def p_value(self, value: float | None) -> str:
        """A chance: three digits, and below that that it is smaller."""
        if value is not None and value < 0.001:
            return f"< {self.number(0.001, 3)}"
        return self.number(value, 3)

    def _short(self, value: float) -> str:
        return self.number(value, 1 if abs(value) < 9.95 and round(value, 1) != round(value) else 0)

    def day(self, day: date) -> str:
        """A day, such as 3 mrt 2031."""
        return f"{day.day} {_MONTHS[self.language][day.month - 1]} {day.year}"

    def month(self, day: date) -> str:
        """A month; January also says which year begins."""
        return f"{_MONTHS[self.language][day.month - 1]} {day.year}"

    def moment(self, microseconds: int, zone: str = "Europe/Amsterdam") -> str:
        """A moment (microseconds since 1970 in UTC) on the clock of a time zone."""
        at = datetime.fromtimestamp(microseconds / 1e6, UTC).astimezone(ZoneInfo(zone))
        return f"{self.day(at.date())}, {at:%H:%M}"

    def day_of(self, microseconds: int, zone: str = "Europe/Amsterdam") -> str:
        """The day of a moment in a time zone."""
        return self.day(datetime.fromtimestamp(microseconds / 1e6, UTC).astimezone(ZoneInfo(zone)).date())

    def either(self, names: list[str]) -> str:
        """Names in a row: a, b and c."""
        if len(names) < 2:
            return "".join(names)
        return self.gettext("%(first)s and %(last)s", first=", ".join(names[:-1]), last=names[-1])


@lru_cache(maxsize=4)
def words_in(language: str | None) -> Words:
    """The words of a language; of one that we do not speak, those of the default."""
    known = (language or "")[:2]
    return Words(known if known in LANGUAGES else DEFAULT_LANGUAGE)
