"""Tables: columns with sort links, and cells that name their column when a phone stacks them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.DOTALL | re.IGNORECASE)
_OPENING = re.compile(r"<(tr|td|th)\b([^>]*)>", re.IGNORECASE)
_ROLES = {"tr": "row", "td": "cell", "th": "rowheader"}


@dataclass(frozen=True)
class Column:
    """One column. ``sort`` is the value of ``?sort=`` that sorts by it; "" when it cannot be sorted."""

    label: Any
    sort: str = ""
    numeric: bool = False
    label_hidden: bool = False


@dataclass(frozen=True)
class Heading:
    """A column head on one page: where its sort link leads, and how the table is sorted by it now."""

    column: Column
    url: str = ""
    direction: str = ""

    @property
    def aria_sort(self) -> str:
        """The value of ``aria-sort``; "" for columns that cannot be sorted."""
        return self.direction or ("none" if self.url else "")


def columns_from(given: str | Iterable[Any]) -> list[Column]:
    """Columns from ``Column`` objects, plain labels, or one text with ``|`` between the labels."""
    parts = given.split("|") if isinstance(given, str) else given
    return [part if isinstance(part, Column) else Column(part) for part in parts]


def headings(columns: Sequence[Column], query: QueryDict, default_sort: str = "") -> list[Heading]:
    """The column heads; a second click on a head turns the order round, and paging starts anew."""
    current = query.get("sort") or default_sort
    return [_heading(column, query, current) for column in columns]


def label_cells(rows: str, labels: Sequence[Any]) -> SafeString:
    """Add ``data-label`` and roles to the cells of rendered rows, so that stacked cells keep their meaning.

    ``rows`` is markup from a template, in which text of users is already escaped; tables inside cells are not allowed.
    """
    return mark_safe(_ROW.sub(lambda row: _label_row(row.group(), labels), rows))


def _heading(column: Column, query: QueryDict, current: str) -> Heading:
    if not column.sort:
        return Heading(column)
    direction = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(current, "")
    address = query.copy()
    address.pop("page", None)
    address["sort"] = f"-{column.sort}" if direction == "ascending" else column.sort
    return Heading(column, f"?{address.urlencode()}", direction)


def _label_row(row: str, labels: Sequence[Any]) -> str:
    waiting = iter(labels)

    def annotate(match: re.Match[str]) -> str:
        tag, attributes = match.group(1).lower(), match.group(2)
        added = "" if "role=" in attributes else f' role="{_ROLES[tag]}"'
        if tag != "tr":
            label = str(next(waiting, ""))
            if label and "data-label" not in attributes and "colspan" not in attributes:
                added += f' data-label="{escape(label)}"'
        return f"<{tag}{attributes}{added}>"

    return _OPENING.sub(annotate, row)
