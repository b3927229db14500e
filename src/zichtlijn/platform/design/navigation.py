"""The main navigation: a registry that apps fill in ``AppConfig.ready()``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from zichtlijn.platform.accounts.access import OUTSIDE

Predicate = Callable[[Any], bool]


def anyone(_user: Any) -> bool:
    """Everybody who is signed in."""
    return True


@dataclass(frozen=True)
class NavItem:
    """One entry. ``name`` and ``group`` may be lazy translations; ``visible`` gets the user.

    ``outside``: also for people from outside (organisations, partners), to whom most pages do not exist.
    """

    name: Any
    url_name: str
    order: int = 100
    group: Any = ""
    icon: str = "dot"
    permission: str = ""
    visible: Predicate = anyone
    outside: bool = False

    def shown_to(self, user: Any) -> bool:
        """True when the user may see the entry."""
        if getattr(user, "role", "") in OUTSIDE and not self.outside:
            return False
        allowed = not self.permission or user.has_perm(self.permission)
        return allowed and self.visible(user)


@dataclass(frozen=True)
class NavLink:
    """An entry as shown on one page: its address, and whether the page belongs to it."""

    name: Any
    url: str
    icon: str
    current: bool


@dataclass(frozen=True)
class NavGroup:
    """Entries under one heading; the heading of the first group is empty."""

    name: Any
    links: tuple[NavLink, ...]


@dataclass(frozen=True)
class PublicLink:
    """A page for people without an account, named on the page where others sign in."""

    name: Any
    url_name: str

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.url_name)


_items: dict[str, NavItem] = {}
_public: dict[str, PublicLink] = {}


def register(*items: NavItem) -> None:
    """Add entries; an entry with the same ``url_name`` replaces the earlier one."""
    for item in items:
        _items[item.url_name] = item


def register_public(link: PublicLink) -> None:
    """Name a page for people without an account on the sign-in page."""
    _public[link.url_name] = link


def public_links() -> list[PublicLink]:
    """All of them, in the order in which they were registered."""
    return list(_public.values())


def items_for(user: Any) -> list[NavItem]:
    """The entries the user may see, in order. Nobody who is not signed in sees any."""
    if not getattr(user, "is_authenticated", False):
        return []
    ordered = sorted(_items.values(), key=lambda item: (item.order, item.url_name))
    return [item for item in ordered if item.shown_to(user)]


def groups_for(user: Any, path: str) -> list[NavGroup]:
    """The navigation of the page at ``path``; groups stand in the order of their first entry."""
    addressed = list(_with_address(items_for(user)))
    current = _longest_prefix((url for _, url in addressed), path)
    groups: dict[str, tuple[Any, list[NavLink]]] = {}
    for item, url in addressed:
        link = NavLink(item.name, url, item.icon, url == current)
        groups.setdefault(str(item.group), (item.group, []))[1].append(link)
    return [NavGroup(name, tuple(links)) for name, links in groups.values()]


def _with_address(items: Iterable[NavItem]) -> Iterable[tuple[NavItem, str]]:
    for item in items:
        try:
            yield item, reverse(item.url_name)
        except NoReverseMatch:
            continue  # an installation may leave an app out of its addresses


def _longest_prefix(urls: Iterable[str], path: str) -> str:
    """The address the page lies under; the start page only matches itself."""
    matches = [url for url in urls if path == url or (url.count("/") > 1 and path.startswith(url))]
    return max(matches, key=len, default="")
