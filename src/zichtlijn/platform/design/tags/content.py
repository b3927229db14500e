"""Components that show something: alerts, cards, badges, lists, figures, quotes, history, outlines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.template import Library
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from zichtlijn.platform.design.passages import marked_parts

from .rendering import component, known_tone, small_component

register = Library()
NUMBERS = (int, float, Decimal)
_ALERTS = {"info": "info", "neutral": "info", "positive": "ok", "warning": "warning", "negative": "error"}


@register.simple_block_tag
def alert(
    content: str, tone: str = "info", *, title: Any = "", role: str = "", dismissible: bool = False
) -> SafeString:
    """A message in the page. ``role``: "alert" or "status" when it appears while the user is looking."""
    kind = _ALERTS[known_tone(tone)]
    return component(
        "alert", content=mark_safe(content), tone=tone, kind=kind, title=title, role=role, dismissible=dismissible
    )


@register.simple_block_tag
def card(content: str, title: Any = "", url: str = "", *, level: int = 2, icon: str = "", meta: Any = "") -> SafeString:
    """A part of a page on its own ground; ``url`` makes the heading a link."""
    return component("card", content=mark_safe(content), title=title, url=url, level=level, icon=icon, meta=meta)


@register.simple_tag
def status(label: Any, tone: str = "neutral") -> SafeString:
    """A badge: icon, words and colour, never colour alone."""
    return small_component("status", label=label, tone=known_tone(tone))


@register.simple_tag
def data_list(pairs: Iterable[tuple[Any, Any]]) -> SafeString:
    """Labels with their values; an empty value shows a dash."""
    return component("data_list", pairs=[(label, "" if value is None else value) for label, value in pairs])


@register.simple_block_tag
def definitions(content: str) -> SafeString:
    """A data list whose values are markup: ``{% definition %}`` inside."""
    return format_html('<dl class="utrecht-data-list utrecht-data-list--rows zl-data">{}</dl>', mark_safe(content))


@register.simple_block_tag
def definition(content: str, label: Any) -> SafeString:
    """One label and its value inside ``{% definitions %}``."""
    return component("definition", label=label, content=mark_safe(content.strip()))


@register.simple_tag
def empty_state(title: Any, text: Any = "", action: Any = "", url: str = "", *, icon: str = "inbox") -> SafeString:
    """What to say and what can be done when there is nothing yet."""
    return component("empty_state", title=title, text=text, action=action, url=url, icon=icon)


@register.simple_tag
def key_figure(value: Any, label: Any, unit: Any = "", *, note: Any = "", url: str = "") -> SafeString:
    """One number that matters, with its unit and where it leads."""
    shown = formats.number_format(value, force_grouping=True) if isinstance(value, NUMBERS) else value
    return component("key_figure", value=shown, label=label, unit=unit, note=note, url=url)


@register.simple_tag
def quote(
    text: str,
    start: int | None = None,
    end: int | None = None,
    *,
    source: Any = "",
    page: Any = "",
    url: str = "",
    spans: Iterable[tuple[int, int]] = (),
) -> SafeString:
    """A passage with the cited words marked (``start``, ``end`` or several ``spans``) and where it comes from."""
    cited = [(start, end)] if start is not None and end is not None else list(spans)
    return component("quote", parts=marked_parts(str(text), cited), source=source, page=page, url=url)


@register.simple_tag
def timeline(entries: Iterable[Any], label: Any = "") -> SafeString:
    """History: ``zichtlijn.platform.design.timeline.Entry`` objects, newest first."""
    return component("timeline", entries=list(entries), label=label)


@register.simple_tag
def outline(nodes: Iterable[Any], label: Any) -> SafeString:
    """Things under things: ``zichtlijn.platform.design.outline.Node`` objects."""
    return component("outline", nodes=list(nodes), label=label)


@register.simple_tag
def moment(when: date | datetime | None) -> SafeString:
    """A day or a time in words, with the machine's form in ``datetime``; a dash when it is not known."""
    if when is None:
        return SafeString("–")
    if isinstance(when, datetime):
        local = timezone.localtime(when) if timezone.is_aware(when) else when
        words = f"{formats.date_format(local, 'DATE_FORMAT')}, {formats.time_format(local, 'H:i')}"
        return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), formats.date_format(when, "DATE_FORMAT"))


@register.simple_tag
def progress(
    label: Any,
    value: float | None = None,
    maximum: float = 100,
    *,
    step: Any = "",
    url: str = "",
    html_id: str = "progress",
) -> SafeString:
    """How far long work is. Without ``value`` the length is unknown. ``url`` gives this fragment anew, every second."""
    share = round(100 * value / maximum) if value is not None and maximum else None
    return component("progress", label=label, value=value, maximum=maximum, share=share, step=step, url=url, id=html_id)
