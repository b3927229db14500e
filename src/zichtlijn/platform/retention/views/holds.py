"""Holds: on the page of a record, and all that run."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zichtlijn.platform.casefiles.opening import open_record
from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.design.paging import open_page

from ..actions.holding import lift_hold, place_hold
from ..forms import HoldForm
from ..holds import running_hold
from ..models import Hold
from ..registry import can_be_held
from .answering import answer, require, show, tabs

PER_PAGE = 50
WAYS = {"place": (place_hold, "retention.place_hold"), "lift": (lift_hold, "retention.lift_hold")}


@require_safe
def hold_list(request: HttpRequest) -> HttpResponse:
    """Every hold that runs. Of records that the user may not open the reference alone."""
    require(request, "retention.see")
    page = open_page(
        Hold.objects.running().visible_to(request.user).select_related("placed_by"), request.GET.get("page"), PER_PAGE
    )
    return show(request, "holds", tabs=tabs(), page=page, rows=_rows(list(page), request.user))


def _rows(holds: list[Hold], user: Any) -> list[dict[str, Any]]:
    wanted: dict[str, list[int]] = {}
    for hold in holds:
        wanted.setdefault(hold.model_label, []).append(hold.object_id)
    there: dict[tuple[str, int], Any] = {}
    seen: set[tuple[str, int]] = set()
    for label, keys in wanted.items():
        model: Any = apps.get_model(label)
        there |= {(label, record.pk): record for record in model._base_manager.filter(pk__in=keys)}
        seen |= {
            (label, pk)
            for pk in model._default_manager.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)
        }
    return [
        {"hold": hold, "record": there.get(about, ""), "seen": about in seen}
        for hold in holds
        for about in [(hold.model_label, hold.object_id)]
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, label: str, pk: int, step: str) -> HttpResponseBase:
    """Place a hold on a record, or lift it, with the reason."""
    if step not in WAYS or not can_be_held(label):
        raise Http404
    act_on, permission = WAYS[step]
    record = open_record(request.user, apps.get_model(label), pk=pk)
    require(request, permission, record)
    form = HoldForm(request.POST if request.method == "POST" else None)

    def act(sent: Any) -> Any:
        act_on(actor=request.user, record=record, reason=sent.cleaned_data["reason"])
        done = _("It is held: it stays until the hold is lifted.") if step == "place" else _("The hold is lifted.")
        tell(request, done)
        return record

    title = _("Place a hold") if step == "place" else _("Lift the hold")
    context = {"record": record, "title": title, "is_lifting": step == "lift", "running": running_hold(record)}
    return answer(request, form, act, "hold", **context, back=record.get_absolute_url() or reverse("start"))
