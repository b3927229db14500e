"""Whole numbers as strangers type them in addresses and forms, and counts that stop in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format

LONGEST_KEY = 18  # every number of so many digits fits the keys of both databases
MOST_COUNTED = 1000


def whole_number(text: str | None, digits: int = LONGEST_KEY) -> int | None:
    """The number that ``text`` is: plain digits, at most ``digits`` of them; None for anything else."""
    return int(text) if text and len(text) <= digits and text.isascii() and text.isdigit() else None


@dataclass(frozen=True, slots=True)
class Capped:
    """A count that stopped: ``number`` there are, or more when ``is_more``."""

    number: int
    is_more: bool = False

    def __str__(self) -> str:
        return f"{number_format(self.number, force_grouping=True)}{'+' if self.is_more else ''}"


def capped_count(rows: Any, most: int = MOST_COUNTED) -> Capped:
    """How many rows a queryset has, as far as ``most``: a list of a million takes as long as one of a thousand."""
    found = rows.order_by()[: most + 1].count()
    return Capped(min(found, most), found > most)
