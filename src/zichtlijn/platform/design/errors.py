"""The pages for what goes wrong: each says what happened and what to do next."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from zichtlijn.platform.shortages import AGAIN_AFTER, Shortage, shortage_of


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be read; or the session could not be written, because the machine lacked something."""
    if shortage := shortage_of(exception):
        return _lacking(shortage)
    return render(request, "design/errors/400.html", status=400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not allowed."""
    return render(request, "design/errors/403.html", status=403)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing at this address, or nothing this user may see."""
    return render(request, "design/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 or 507 when the machine lacked something. Without context, because the fault may lie in the database.

    Django calls it while it handles the exception, wherever that was raised: in a view, or in a middleware around it.
    """
    if shortage := shortage_of(sys.exception()):
        return _lacking(shortage)
    return HttpResponseServerError(loader.get_template("design/errors/500.html").render())


def _lacking(shortage: Shortage) -> HttpResponse:
    page = HttpResponse(loader.get_template(f"design/errors/{shortage.value}.html").render(), status=shortage.value)
    if shortage == Shortage.DATABASE:
        page["Retry-After"] = str(AGAIN_AFTER)
    return page


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 because the form is too old or came from elsewhere."""
    return render(request, "design/errors/csrf.html", status=403)
