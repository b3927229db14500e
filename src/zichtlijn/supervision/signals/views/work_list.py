"""The work list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from zichtlijn.platform.casefiles.listing import CasefileList

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
