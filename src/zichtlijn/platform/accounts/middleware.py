"""Every page asks for a sign-in unless it says that it is public, and is for people of the inspectorate only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from zichtlijn.platform.remembering import remembering

from .access import is_outsider

PUBLIC = "zichtlijn_public"
OUTSIDE = "zichtlijn_outside"


def public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view as open to people who are not signed in."""
    setattr(view, PUBLIC, True)
    return view


def outside(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view as open to signed-in people from outside (organisations, partners) as well.

    The view itself shows only what ``visible_to`` gives them.
    """
    setattr(view, OUTSIDE, True)
    return view


class SignedInOnly:
    """Closed by default: a view that was not marked ``public`` sends a stranger to the sign-in page.

    For people from outside a view that is not marked ``outside`` either does not exist.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with remembering(request.method):
            response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            # After signing out nobody reads on with the back button.
            response["Cache-Control"] = "no-store, private"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Let people of the inspectorate, marked views for others, and public views through."""
        if getattr(view, PUBLIC, False) or getattr(view, "view_class", None) in OPEN_CLASSES:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if is_outsider(request.user) and not getattr(view, OUTSIDE, False):
            raise Http404
        return None


OPEN_CLASSES: set[type] = set()
