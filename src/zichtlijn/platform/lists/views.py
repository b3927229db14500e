"""The view of a list, and what a user does with saved filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from zichtlijn.platform.design.tables import Column as DesignColumn

from .columns import Column
from .downloads import csv_response, xlsx_response
from .exports import TooManyRowsError
from .models import SavedFilter
from .selection import Selection
from .tables import Bulk, Table

PRINTED_ROWS = 2_000
FORMATS = (("xlsx", gettext_lazy("Excel (XLSX)")), ("csv", gettext_lazy("CSV")), ("print", gettext_lazy("Print view")))


class Line(list[tuple[Column, str]]):
    """The cells of a row, with the key and the name by which it is chosen."""

    def __init__(self, cells: Iterable[tuple[Column, str]], key: Any, label: str) -> None:
        super().__init__(cells)
        self.key, self.label = key, label


class ListView(View):
    """A list page: ``ListView.as_view(table=ACTIVITIES, rows=activities_for)``.

    ``rows(user, **address_arguments)`` gives the rows the user may see, with ``select_related`` and
    ``prefetch_related`` for what the columns read. ``context(request, **address_arguments)`` may add to the context.
    In a subclass, wrap a function in ``staticmethod``.
    """

    # ``as_view`` only takes names that the class has.
    table: Table = None  # type: ignore[assignment]
    rows: Callable[..., models.QuerySet[Any]] | None = None
    context: Callable[..., dict[str, Any]] | None = None
    template_name = "lists/list.html"

    def get(self, request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        """The page, or the same rows as file or print view when ``format`` asks for it."""
        if self.table is None or self.rows is None:
            raise TypeError("a ListView needs a table and rows")
        selection = Selection(self.table, request.GET, request.user)
        rows = selection.narrow(self.rows(request.user, **arguments))
        extra = self.context(request, **arguments) if self.context else {}
        wanted = request.GET.get("format", "")
        if wanted in ("csv", "xlsx"):
            return self._export(wanted, selection, rows)
        if wanted == "print":
            return self._printed(selection, rows, extra)
        return self._page(selection, rows, extra)

    def _page(self, selection: Selection, rows: models.QuerySet[Any], extra: dict[str, Any]) -> HttpResponse:
        page = selection.read_page(rows)
        kept = selection.query(page="")
        context = {
            **self._frame(selection, list(page)),
            "columns": [_heading(column) for column in self.table.screen_columns],
            "page": page,
            "saved_filters": SavedFilter.objects.visible_to(self.request.user).filter(list_name=self.table.name),
            "first_address": f"?{kept}",
            "kept_query": kept,
            "formats": [(label, f"?{kept}&format={name}" if kept else f"?format={name}") for name, label in FORMATS],
            "add": self._add_link(),
            "bulk": self._bulk(),
        }
        return render(self.request, self.template_name, context | extra)

    def _printed(self, selection: Selection, rows: models.QuerySet[Any], extra: dict[str, Any]) -> HttpResponse:
        found = list(rows[: PRINTED_ROWS + 1])
        context = {
            **self._frame(selection, found[:PRINTED_ROWS]),
            "columns": [DesignColumn(each.label, numeric=each.numeric) for each in self.table.screen_columns],
            "cut_at": PRINTED_ROWS if len(found) > PRINTED_ROWS else None,
            "printed_at": timezone.now(),
            "back_address": f"{self.request.path}?{selection.query(page='')}",
        }
        return render(self.request, "lists/print.html", context | extra)

    def _frame(self, selection: Selection, rows: list[Any]) -> dict[str, Any]:
        columns = self.table.screen_columns
        return {
            "table": self.table,
            "selection": selection,
            "chips": selection.chips(),
            "lines": [
                Line(((column, column.on_page(row)) for column in columns), row.pk, self._label(row)) for row in rows
            ],
        }

    def _label(self, row: Any) -> str:
        return self.table.bulk.label(row) if self.table.bulk else ""

    def _bulk(self) -> Bulk | None:
        bulk = self.table.bulk
        return bulk if bulk and self.request.user.has_perm(bulk.permission) else None

    def _export(self, wanted: str, selection: Selection, rows: models.QuerySet[Any]) -> HttpResponseBase:
        if selection.problems:
            # A file must not silently hold more than was asked for.
            return self._page(selection, rows, {"refused_export": True})
        answer = csv_response if wanted == "csv" else xlsx_response
        try:
            return answer(self.table, rows)
        except TooManyRowsError as error:
            messages.error(
                self.request,
                _("This list has more than %(rows)s rows, too many for an Excel file. Export it as CSV, or filter it.")
                % {"rows": error.args[0]},
            )
            return redirect(f"{self.request.path}?{selection.query()}")

    def _add_link(self) -> dict[str, Any] | None:
        add = self.table.add
        if add is None or not self.request.user.has_perm(add.permission):
            return None
        return {"label": add.label, "address": add.address()}


def _heading(column: Column) -> DesignColumn:
    return DesignColumn(column.label, sort=column.name if column.sort_fields else "", numeric=column.numeric)
