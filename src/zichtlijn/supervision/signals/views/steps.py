"""One address for every step with a signal: the registered form, its preview, and taking the step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zichtlijn.platform.casefiles.opening import open_record

from ..labels import stage_in_words
from ..models import Signal
from ..steps_of_pages import STEPS, StepPage
from .answering import FormPage, add_errors, answer, refuse, require, show

TEMPLATE = "signals/work/step.html"


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """Show the form of a step, fill in a standard text, preview what the sender will read, or take the step."""
    offered = STEPS.get(step)
    if offered is None:
        raise Http404
    signal = open_record(request.user, Signal.objects.select_related("organisation", "team"), pk=pk)
    require(request, offered.needs, signal)
    if not offered.fits(request.user, signal):
        message = _("This step cannot be taken while it is “%(state)s”.") % {"state": stage_in_words(signal)}
        return refuse(request, ValidationError(message), signal)
    if offered.answer is not None:
        return offered.answer(request, signal)
    return _with_form(request, signal, offered)


def _with_form(request: HttpRequest, signal: Signal, offered: StepPage) -> HttpResponseBase:
    data = request.POST if request.method == "POST" else None
    form = offered.form(data, signal=signal, user=request.user, initial=request.GET.dict())
    page = FormPage(
        offered.label,
        offered.submit or offered.label,
        signal.get_absolute_url(),
        lead=offered.lead,
        done=offered.done,
        look=offered.look if offered.look == "danger" else "primary",
        template=TEMPLATE,
    )
    context: dict[str, Any] = {"signal": signal, "has_preview": offered.preview is not None}
    if data is not None and "fill" in data and hasattr(form, "with_standard_text"):
        return show(request, form.with_standard_text(), page, **context)
    if data is not None and "preview" in data and offered.preview is not None:
        return show(request, form, page, **context, preview=_preview(request, signal, form, offered))
    act = offered.act
    if act is None:
        raise Http404
    return answer(request, form=form, act=lambda sent: act(request.user, signal, sent), page=page, **context)


def _preview(request: HttpRequest, signal: Signal, form: forms.BaseForm, offered: StepPage) -> str | None:
    if not form.is_valid() or offered.preview is None:
        return None
    try:
        return offered.preview(signal, form, request.user)
    except ValidationError as refused:
        add_errors(form, refused)
        return None
