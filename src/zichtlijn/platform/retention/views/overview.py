"""What is due, and how the figures of a year add up with what was destroyed."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.design.paging import open_page
from zichtlijn.platform.design.tables import Column
from zichtlijn.platform.numbers import MOST_COUNTED, Capped

from ..actions.listing import MOST_LINES, make_list
from ..due import due_of
from ..forms import NewListForm
from ..models import DestructionList, Tally
from ..registry import STOPS, Kept, Swept, kind_named, kinds, listed_kinds, outcome_in_words
from ..rules import Rulebook
from ..transitions import RUNNING
from .answering import answer, require, show, tabs

PER_PAGE = 100
KINDS = [
    Column(gettext_lazy("Kind")),
    Column(gettext_lazy("Can go now"), numeric=True),
    Column(gettext_lazy("Stopped"), numeric=True),
    Column(gettext_lazy("Counted from")),
]
FIGURES = [
    Column(gettext_lazy("Year")),
    Column(gettext_lazy("Sort")),
    Column(gettext_lazy("Outcome")),
    Column(gettext_lazy("There now"), numeric=True),
    Column(gettext_lazy("Destroyed"), numeric=True),
    Column(gettext_lazy("Together"), numeric=True),
]


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponseBase:
    """Of each kind how much is due and how much of that is stopped; who may, makes a list of it."""
    require(request, "retention.see")
    if request.method == "POST":
        require(request, "retention.make_list")
    book = Rulebook()
    counted = [_counted(kept, book) for kept in listed_kinds()]
    due = {row["kept"].kind: row["due"] for row in counted if row["due"].number}
    form = NewListForm(request.POST if request.method == "POST" else None, due=due)

    def act(sent: Any) -> DestructionList:
        made = make_list(actor=request.user, kinds=[kept.kind for kept in sent.cleaned_data["kinds"]])
        tell(request, _("The list is there. Look it through, and offer it for review."))
        return made

    context = {
        "tabs": tabs(),
        "rows": counted,
        "swept": [kept for kept in kinds() if isinstance(kept, Swept)],
        "any_due": bool(due),
        "may_make": request.user.has_perm("retention.make_list"),
        "running": DestructionList.objects.visible_to(request.user).filter(state__in=RUNNING),
        "most": MOST_LINES,
        "columns": KINDS,
    }
    return answer(request, form, act, "overview", **context)


def _counted(kept: Kept, book: Rulebook) -> dict[str, Any]:
    """Counted as far as a thousand: a million that is due takes as long."""
    found = list(islice(due_of(kept, book=book), MOST_COUNTED + 1))
    is_more = len(found) > MOST_COUNTED
    stopped = sum(1 for each in found[:MOST_COUNTED] if each.stopped_by)
    due = min(len(found), MOST_COUNTED) - stopped
    return {"kept": kept, "due": Capped(due, is_more), "stopped": Capped(stopped, is_more)}


@require_safe
def due(request: HttpRequest, kind: str) -> HttpResponse:
    """What of one kind is due, with its rule, and why something cannot go all the same."""
    require(request, "retention.see")
    kept = kind_named(kind)
    if kept is None or isinstance(kept, Swept):
        raise Http404
    page = open_page(_Rows(kept), request.GET.get("page"), PER_PAGE)
    addresses = kept.openable(request.user, [each.item.key for each in page])
    rows = [
        {
            "due": each,
            "url": addresses.get(each.item.key, ""),
            "outcome": outcome_in_words(kept, each.item.outcome),
            "stopped": STOPS.get(each.stopped_by, each.stopped_by),
        }
        for each in page
    ]
    return show(request, "due", kept=kept, page=page, rows=rows)


class _Rows:
    """What is due, asked for a page at a time."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def __getitem__(self, window: slice) -> Any:
        return islice(due_of(self._kept), window.start, window.stop)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Per year, sort and outcome: what is there, what was destroyed, and the two together."""
    require(request, "retention.see")
    wanted = request.GET.get("year", "")
    tables = [(kept, rows) for kept in listed_kinds() if (rows := _figures(kept, wanted))]
    return show(request, "figures", tabs=tabs(), tables=tables, columns=FIGURES)


def _figures(kept: Kept, wanted: str) -> list[dict[str, Any]]:
    here: dict[tuple[int, str, str], int] = defaultdict(int)
    gone: dict[tuple[int, str, str], int] = defaultdict(int)
    for counted in kept.figures():
        here[counted.year, counted.sort, counted.outcome] += counted.number
    for row in Tally.objects.filter(kind=kept.kind):
        gone[row.year, row.sort, row.outcome] += row.number
    keys = sorted({*here, *gone}, key=lambda key: (-key[0], key[1], key[2]))
    return [
        {
            "year": year,
            "sort": kept.words_of_sort(sort),
            "outcome": outcome_in_words(kept, outcome) if outcome else "",
            "here": here[year, sort, outcome],
            "gone": gone[year, sort, outcome],
            "together": here[year, sort, outcome] + gone[year, sort, outcome],
        }
        for year, sort, outcome in keys
        if not wanted or str(year) == wanted
    ]
