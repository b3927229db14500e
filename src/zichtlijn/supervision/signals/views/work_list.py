"""The work list."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from zichtlijn.platform.casefiles.models import Access, ReadingKind
from zichtlijn.platform.casefiles.opening import note_readings
from zichtlijn.platform.lists.selection import Selection
from zichtlijn.platform.lists.views import PRINTED_ROWS, ListView

from ..queries.signal import rows_for
from ..tables import SIGNALS
from .answering import require


def tabs(request: HttpRequest, **_arguments: Any) -> dict[str, Any]:
    """The tabs above the list."""
    address = reverse("signals:work-list")
    names = {"mine": _("Mine"), "team": _("My team's"), "unassigned": _("Unassigned"), "": _("Open"), "all": _("All")}
    whose = request.GET.get("whose", "")
    return {
        "tabs": [
            {"name": name, "url": f"{address}?whose={code}" if code else address, "current": code == whose}
            for code, name in names.items()
        ]
    }


class CasefileList(ListView):
    """A list of case files: what leaves the page as a file or print leaves a reading of every restricted one."""

    def _export(self, wanted: str, selection: Selection, rows: QuerySet[Any]) -> HttpResponseBase:
        if not selection.problems:
            self._note(rows)
        return super()._export(wanted, selection, rows)

    def _printed(self, selection: Selection, rows: QuerySet[Any], extra: dict[str, Any]) -> HttpResponse:
        self._note(rows[:PRINTED_ROWS])
        return super()._printed(selection, rows, extra)

    def _note(self, rows: QuerySet[Any]) -> None:
        restricted = self.table_rows(rows).filter(access=Access.RESTRICTED)
        note_readings(self.request.user, restricted, kind=ReadingKind.EXPORT)

    @staticmethod
    def table_rows(rows: QuerySet[Any]) -> QuerySet[Any]:
        """The same rows, also when they were cut off, so that they can be narrowed."""
        return rows.model._default_manager.filter(pk__in=rows.values("pk")) if rows.query.is_sliced else rows


class WorkList(CasefileList):
    """Everything that came in, by whose work it is."""

    table = SIGNALS
    template_name = "signals/work/list.html"
    rows = staticmethod(rows_for)
    context = staticmethod(tabs)

    def get(self, request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        """Staff only: a reader and people from outside have no work list."""
        require(request, "signals.see_list")
        return super().get(request, **arguments)
