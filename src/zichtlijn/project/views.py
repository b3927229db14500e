"""The pages that belong to no app: start, health, language."""

from __future__ import annotations

import sys
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.i18n import set_language

from zichtlijn.platform.accounts.access import is_outsider
from zichtlijn.platform.accounts.middleware import outside, public
from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.api.describing import ROOT as API_ROOT
from zichtlijn.platform.api.operations import with_headers
from zichtlijn.platform.api.problems import problem_of, response_to
from zichtlijn.platform.design import errors
from zichtlijn.supervision.programme.queries import overview

from . import start as queries


@outside
def start(request: HttpRequest) -> HttpResponse:
    """What is this, what is mine, what changed; people from outside go to a page of their own."""
    if is_outsider(request.user):
        return redirect(_page_of_outsider(request.user))
    programme = queries.newest_programme(request.user)
    context = {
        "programme": programme,
        "overview": overview(programme, request.user) if programme else None,
        "stages": queries.line_stages(request.user),
        "tasks": queries.tasks_of(request.user),
        "changes": queries.recent_changes(request.user),
    }
    return render(request, "project/start.html", context)


def _page_of_outsider(user: Any) -> str:
    """An organisation goes to its notifications, a partner to the files that were shared with it."""
    try:
        return reverse("signals:portal" if user.has_role(Role.ORGANISATION) else "signals:incident-list")
    except NoReverseMatch:  # an installation may leave an app out of its addresses
        return reverse("accounts:profile")


@public
def health(_request: HttpRequest) -> JsonResponse:
    """200 when the database answers; for the one who watches the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


choose_language = public(set_language)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """What went wrong outside every view: for the API as a problem, otherwise as a page."""
    error = sys.exception()
    if isinstance(error, Exception) and request.path.startswith(f"{API_ROOT}/"):
        return with_headers(response_to(problem_of(error)))
    return errors.server_error(request)
