"""What every page needs to know about itself: theme, navigation, version, messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from zichtlijn.platform.accounts.access import is_outsider

from . import feedback, navigation
from .theming import chosen_theme

_in_head: dict[str, Callable[[Any], int]] = {}


def count_in_head(url_name: str, count: Callable[[Any], int]) -> None:
    """Show in the head of every page how many things wait for the user at an address, such as unread notices."""
    _in_head[url_name] = count


@dataclass(frozen=True)
class Waiting:
    """How many things wait for the user, and where."""

    url: str
    number: int


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
    def waiting(self) -> list[Waiting]:
        """What waits for the user, by the counts that apps gave."""
        user = getattr(self.request, "user", None)
        return list(self._counted(user)) if getattr(user, "is_authenticated", False) else []

    def _counted(self, user: Any) -> Iterator[Waiting]:
        for url_name, count in _in_head.items():
            try:
                yield Waiting(reverse(url_name), count(user))
            except NoReverseMatch:
                continue  # an installation may leave an app out of its addresses

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
