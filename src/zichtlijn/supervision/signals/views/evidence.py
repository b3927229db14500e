"""Linking a record to a criterion of a weighing, and unlinking it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zichtlijn.platform.design.feedback import tell

from ..actions import evidence as actions
from ..actions.weighing import WEIGH, check_open
from ..forms.evidence import EvidenceForm, EvidenceSearchForm
from ..models import IncidentWeighing
from ..queries.evidence import Found, evidence_found
from .answering import FormPage, answer, refuse, require
from .weighing import visible_weighing


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Look for a record by words, reference or address (in the address of the page), and link one that was found."""
    shown = visible_weighing(request, pk)
    require(request, WEIGH, shown)
    try:
        check_open(shown)
    except ValidationError as refused:
        return refuse(request, refused, shown)
    search = EvidenceSearchForm(request.GET)
    has_searched = search.asks_something
    found = evidence_found(request.user, shown, asked=search.asked, kind=search.chosen) if has_searched else Found(())
    data = request.POST if request.method == "POST" else None
    criterion = request.GET.get("criterion", "")
    form = EvidenceForm(data, weighing=shown, user=request.user, found=found, criterion=criterion)
    page = FormPage(
        _("Link evidence"),
        _("Link"),
        shown.get_absolute_url(),
        lead=_("A record that a criterion rests on. Who may not see it reads only that there is one."),
        done=_("The evidence is linked."),
        template="signals/incidents/link_evidence.html",
    )
    context = {"weighing": shown, "search": search, "found": found, "has_searched": has_searched}
    return answer(request, form=form, act=lambda sent: _add(request, shown, sent), page=page, **context)


def _add(request: HttpRequest, weighing: IncidentWeighing, form: Any) -> IncidentWeighing:
    given = form.cleaned_data
    actions.add_evidence(
        actor=request.user,
        weighing=weighing,
        criterion=given["criterion"],
        record=given["record"],
        note=given["note"],
        revision=given.get("revision") or 0,
    )
    return weighing


@require_POST
def unlink(request: HttpRequest, pk: int, evidence_pk: int) -> HttpResponseBase:
    """One press of a button; the record itself stays."""
    shown = visible_weighing(request, pk)
    require(request, WEIGH, shown)
    try:
        actions.remove_evidence(actor=request.user, weighing=shown, number=evidence_pk)
    except ValidationError as refused:
        return refuse(request, refused, shown)
    tell(request, _("The evidence is unlinked."))
    return redirect(shown)
