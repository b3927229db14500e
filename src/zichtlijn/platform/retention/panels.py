"""On the page of a record with a retention rule: until when it is kept, and whether somebody holds it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from zichtlijn.platform.accounts.access import is_staff_member
from zichtlijn.platform.trace.panels import register_panel

from .due import rule_and_day
from .holds import running_hold
from .registry import Kept, kinds
from .rules import Rulebook


def retention_panel(request: HttpRequest, record: Any) -> SafeString | None:
    """Until when it is kept and by which rule; the hold with its reason, and the way to place or lift one."""
    kept = _kind_of(record)
    if kept is None or not is_staff_member(request.user):
        return None
    item = kept.items([str(record.pk)]).get(str(record.pk))
    rule, day = rule_and_day(kept, item, Rulebook()) if item else (None, None)
    context = {
        "record": record,
        "label": kept.model_label,
        "item": item,
        "rule": rule,
        "day": day,
        "hold": running_hold(record),
        # Asked for roles alone: the record is open in front of the user, and the action asks for it too.
        "may_place": request.user.has_perm("retention.place_hold"),
        "may_lift": request.user.has_perm("retention.lift_hold"),
    }
    return render_to_string("retention/panel.html", context, request)


def _kind_of(record: Any) -> Kept | None:
    label = record._meta.label_lower
    return next((kept for kept in kinds() if kept.model_label == label), None)


register_panel(model_label="*", name="retention", order=87, render=retention_panel)
