"""The search page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zichtlijn.platform.numbers import Capped, whole_number

from . import queries
from .asking import LONGEST_QUERY, understand

DEEPEST_PAGE = 500


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Search in everything the user may see: ``q``, ``type`` (``app.model``) and ``page``."""
    asked = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    question = understand(asked)
    kind, problem = _kind(request.GET.get("type", ""))
    found = queries.candidates(request.user, question)
    kinds = queries.counts(request.user, question, among=found)
    total = _total(kinds)
    context = {
        "asked": asked,
        "question": question,
        "kind": kind,
        "kinds": _tabs(asked, kinds),
        "total": total.number,
        "total_shown": str(total),
        "page": queries.find(request.user, question, kind=kind, page=_page(request.GET.get("page", "")), among=found),
        "problem": problem,
        "all_address": f"?{urlencode({'q': asked})}",
    }
    return render(request, "search/results.html", context)


def _kind(asked: str) -> tuple[str, str]:
    if not asked or queries.is_kind(asked):
        return asked, ""
    return "", _("There is no type “%(type)s”; all types are shown.") % {"type": asked[:50]}


def _page(asked: str) -> int:
    return min(whole_number(asked, 5) or 1, DEEPEST_PAGE)


def _tabs(asked: str, kinds: list[queries.KindCount]) -> list[tuple[Any, str, Capped]]:
    page = reverse("search")
    everything = (_("All"), f"{page}?{urlencode({'q': asked})}", _total(kinds))
    per_kind = ((each.name, f"{page}?{urlencode({'q': asked, 'type': each.label})}", each.shown) for each in kinds)
    return [everything, *per_kind]


def _total(kinds: list[queries.KindCount]) -> Capped:
    return Capped(sum(each.count for each in kinds), any(each.is_more for each in kinds))
