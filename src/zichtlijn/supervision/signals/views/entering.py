"""Entering what came by telephone, letter and the like."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zichtlijn.platform.casefiles.opening import open_record

from ..actions.entering import enter_answer, enter_signal
from ..forms.entering import FILES, HANDLING, WHAT, WHERE, WHO, EnterForm, ToldForm
from ..models import Sender, Signal
from ..receipts import code_of, digest_of
from .answering import FormPage, answer, require
from .uploads import files_of, sent_with, takes_files

CODE_SHOWN = timedelta(hours=1)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponseBase:
    """A new signal or complaint, as somebody told it."""
    require(request, "signals.enter_signal")
    form = EnterForm(*sent_with(request), user=request.user)
    page = FormPage(
        _("Enter what came in"), _("Save"), reverse("signals:work-list"), template="signals/work/enter.html"
    )
    parts = [
        ("what", _("What was told"), [form[name] for name in (*WHAT, *FILES)]),
        ("where", _("About whom, where and when"), [form[name] for name in WHERE]),
        ("who", _("Who told it"), [form[name] for name in WHO]),
        ("handling", _("Handling"), [form[name] for name in HANDLING]),
    ]

    def act(sent: Any) -> str:
        made = enter_signal(
            actor=request.user,
            values=sent.values,
            sender=sent.sender,
            files=files_of(sent),
            with_code=sent.cleaned_data["with_code"],
            submission=sent.cleaned_data["submission"],
        )
        return reverse("signals:entered", args=[made.pk])

    return answer(request, form=form, act=act, page=page, parts=parts)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the sender told afterwards, by telephone or letter."""
    shown: Signal = open_record(request.user, Signal, pk=pk)
    require(request, "signals.triage_signal", shown)
    data, files = sent_with(request)
    form = ToldForm(data, files=files, signal=shown, user=request.user)
    page = FormPage(_("Enter what the sender told"), _("Save"), shown.get_absolute_url(), done=_("Saved."))

    def act(sent: Any) -> Signal:
        enter_answer(
            actor=request.user,
            signal=shown,
            text=sent.cleaned_data["text"],
            files=files_of(sent),
            submission=sent.cleaned_data["submission"],
        )
        return shown

    return answer(request, form=form, act=act, page=page, signal=shown)


@require_safe
def entered(request: HttpRequest, pk: int) -> HttpResponse:
    """The reference and, for an hour, to whoever entered it, the receipt code to read out."""
    require(request, "signals.enter_signal")
    signal = open_record(request.user, Signal, pk=pk, entered_by=request.user.pk)
    if signal.submission is None:
        raise Http404
    code = code_of(signal.submission)
    given = Sender.objects.filter(signal=signal, receipt_sha256=digest_of(code)).exists()
    is_fresh = _entered_since(signal)
    answered = render(
        request, "signals/work/entered.html", {"signal": signal, "code": code if given and is_fresh else ""}
    )
    answered["Cache-Control"] = "no-store"
    return answered


def _entered_since(signal: Signal) -> bool:
    from zichtlijn.platform.events.models import Event

    first = Event.objects.about(signal).filter(action="signals.enter").values_list("at", flat=True).first()
    return first is not None and timezone.now() - first < CODE_SHOWN
