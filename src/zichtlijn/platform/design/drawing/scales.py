"""Axes: which values an axis runs over, where its marks stand and what they say."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MOST_MARKS = 5
_LEAST_WIDTH = 1e-300  # less cannot be divided into marks
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 36, 48, 60, 120, 240, 600)
DAY_STEPS = (1, 2, 7, 14)


@dataclass(frozen=True)
class Mark:
    """A value on an axis and its words."""

    value: float
    words: str


@dataclass(frozen=True)
class Scale:
    """An axis from ``low`` to ``high``, which is always more."""

    low: float
    high: float
    marks: tuple[Mark, ...]

    def share(self, value: float) -> float:
        """Where a value stands on the axis, from 0 to 1; values outside stand at the ends."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def round_scale(
    values: Iterable[float],
    number: Callable[[float], str],
    *,
    least: float | None = 0.0,
    most: float | None = None,
    most_marks: int = MOST_MARKS,
) -> Scale:
    """An axis over all values with marks at round numbers. ``least`` and ``most`` are on it in any case."""
    known = [value for value in values if math.isfinite(value)]
    known += [value for value in (least, most) if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if high - low < _LEAST_WIDTH:
        high = low + (abs(low) if abs(low) >= _LEAST_WIDTH else 1.0)
    step = _round_step((high - low) / most_marks)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    marks = tuple(Mark(step * i, number(step * i)) for i in range(first, last + 1))
    return Scale(step * first, step * last, marks)


def _round_step(rough: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that is no less than ``rough``."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next((factor * power for factor in (1, 2, 5) if factor * power >= rough * (1 - 1e-9)), 10 * power)


def date_scale(days: Iterable[date], show_date: Callable[[date], str], show_month: Callable[[date], str]) -> Scale:
    """An axis of days, as ordinals. Marks stand at first days of months, or at days when it is about a few weeks."""
    known = sorted(days)
    first, last = (known[0], known[-1]) if known else (date(2000, 1, 1), date(2000, 1, 2))
    if last <= first:
        last = first + timedelta(days=1)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months >= 2:
        found = [Mark(day.toordinal(), show_month(day)) for day in _months(first, last, months)]
    else:
        length = last.toordinal() - first.toordinal()
        step = next((each for each in DAY_STEPS if length <= MOST_MARKS * each), 28)
        ordinals = range(first.toordinal(), last.toordinal() + 1, step)
        found = [Mark(each, show_date(date.fromordinal(each))) for each in ordinals]
    return Scale(first.toordinal(), last.toordinal(), tuple(found))


def _months(first: date, last: date, months: int) -> list[date]:
    step = next((each for each in MONTH_STEPS if months <= MOST_MARKS * each), MONTH_STEPS[-1])
    start = first.year * 12 + first.month - 1
    numbers = range(-(-start // step) * step, last.year * 12 + last.month, step)
    days = [date(number // 12, number % 12 + 1, 1) for number in numbers]
    return [day for day in days if first <= day <= last] or [first]
