"""The last events on the page of every object."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from zichtlijn.platform.trace.panels import register_panel

from .models import Event
from .wording import entries

NEWEST = 5


def history_panel(request: HttpRequest, record: models.Model) -> SafeString | None:
    """The newest events, and a link to all when there are more."""
    events = list(Event.objects.about(record)[: NEWEST + 1])
    if not events:
        return None
    context = {"record": record, "label": record._meta.label_lower, "more": len(events) > NEWEST}
    return render_to_string("events/history_panel.html", context | {"entries": entries(events[:NEWEST])}, request)


register_panel(model_label="*", name="history", order=90, render=history_panel)
