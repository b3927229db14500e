"""Pages of a long list without counting it: one row more than fits tells whether there is a next page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class OpenPage:
    """One page of a list whose length is not known."""

    rows: Sequence[Any]
    number: int
    size: int
    has_next: bool

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def has_previous(self) -> bool:
        """True from the second page on."""
        return self.number > 1

    @property
    def first_index(self) -> int:
        """The place of the first row in the whole list, counted from 1; 0 on an empty page."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last_index(self) -> int:
        """The place of the last row in the whole list."""
        return (self.number - 1) * self.size + len(self.rows)


def open_page(rows: Any, number: str | int | None, size: int = 50) -> OpenPage:
    """The page ``number`` (from 1; anything else means the first) of a queryset or list, read in one query."""
    page = _page_number(number)
    start = (page - 1) * size
    window = list(rows[start : start + size + 1])
    return OpenPage(window[:size], page, size, len(window) > size)


def _page_number(given: str | int | None) -> int:
    try:
        return max(1, min(int(given or 1), 1_000_000))
    except (TypeError, ValueError):
        return 1
