"""Lists of case files: what leaves the page as a file or in print is read."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase

from zichtlijn.platform.accounts.access import is_outsider
from zichtlijn.platform.lists.selection import Selection
from zichtlijn.platform.lists.views import PRINTED_ROWS, ListView

from .models import Access, ReadingKind
from .opening import note_readings


class CasefileList(ListView):
    """A ``ListView`` whose exports and print view leave a reading of every restricted file, and of all that a partner
    takes along."""

    def _export(self, wanted: str, selection: Selection, rows: QuerySet[Any]) -> HttpResponseBase:
        if not selection.problems:
            self._note(rows)
        return super()._export(wanted, selection, rows)

    def _printed(self, selection: Selection, rows: QuerySet[Any], extra: dict[str, Any]) -> HttpResponse:
        # A query that was cut off cannot be narrowed any more.
        self._note(rows.model._default_manager.filter(pk__in=rows[:PRINTED_ROWS].values("pk")))
        return super()._printed(selection, rows, extra)

    def _note(self, rows: QuerySet[Any]) -> None:
        user = self.request.user
        read = rows if is_outsider(user) else rows.filter(access=Access.RESTRICTED)
        note_readings(user, read.order_by("pk"), kind=ReadingKind.EXPORT)
