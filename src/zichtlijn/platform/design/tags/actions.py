"""Components that do something: buttons, links that look like buttons, confirmation."""

from __future__ import annotations

from typing import Any

from django.middleware.csrf import get_token
from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .rendering import component, small_component

register = Library()
_LOOKS = {
    "primary": "utrecht-button--primary-action",
    "secondary": "utrecht-button--secondary-action",
    "subtle": "utrecht-button--subtle",
    "danger": "utrecht-button--primary-action utrecht-button--danger",
}


@register.simple_tag
def button(
    label: Any,
    look: str = "primary",
    *,
    kind: str = "submit",
    name: str = "",
    value: str = "",
    icon: str = "",
    opens: str = "",
    form: str = "",
    key: str = "",
) -> SafeString:
    """A button. ``look``: primary, secondary, subtle or danger. ``opens``: the id of a dialog on the page.

    ``key``: one letter that presses it, while shortcuts of one key are on.
    """
    given = {"name": name, "value": value, "icon": icon, "opens": opens, "form": form, "key": key}
    return small_component("button", label=label, look=_LOOKS[look], type=kind, **given)


@register.simple_tag
def link_button(label: Any, url: str, look: str = "secondary", *, icon: str = "", opens: str = "") -> SafeString:
    """A link with the weight of a button. ``opens``: a dialog that takes its place where scripts run."""
    return small_component("link_button", label=label, url=url, look=_LOOKS[look], icon=icon, opens=opens)


@register.simple_tag(takes_context=True)
def post_button(
    context: Context, label: Any, url: str, look: str = "secondary", *, icon: str = "", name: str = "", value: Any = ""
) -> SafeString:
    """A form of one button that posts to ``url``, with ``name=value`` when given."""
    return component(
        "post_button", label=label, url=url, look=_LOOKS[look], icon=icon, name=name, value=value, csrf=_token(context)
    )


@register.simple_block_tag(takes_context=True)
def confirm_dialog(
    context: Context, content: str, html_id: str, *, title: Any, action: str, label: Any, look: str = "danger"
) -> SafeString:
    """A dialog that asks before it posts to ``action``. The button that opens it also works as a link to a page."""
    return component(
        "confirm_dialog",
        content=mark_safe(content),
        id=html_id,
        title=title,
        action=action,
        label=label,
        look=_LOOKS[look],
        csrf=_token(context),
    )


@register.simple_block_tag
def toolbar(content: str, label: Any) -> SafeString:
    """Buttons and links that belong together, under one name for screen readers."""
    return format_html('<div class="zl-toolbar" role="group" aria-label="{}">{}</div>', label, mark_safe(content))


def _token(context: Context) -> str:
    request = context.get("request")
    return get_token(request) if request is not None else ""
