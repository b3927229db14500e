"""The frame of a page: header, breadcrumbs, tabs, icons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.template import Context, Library
from django.utils.safestring import SafeString, mark_safe

from zichtlijn.platform.design import icons

from .rendering import component, small_component

register = Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One of our icons; ``label`` when it stands alone and carries meaning."""
    return icons.draw(name, label)


@register.simple_tag
def word_mark() -> SafeString:
    """The sign of Zichtlijn: an observer, a line, and what is seen."""
    return small_component("word_mark")


@register.simple_tag
def breadcrumbs(*steps: Any) -> SafeString:
    """The way to this page: ``label url label url … label``; the last label is the page itself.

    One argument that is a list of ``(label, url)`` pairs works too; a pair without url is the page itself.
    """
    if len(steps) == 1 and not isinstance(steps[0], str):
        crumbs = [(label, url) for label, url in steps[0]]
    else:
        crumbs = [(steps[i], steps[i + 1] if i + 1 < len(steps) else "") for i in range(0, len(steps), 2)]
    return component("breadcrumbs", crumbs=crumbs)


@register.simple_tag(takes_context=True)
def tabs(context: Context, items: Iterable[Any], label: str) -> SafeString:
    """Links to the parts of a page, this one marked. ``items``: ``(name, url)`` or ``(name, url, count)``."""
    path = context["request"].get_full_path() if "request" in context else ""
    plain = path.split("?")[0]
    entries = [(*item, None)[:3] for item in items]
    exact = any(url == path for _, url, _ in entries)
    links = [
        {"name": name, "url": url, "count": count, "current": url == path if exact else url == plain}
        for name, url, count in entries
    ]
    return component("tabs", links=links, label=label)


@register.simple_block_tag
def page_header(
    content: str, title: Any, *, kind: Any = "", lead: Any = "", status: Any = "", tone: str = "neutral"
) -> str:
    """The h1 with what kind of thing it is above it, a lead below it and the actions of the page (the content)."""
    return component(
        "page_header", title=title, kind=kind, lead=lead, status=status, tone=tone, actions=mark_safe(content.strip())
    )
