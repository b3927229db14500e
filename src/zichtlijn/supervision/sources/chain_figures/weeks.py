"""Days and values of a series as they stand in a result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def day_of(text: str) -> date:
    """A day in ISO form."""
    return date.fromisoformat(text)


def values_of(values: Sequence[float | None]) -> list[float | None]:
    """Values of a line, to a digit more than can be seen."""
    return [None if value is None else round(value, 2) for value in values]
