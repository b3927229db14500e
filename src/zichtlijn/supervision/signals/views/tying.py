"""What a signal looks like, tying it to another one, and its bundle."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zichtlijn.platform.casefiles.opening import open_record
from zichtlijn.platform.design.feedback import tell

from ..actions import tying
from ..forms.tying import BUNDLE, TieForm
from ..likeness import suggestions
from ..models import OPEN_STATES, LinkKind, Signal
from ..queries import signal as queries
from .answering import FormPage, answer, refuse, require

TRIAGE = "signals.triage_signal"


@require_safe
def suggested(request: HttpRequest, pk: int) -> HttpResponse:
    """The others that it looks like, and what can be done with each."""
    shown = open_record(request.user, Signal.objects.select_related("organisation"), pk=pk)
    require(request, TRIAGE, shown)
    found = suggestions(Signal.objects.visible_to(request.user), shown, most=30)
    return render(request, "signals/work/suggestions.html", {"signal": shown, "suggestions": found})


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say how it belongs with another one."""
    shown: Signal = open_record(request.user, Signal, pk=pk)
    require(request, TRIAGE, shown)
    begin = {name: request.GET[name] for name in ("other", "how", "likeness") if name in request.GET}
    form = TieForm(request.POST or None, signal=shown, user=request.user, initial=begin)
    page = FormPage(_("Belongs with another one"), _("Save"), shown.get_absolute_url(), done=_("Saved."))

    def act(sent: Any) -> Signal:
        given: dict[str, Any] = {"actor": request.user, "signal": shown}
        other, how = sent.cleaned_data["other"], sent.cleaned_data["how"]
        likeness = sent.cleaned_data["likeness"]
        if how == BUNDLE:
            tying.bundle(**given, others=[other], title=sent.cleaned_data["title"])
        elif how == LinkKind.NOT_RELATED:
            tying.judge_not_related(**given, other=other, likeness=likeness)
        else:
            tying.link(**given, other=other, kind=how, likeness=likeness)
        return shown

    return answer(request, form=form, act=act, page=page, signal=shown)


@require_http_methods(["GET", "HEAD", "POST"])
def bundle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bundle of a signal; a POST takes the signal out of it."""
    shown = open_record(request.user, queries.signals_for(request.user), pk=pk)
    require(request, TRIAGE, shown)
    if request.method == "POST":
        try:
            tying.unbundle(actor=request.user, signal=shown)
        except ValidationError as refused:
            return refuse(request, refused, shown)
        tell(request, _("It is out of the bundle."))
        return redirect(shown)
    together = queries.bundled_with(Signal.objects.visible_to(request.user), shown)
    may_take_out = shown.bundle_id is not None and shown.state in OPEN_STATES
    context = {"signal": shown, "together": together, "may_take_out": may_take_out}
    context["link_url"] = reverse("signals:link", args=[shown.pk]) + f"?how={BUNDLE}"
    return render(request, "signals/work/bundle.html", context)
