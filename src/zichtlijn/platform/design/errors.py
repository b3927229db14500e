"""The pages for what goes wrong: each says what happened and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be read."""
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
    """500: without context, because the fault may lie in the session, the user or the database."""
    return HttpResponseServerError(loader.get_template("design/errors/500.html").render())


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 because the form is too old or came from elsewhere."""
    return render(request, "design/errors/csrf.html", status=403)
