"""The pages of who looks after the installation: what asks attention, what is to be mailed, what runs by itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zichtlijn.platform.design.paging import open_page
from zichtlijn.platform.tasks.models import RecurringRun
from zichtlijn.platform.tasks.recurring import all_recurring, overdue

from . import actions
from .models import MailState, OutgoingMail
from .troubles import troubles

TONES = {MailState.SENT: "positive", MailState.GIVEN_UP: "negative"}
PER_PAGE = 50


@require_GET
@permission_required("notices.see_troubles", raise_exception=True)
def attention(request: HttpRequest) -> HttpResponse:
    """What is wrong now, and what helps."""
    return render(request, "notices/attention.html", {"troubles": troubles()})


@require_GET
@permission_required("notices.see_outbox", raise_exception=True)
def outbox_page(request: HttpRequest) -> HttpResponse:
    """What is to be sent and what was given up, newest first; and when each recurring thing ran."""
    seen = OutgoingMail.objects.visible_to(request.user)
    page = open_page(seen.exclude(state=MailState.SENT).order_by("-id"), request.GET.get("page"), PER_PAGE)
    context = {
        "page": page,
        "rows": [_row(mail) for mail in page],
        "given_up": seen.filter(state=MailState.GIVEN_UP).exists(),
        "server": f"{settings.SMTP_HOST}:{settings.SMTP_PORT}" if settings.SMTP_HOST else "",
        "address": settings.PUBLIC_ADDRESS,
        "recurring": _recurring(),
        "overdue": bool(overdue()),
    }
    return render(request, "notices/outbox.html", context)


@require_POST
@permission_required("notices.try_again", raise_exception=True)
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a mail at the next round."""
    mail = get_object_or_404(OutgoingMail.objects.visible_to(request.user), pk=pk)
    try:
        actions.try_again(actor=request.user, mail=mail)
        messages.success(request, _("The message will be sent at the next round."))
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    return redirect("notices:outbox")


def _row(mail: OutgoingMail) -> dict[str, Any]:
    may_try = mail.state in (MailState.WAITING, MailState.GIVEN_UP)
    return {"mail": mail, "tone": TONES.get(MailState(mail.state), "neutral"), "may_try": may_try and mail.attempts}


def _recurring() -> list[dict[str, Any]]:
    kept = {run.name: run for run in RecurringRun.objects.all()}
    return [{"title": each.title, "run": kept.get(each.name)} for each in all_recurring()]
