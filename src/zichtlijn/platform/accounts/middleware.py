"""Every page asks for a sign-in unless it says that it is public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

PUBLIC = "zichtlijn_public"


def public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view as open to people who are not signed in."""
    setattr(view, PUBLIC, True)
    return view


class SignedInOnly:
    """Closed by default: a view that was not marked ``public`` sends a stranger to the sign-in page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            # After signing out nobody reads on with the back button.
            response["Cache-Control"] = "no-store, private"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Let signed-in people and public views through."""
        open_view = getattr(view, PUBLIC, False) or getattr(view, "view_class", None) in OPEN_CLASSES
        if open_view or request.user.is_authenticated:
            return None
        return redirect_to_login(request.get_full_path())


OPEN_CLASSES: set[type] = set()
