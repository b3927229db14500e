"""The line of sight on the page of every object that stands in it."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .outline import outline
from .panels import register_panel
from .picture import draw
from .sight import line_of_sight

MOST_AT_ONCE = 25  # a larger drawing would push the rest of the page away


def sight_panel(request: HttpRequest, record: models.Model) -> SafeString | None:
    """Nothing for an object that is not part of the line."""
    found = line_of_sight(record, request.user)
    if found is None:
        return None
    drawing = draw(found)
    context = {
        "record": record,
        "label": record._meta.label_lower,
        "outline": outline(found),
        "drawing": drawing,
        "is_large": len(drawing.vertices) > MOST_AT_ONCE,
    }
    return render_to_string("trace/sight_panel.html", context, request)


register_panel(model_label="*", name="line-of-sight", order=60, render=sight_panel)
