"""Light, dark or as the device says: a choice kept in a cookie, so that the server sends the right page at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

COOKIE = "zichtlijn_theme"
THEMES = ("light", "dark")
A_YEAR = 365 * 24 * 3600


def chosen_theme(request: HttpRequest) -> str:
    """``light`` or ``dark``; "" when the user leaves it to the device."""
    value = request.COOKIES.get(COOKIE, "")
    return value if value in THEMES else ""


def keep_theme(response: HttpResponse, theme: str, *, secure: bool) -> None:
    """Remember the choice; anything but a known theme forgets it."""
    if theme in THEMES:
        response.set_cookie(COOKIE, theme, max_age=A_YEAR, httponly=True, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
