"""The activities that concern an organisation, chain, act, group or domain, on its own page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from zichtlijn.platform.trace.panels import Render, register_panel

from .queries import activities_concerning

SHOWN = 20


def _panel(relation: str, filter_name: str) -> Render:
    def render(request: HttpRequest, record: Any) -> SafeString | None:
        found = list(activities_concerning(record, relation, request.user)[: SHOWN + 1])
        if not found:
            return None
        more = f"{reverse('programme:activity-list')}?{filter_name}={record.pk}" if len(found) > SHOWN else ""
        return render_to_string("programme/panel.html", {"activities": found[:SHOWN], "more": more}, request)

    return render


for label, relation, filter_name in (
    ("field.organisation", "organisations", "organisation"),
    ("field.chain", "chains", "chain"),
    ("field.citizengroup", "groups", "group"),
    ("field.domain", "domain", "domain"),
    ("mandate.act", "acts", "act"),
):
    register_panel(model_label=label, name="activities", order=20, render=_panel(relation, filter_name))
