"""The pages for who reports something without an account: the form, the code, the conversation."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zichtlijn.platform.accounts.middleware import public
from zichtlijn.platform.accounts.sender import Sender
from zichtlijn.platform.files.guarding import SizeGuard, announces_more_than, drain
from zichtlijn.platform.shortages import shortage_of

from .. import intake, receipts
from ..actions.sending import add_to_signal, answer_question, open_question, send_signal
from ..for_senders import standing_of
from ..forms.report import CodeForm, ReportForm, SayForm
from ..models import Direction, Signal, SignalAttachment
from ..rate_limits import TooManyError, count_adding, count_code, count_sending
from .attachments import offer

TOO_MANY, REFUSED, CLOSED, TOO_LARGE, DISK_FULL = 429, 422, 403, 413, 507
logger = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]
WITH_SENDER = (Direction.FROM_SENDER, Direction.TO_SENDER)


def open_to_all(view: View) -> View:
    """For everybody, and never kept by a browser: other people use the same computer or telephone."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    return public(shown)


def with_receipt(view: View) -> View:
    """For the one report whose code was given in this browser; who has none is asked for it."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        number = receipts.held(request)
        signal = Signal._base_manager.filter(pk=number).first() if number is not None else None
        if signal is None:
            return redirect("report:code")
        return view(request, signal, *args, **kwargs)

    return open_to_all(shown)


@open_to_all
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this is for, what it is not for, and the two ways on."""
    return _page(request, "start", notice=intake.notice())


def takes_files(view: View) -> View:
    """For forms with files: a request that is far too large is refused before it is read, also by the check of csrf."""
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            if announces_more_than(request, intake.MOST_OF_REQUEST):
                drain(request)
                return _page(request, "too_large", status=TOO_LARGE)
            request.upload_handlers.insert(0, SizeGuard(request, most=intake.MOST_OF_REQUEST))
        return checked(request, *args, **kwargs)

    return guarded


@open_to_all
@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponseBase:
    """The form. What somebody typed stays on the page whatever goes wrong."""
    notice = intake.notice()
    if request.method != "POST":
        return _page(request, "form", form=None if notice.is_closed else ReportForm(), notice=notice)
    filled = ReportForm(request.POST, request.FILES)
    if notice.is_closed:
        return _page(request, "form", form=filled, notice=notice, status=CLOSED)
    trouble = REFUSED
    if filled.is_valid():
        try:
            signal = _send(request, filled.cleaned_data)
        except (TooManyError, ValidationError, OSError, OperationalError) as error:
            trouble = _trouble(filled, error)
        else:
            receipts.hold(request, signal.pk, just_sent=True)
            return redirect("report:sent")
    return _page(request, "form", form=filled, notice=intake.notice(), too_many=trouble == TOO_MANY, status=trouble)


def _send(request: HttpRequest, values: dict[str, Any]) -> Signal:
    if not Signal._base_manager.filter(submission=values["submission"]).exists():
        count_sending(request)
    files = intake.prepare(values["files"], anonymous_names=True)
    given = values | {"language": get_language() or ""}
    return send_signal(actor=Sender(), values=given, files=files, submission=values["submission"]).signal


def _trouble(filled: Any, error: Exception) -> int:
    """Say on the form what is wrong; the status of the page."""
    if isinstance(error, TooManyError):
        return TOO_MANY
    if isinstance(error, intake.FormClosedError):
        return CLOSED
    if isinstance(error, ValidationError):
        filled.add_error(None if hasattr(error, "error_dict") else "files", error)
        return REFUSED
    logger.error("something from outside could not be kept: %s", error)
    if isinstance(error, OSError):
        filled.add_error("files", _("We cannot keep files now. Send your text without them, or try again later."))
        return DISK_FULL
    shortage = shortage_of(error)
    if shortage is None:
        raise error
    filled.add_error(
        None, _("This did not work now. What you typed is still here: send it again in a while. It counts once.")
    )
    return shortage.value


