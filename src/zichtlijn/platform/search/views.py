"""The search page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zichtlijn.platform.numbers import whole_number

from . import queries
from .asking import LONGEST_QUERY, understand

DEEPEST_PAGE = 500


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Search in everything the user may see: ``q``, ``type`` (``app.model``) and ``page``."""
    asked = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    question = understand(asked)
    kind, problem = _kind(request.GET.get("type", ""))
    kinds = queries.counts(request.user, question)
    context = {
        "asked": asked,
        "question": question,
        "kind": kind,
        "kinds": _tabs(asked, kinds),
        "total": sum(each.count for each in kinds),
        "page": queries.find(request.user, question, kind=kind, page=_page(request.GET.get("page", ""))),
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


def _tabs(asked: str, kinds: list[queries.KindCount]) -> list[tuple[Any, str, int]]:
    page = reverse("search")
    everything = (_("All"), f"{page}?{urlencode({'q': asked})}", sum(each.count for each in kinds))
    per_kind = ((each.name, f"{page}?{urlencode({'q': asked, 'type': each.label})}", each.count) for each in kinds)
    return [everything, *per_kind]
