"""What every page needs to know about itself: theme, navigation, version, messages."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from zichtlijn.platform.accounts.access import is_outsider

from . import feedback, navigation
from .theming import chosen_theme


class Page:
    """The frame of one page; worked out only when the template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def theme(self) -> str:
        """``light``, ``dark`` or "" (as the device says)."""
        return chosen_theme(self.request)

    @cached_property
    def navigation(self) -> list[navigation.NavGroup]:
        """The main navigation for this user on this page."""
        return navigation.groups_for(getattr(self.request, "user", None), self.request.path)

    @property
    def searches(self) -> bool:
        """True when there is something for this user to search in."""
        user = getattr(self.request, "user", None)
        return bool(getattr(user, "is_authenticated", False)) and not is_outsider(user)

    @cached_property
    def notices(self) -> list[feedback.Notice]:
        """Messages to show once."""
        return feedback.notices(self.request)

    @property
    def theme_css(self) -> str:
        """A static file with the installation's own theme, or ""."""
        return str(getattr(settings, "ZICHTLIJN_THEME_CSS", ""))

    @property
    def theme_class(self) -> str:
        """The class that switches the installation's theme on, or ""."""
        return str(getattr(settings, "ZICHTLIJN_THEME_CLASS", ""))

    @property
    def demo(self) -> bool:
        """True when this installation shows demo data."""
        return bool(getattr(settings, "ZICHTLIJN_DEMO", False))

    @property
    def version(self) -> str:
        """The version of the product."""
        return str(getattr(settings, "ZICHTLIJN_VERSION", ""))


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame of the page as ``page_frame``."""
    return {"page_frame": Page(request)}
