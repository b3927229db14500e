"""Pages that refuse, made once for each session and each reason: two thirds of all answers are such pages.

They are made by the product itself, and looked at like any other answer. What they could say of a thing they can only
have from the exception, which is part of what they are kept by. They hold the address that was asked, to come back to;
that is left out, so that one does not mention what another one asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_callable
from django.utils.html import escape

from zichtlijn.project import urls

HANDLERS = ("handler400", "handler403", "handler404")


def make_once(monkeypatch: Any) -> None:
    """Let the address configuration of the product use remembered pages of refusal until the test ends."""
    for name in HANDLERS:
        monkeypatch.setattr(urls, name, _remembered(get_callable(getattr(urls, name))))


def _remembered(handler: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    kept: dict[tuple[Any, ...], HttpResponse] = {}

    def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        session = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        reason = (session, getattr(request, "LANGUAGE_CODE", ""), type(exception), str(exception))
        if reason not in kept:
            made = handler(request, exception=exception)
            for address in (request.get_full_path(), request.path):
                for written in (escape(address), quote(address, safe="")):
                    made.content = made.content.replace(written.encode(), b"")
            kept[reason] = made
        made = kept[reason]
        return HttpResponse(made.content, status=made.status_code, content_type=made["Content-Type"])

    return refused
