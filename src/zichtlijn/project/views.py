"""The pages that belong to no app: start, health, language."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.i18n import set_language

from zichtlijn.platform.accounts.middleware import public
from zichtlijn.supervision.programme.queries import overview

from . import start as queries


def start(request: HttpRequest) -> HttpResponse:
    """What is this, what is mine, what changed."""
    programme = queries.newest_programme(request.user)
    context = {
        "programme": programme,
        "overview": overview(programme, request.user) if programme else None,
        "stages": queries.line_stages(request.user),
        "tasks": queries.tasks_of(request.user),
        "changes": queries.recent_changes(request.user),
    }
    return render(request, "project/start.html", context)


@public
def health(_request: HttpRequest) -> JsonResponse:
    """200 when the database answers; for the one who watches the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


choose_language = public(set_language)
