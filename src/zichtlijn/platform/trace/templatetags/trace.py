"""``{% panels object %}``: the parts that other apps add to the page of an object."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from zichtlijn.platform.accounts.access import is_outsider

from ..panels import panels_of

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: dict[str, Any], record: models.Model) -> SafeString:
    """All panels of ``record`` that have something to show to this user; none to somebody from outside.

    What a person from outside may see of a shared record stands on the page itself.
    """
    request = context["request"]
    if is_outsider(request.user):
        return SafeString("")
    shown = [(panel.name, panel.render(request, record)) for panel in panels_of(record)]
    return format_html_join("\n", '<section class="zl-panel" id="panel-{}">{}</section>', [s for s in shown if s[1]])
