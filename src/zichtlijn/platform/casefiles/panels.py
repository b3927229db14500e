"""On the page of every case file: to whom it is open."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from zichtlijn.platform.trace.panels import register_panel

from .models import FileAccess
from .registry import is_casefile


def access_panel(request: HttpRequest, record: models.Model) -> SafeString | None:
    """To whom the file is open, with the way to change it; None for what is no case file."""
    if not is_casefile(type(record)):
        return None
    context = {
        "file": record,
        "label": record._meta.label_lower,
        "people": FileAccess.objects.holding().filter(file_key=record.file_key).count(),  # type: ignore[attr-defined]
        "may_see_readings": request.user.has_perm("casefiles.see_readings", record),
    }
    return render_to_string("casefiles/panel.html", context, request)


register_panel(model_label="*", name="access", order=85, render=access_panel)
