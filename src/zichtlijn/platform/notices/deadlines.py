"""Terms and other days that concern somebody: each app gives its own, for calendars and for warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Deadline:
    """The last day of something. ``key`` stays the same when the day moves; ``name`` says what ends, in words.

    ``about`` is what the user sees it of; ``what`` its reference, ``url`` where it leads. No word of a case.
    """

    key: str
    day: date
    name: Any
    about: models.Model
    what: str
    url: str

    @property
    def warns(self) -> bool:
        """True: people are told when it is near and when it has passed."""
        return True


@dataclass(frozen=True)
class Day(Deadline):
    """A day to know of, such as a visit: it stands in the calendar, and nobody is warned."""

    @property
    def warns(self) -> bool:
        return False


Give = Callable[[Any, date, date], Iterable[Deadline]]
_given: dict[str, Give] = {}


def register_deadlines(name: str, give: Give) -> None:
    """``give(user, since, until)`` gives what ends on those days, both included, and concerns a user who may see it."""
    _given[name] = give


def deadlines_of(user: Any, since: date, until: date) -> list[Deadline]:
    """What ends for a user in these days, the first one first."""
    found = [each for give in _given.values() for each in give(user, since, until)]
    return sorted(found, key=lambda each: (each.day, each.key))
