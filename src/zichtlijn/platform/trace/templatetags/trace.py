"""``{% panels object %}``: the parts that other apps add to the page of an object."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ..panels import panels_of

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: dict[str, Any], record: models.Model) -> SafeString:
    """All panels of ``record`` that have something to show to this user."""
    request = context["request"]
    shown = [(panel.name, panel.render(request, record)) for panel in panels_of(record)]
    return format_html_join("\n", '<section class="zl-panel" id="panel-{}">{}</section>', [s for s in shown if s[1]])
