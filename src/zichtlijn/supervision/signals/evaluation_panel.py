"""What the page of a signal shows of a notification and of own evaluations."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from zichtlijn.platform.trace.panels import register_panel

from .deadlines import WAITING
from .models import Notification, OwnEvaluation
from .terms import last_day_of
from .views.evaluations import TONES
from .views.portal import days_left


def _render(request: HttpRequest, record: Any) -> SafeString | None:
    of_it = {"signal": record.pk}
    found = Notification.objects.visible_to(request.user).filter(**of_it).select_related("category", "signal").first()
    evaluations = list(OwnEvaluation.objects.visible_to(request.user).filter(**of_it).select_related("organisation"))
    if found is None and not evaluations:
        return None
    context = {
        "notification": found,
        "due_on": last_day_of(found.due_at) if found else None,
        "closing_on": last_day_of(found.closing_due_at) if found else None,
        "evaluations": [
            (
                each,
                TONES.get(each.state, "neutral"),
                days_left(each) if each.state in WAITING else None,
            )
            for each in evaluations
        ],
    }
    return render_to_string("signals/portal/panel.html", context, request)


register_panel(model_label="signals.signal", name="notification", order=5, render=_render)
