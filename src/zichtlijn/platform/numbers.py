"""Whole numbers in addresses and forms, as strangers type them."""

from __future__ import annotations

LONGEST_KEY = 18  # every number of so many digits fits the keys of both databases


def whole_number(text: str | None, digits: int = LONGEST_KEY) -> int | None:
    """The number that ``text`` is: plain digits, at most ``digits`` of them; None for anything else."""
    return int(text) if text and len(text) <= digits and text.isascii() and text.isdigit() else None