@with_receipt
@require_safe
def sent(request: HttpRequest, signal: Signal) -> HttpResponseBase:
    """The receipt code, for as long as this browser is in the conversation."""
    code = receipts.code_of(signal.submission) if signal.submission and receipts.is_just_sent(request) else ""
    if not receipts.belongs_to(code, signal.pk):
        return redirect("report:conversation")
    return _page(request, "sent", signal=signal, code=code)


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponseBase:
    """Come back with the code. A wrong code and an unknown one get the same answer."""
    filled = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and filled.is_valid():
        try:
            count_code(request)
        except TooManyError:
            return _page(request, "code", form=filled, too_many=True, status=TOO_MANY)
        number = receipts.find_signal(filled.cleaned_data["code"])
        if number is not None:
            receipts.hold(request, number)
            return redirect("report:conversation")
        filled.add_error("code", _("We do not know this code. Look whether you typed it well."))
    return _page(request, "code", form=filled, status=REFUSED if filled.errors else 200)


@with_receipt
@require_safe
def conversation(request: HttpRequest, signal: Signal) -> HttpResponse:
    """What was sent in, what we do with it, and what was said since."""
    signal.messages.filter(direction=Direction.TO_SENDER, read_at__isnull=True).update(read_at=timezone.now())
    return _conversation(request, signal, SayForm(is_answer=open_question(signal) is not None))


@with_receipt
@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, signal: Signal) -> HttpResponseBase:
    """Answer the question."""
    return _say(request, signal, answer_question, is_answer=True)


@with_receipt
@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, signal: Signal) -> HttpResponseBase:
    """Tell more."""
    return _say(request, signal, add_to_signal, is_answer=False)


@with_receipt
@require_http_methods(["GET", "HEAD", "POST"])
def attachment(request: HttpRequest, signal: Signal, uid: UUID) -> HttpResponseBase:
    """A file of this conversation: at once when it is clean, after a warning when nobody looked at it."""
    return offer(request, get_object_or_404(_shared(), signal=signal, uid=uid), "signals/report/warning.html")


@open_to_all
@require_POST
def leave(request: HttpRequest) -> HttpResponseBase:
    """Close the conversation in this browser."""
    receipts.let_go(request)
    return redirect("report:start")


def _say(request: HttpRequest, signal: Signal, act: Callable[..., Any], *, is_answer: bool) -> HttpResponseBase:
    if request.method != "POST":
        return redirect("report:conversation")
    filled, trouble = SayForm(request.POST, request.FILES, is_answer=is_answer), REFUSED
    if filled.is_valid():
        values = filled.cleaned_data
        try:
            if not signal.messages.filter(submission=values["submission"]).exists():
                count_adding(request, signal.pk)
            files = intake.prepare(values["files"], anonymous_names=True)
            said = {"text": values["text"], "files": files, "submission": values["submission"]}
            act(actor=Sender(signal.pk), signal=signal, **said)
        except (TooManyError, ValidationError, OSError, OperationalError) as error:
            trouble = _trouble(filled, error)
        else:
            return redirect(reverse("report:conversation") + "?received=1")
    return _conversation(request, signal, filled, too_many=trouble == TOO_MANY, status=trouble)


def _conversation(request: HttpRequest, signal: Signal, form: SayForm, **context: Any) -> HttpResponse:
    question = open_question(signal)
    said = signal.messages.filter(direction__in=WITH_SENDER).prefetch_related(Prefetch("attachments", _shared()))
    return _page(
        request,
        "conversation",
        signal=signal,
        standing=standing_of(signal),
        question=question,
        said=said,
        sent_along=_shared().filter(signal=signal, message__isnull=True),
        form=form,
        received="received" in request.GET,  # not a message of the framework, which would set a cookie of its own
        **context,
    )


def _shared() -> Any:
    """The files that a sender sees: his own, and those that were sent to him."""
    return SignalAttachment._base_manager.filter(is_shared=True, evaluation__isnull=True).order_by("pk")


def _page(request: HttpRequest, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    context |= {"telephone": settings.ZICHTLIJN_REPORT_PHONE, "days": settings.ZICHTLIJN_REPORT_ANSWER_DAYS}
    context["lost_files"] = request.method == "POST" and status != TOO_LARGE and bool(request.FILES)
    return render(request, f"signals/report/{name}.html", context, status=status)
