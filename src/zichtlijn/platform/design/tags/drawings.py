"""Drawings with their twin in words."""

from __future__ import annotations

from typing import Any

from django.template import Library
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.drawing import Twin

from .rendering import component

register = Library()
_HEADS = {
    "From": _("From"),
    "Limit": _("Limit"),
    "Name": _("Name"),
    "Note": _("Note"),
    "Relation": _("Relation"),
    "To": _("To"),
    "Until": _("Until"),
    "Uncertainty": _("Uncertainty"),
    "Value": _("Value"),
    "Verdict": _("Verdict"),
    "What": _("What"),
}


@register.simple_tag
def drawing(figure: Any, html_id: str = "drawing", *, twin_open: bool = False) -> SafeString:
    """A drawing of ``zichtlijn.platform.design.drawing`` in a container that scrolls, with its table below it."""
    svg = SafeString(figure.svg(html_id))
    return component("drawing", svg=svg, title=figure.title, twin=_translated(figure.twin()), twin_open=twin_open)


def _translated(twin: Twin) -> Twin:
    """Heads that are not fixed words came with the drawing, in the language of the page."""
    return Twin(tuple(str(_HEADS.get(head, head)) for head in twin.heads), twin.rows)
