"""The line of sight of one object on a page of its own."""

from __future__ import annotations

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zichtlijn.platform.casefiles.opening import open_record

from .outline import outline
from .picture import draw
from .sight import line_of_sight


def sight(request: HttpRequest, label: str, pk: str) -> HttpResponse:
    """Drawing and list. 404 for what is not in the line, does not exist or may not be seen."""
    try:
        record = open_record(request.user, apps.get_model(label), pk=pk)
    except (LookupError, AttributeError, ValueError, TypeError):
        raise Http404 from None
    found = line_of_sight(record, request.user)
    if found is None:
        raise Http404
    return render(request, "trace/sight.html", {"record": record, "drawing": draw(found), "outline": outline(found)})
