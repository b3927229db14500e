"""Tables: the definition of a list. An app keeps its own in ``tables.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .columns import Column
from .filters import Filter

RESERVED = frozenset({"sort", "page", "format"})
TABLES: dict[str, Table] = {}


@dataclass(frozen=True)
class AddLink:
    """The way to make a new record: shown above the list, and in the list that is still empty."""

    label: Any
    address: Callable[[], str]
    permission: str


@dataclass(frozen=True)
class BulkStep:
    """Something that can be done with the chosen rows at once. ``key``: the one-key shortcut that presses it."""

    name: str
    label: Any
    look: str = "secondary"
    key: str = ""


@dataclass(frozen=True)
class Bulk:
    """Steps with several rows: the keys of the chosen rows (``selected``) and the ``step`` are posted to an address.

    ``label`` names a row for whoever chooses it without seeing it.
    """

    address: Callable[[], str]
    steps: tuple[BulkStep, ...]
    permission: str
    label: Callable[[Any], str] = str


@dataclass(frozen=True)
class Table:
    """A list: its name (``app.plural``), columns, filters, and the order it starts in (``"-"`` first for descending).

    ``empty`` says what to do when there is no record at all. Raises ValueError for a definition that cannot work.
    """

    name: str
    label: Any
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    default_sort: str = ""
    page_size: int = 50
    intro: Any = ""
    empty: Any = ""
    add: AddLink | None = None
    bulk: Bulk | None = None

    def __post_init__(self) -> None:
        _check(self)
        TABLES[self.name] = self

    @cached_property
    def sortable(self) -> dict[str, Column]:
        """The columns that can be sorted, by name."""
        return {column.name: column for column in self.columns if column.sort_fields}

    @property
    def screen_columns(self) -> list[Column]:
        """The columns of the page."""
        return [column for column in self.columns if column.on_screen]

    @property
    def export_columns(self) -> list[Column]:
        """The columns of an export."""
        return [column for column in self.columns if column.in_export]


def _check(table: Table) -> None:
    if table.name in TABLES:
        raise ValueError(f"two tables are called {table.name}")
    names = [column.name for column in table.columns]
    filters = [each.name for each in table.filters]
    if len(set(names)) < len(names) or len(set(filters)) < len(filters):
        raise ValueError(f"{table.name}: a column or filter stands in it twice")
    if taken := RESERVED & set(filters):
        raise ValueError(f"{table.name}: {', '.join(taken)} cannot be the name of a filter")
    if table.default_sort and table.default_sort.removeprefix("-") not in table.sortable:
        raise ValueError(f"{table.name}: cannot be sorted by {table.default_sort}")
