"""What an address asks of a list: filters, order and page, each checked before it touches the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.db.models import F
from django.http import QueryDict
from django.utils.translation import gettext as _

from zichtlijn.platform.design.paging import OpenPage, open_page
from zichtlijn.platform.numbers import whole_number

from .filters import Chip, can_be_empty
from .tables import Table

DEEPEST_ROW = 10_000


@dataclass(frozen=True)
class ActiveFilter:
    """A chip on the page: what is filtered, and the address without it."""

    text: str
    without: str


class Selection:
    """Filters, order and page as asked in the address.

    What cannot be understood is left out and named in ``problems`` (sentences for the reader); nothing raises.
    """

    def __init__(self, table: Table, asked: QueryDict, user: Any) -> None:
        self.table = table
        self.asked = asked
        self.problems: list[str] = []
        self.form = self._read_filters(user)
        self.sort = self._read_sort()
        self.page = self._read_page()

    def _read_filters(self, user: Any) -> forms.Form:
        form = forms.Form(self.asked)
        for each in self.table.filters:
            form.fields.update(each.fields(user))
        for name, errors in form.errors.items():
            label = form.fields[name].label
            self.problems += [
                _("%(filter)s is not applied: %(problem)s") % {"filter": label, "problem": e} for e in errors
            ]
        self.values = {**form.cleaned_data, "user": user}
        return form

    def _read_sort(self) -> str:
        asked = self.asked.get("sort", "")
        if not asked or asked.removeprefix("-") in self.table.sortable:
            return asked or self.table.default_sort
        self.problems.append(_("This list cannot be sorted by “%(column)s”.") % {"column": asked[:50]})
        return self.table.default_sort

    def _read_page(self) -> int:
        asked = self.asked.get("page", "") or "1"
        page = whole_number(asked, 9)
        if not page:
            self.problems.append(_("“%(page)s” is not a page number; this is the first page.") % {"page": asked[:50]})
            return 1
        if page * self.table.page_size > DEEPEST_ROW:
            self.problems.append(
                _("You can page through the first %(rows)s rows; narrow the list with a filter, or export it.")
                % {"rows": DEEPEST_ROW}
            )
            return DEEPEST_ROW // self.table.page_size
        return page

    def narrow(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The rows that pass the filters, in a stable order: the key decides between equals."""
        for each in self.table.filters:
            rows = each.narrow(rows, self.values)
        return rows.order_by(*self._order(rows.model))

    def _order(self, model: type[models.Model]) -> list[Any]:
        column = self.table.sortable.get(self.sort.removeprefix("-"))
        if column is None:
            return ["pk"]
        backwards = self.sort.startswith("-")
        fields = [_by_field(model, name, backwards=backwards) for name in column.sort_fields]
        return [*fields, "-pk" if backwards else "pk"]

    def read_page(self, rows: models.QuerySet[Any]) -> OpenPage:
        """The asked page of the narrowed rows, in one query and without a count."""
        return open_page(rows, self.page, self.table.page_size)

    def query(self, **changes: str) -> str:
        """The address part after ``?`` with only what this list knows; an empty change takes a parameter out."""
        return self._known(drop=None, changes=changes).urlencode()

    def chips(self) -> list[ActiveFilter]:
        """The filters in use, each with the address that removes it."""
        return [
            ActiveFilter(chip.text, self._known(drop=chip, changes={"page": ""}).urlencode()) for chip in self._chips()
        ]

    def _chips(self) -> list[Chip]:
        return [chip for each in self.table.filters for chip in each.chips(self.values)]

    def _known(self, *, drop: Chip | None, changes: dict[str, str]) -> QueryDict:
        kept = QueryDict(mutable=True)
        for name in (*self.form.fields, "sort", "page"):
            values = [value for value in self.asked.getlist(name) if value]
            if drop and drop.parameter == name:
                values = [value for value in values if drop.value is not None and value != drop.value]
            if name in changes:
                values = [changes[name]] if changes[name] else []
            if values:
                kept.setlist(name, values)
        return kept


def _by_field(model: type[models.Model], name: str, *, backwards: bool) -> Any:
    """How to sort by a field: empty values last, in both directions and on both engines.

    A field that is never empty is asked for without that, because no index serves it.
    """
    last = True if can_be_empty(model, name) else None
    return F(name).desc(nulls_last=last) if backwards else F(name).asc(nulls_last=last)
