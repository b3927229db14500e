"""What came in about an organisation, on the page of that organisation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from zichtlijn.platform.trace.panels import register_panel

from .models import Signal

SHOWN = 5


def signals_panel(request: HttpRequest, record: Any) -> SafeString | None:
    """The newest that the user may see; nothing when there is none to be seen."""
    found = Signal.objects.visible_to(request.user).filter(organisation=record.pk)
    newest = list(found.order_by("-received_at", "-id")[:SHOWN])
    if not newest:
        return None
    context = {
        "signals": newest,
        "more": f"{reverse('signals:work-list')}?whose=all&organisation={record.pk}",
    }
    return render_to_string("signals/work/panel.html", context, request)


register_panel(model_label="field.organisation", name="signals", order=25, render=signals_panel)
