"""The page of an organisation: its notifications, what is asked of it, and what happens next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zichtlijn.platform.accounts.middleware import outside
from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.design.paging import open_page
from zichtlijn.platform.design.tables import Column

from ..actions import notifying
from ..deadlines import end_of_day
from ..forms.notification import AdditionForm, ClosingForm, NotificationForm, RevisionForm
from ..labels import term_in_words
from ..models import Message, OwnEvaluation, Signal, SignalAttachment, SignalState
from ..portal_stages import stage_of
from ..queries import portal as queries
from ..terms import last_day_of
from .answering import FormPage, answer, refuse
from .uploads import files_of, sent_with, takes_files

OWN = notifying.OWN
FORM = "signals/portal/form.html"
COLUMNS = [
    Column(gettext_lazy("Notification")),
    Column(gettext_lazy("Reference")),
    Column(gettext_lazy("Kind of incident")),
    Column(gettext_lazy("Sent in")),
    Column(gettext_lazy("Stage")),
]


@outside
@require_safe
def portal(request: HttpRequest) -> HttpResponse:
    """What is asked of the organisation, and its notifications."""
    _require_organisation(request)
    which = request.GET.get("which", "")
    page = open_page(queries.notifications_of(request.user, which), request.GET.get("page"), size=25)
    own = reverse("signals:portal")
    context = {
        "page": page,
        "rows": [(shown, stage_of(shown), _term_of_draft(shown)) for shown in page],
        "columns": COLUMNS,
        "organisations": queries.own_organisations(request.user),
        "evaluations": [(asked, days_left(asked)) for asked in queries.asked_evaluations(request.user)],
        "questions": queries.open_questions(request.user),
        "closings": [
            (due.signal, last_day_of(due.closing_due_at), term_in_words(due.closing_due_at))
            for due in queries.closing_reports_due(request.user)
            if due.closing_due_at
        ],
        "tabs": [
            (_("All"), own),
            (_("Drafts"), f"{own}?which=drafts"),
            (_("Being handled"), f"{own}?which=open"),
            (_("Closed"), f"{own}?which=closed"),
        ],
    }
    return render(request, "signals/portal/list.html", context)


@outside
@require_safe
def notification(request: HttpRequest, pk: int) -> HttpResponse:
    """One notification: what happens next, what was said, and what can be done now."""
    shown = own_notification(request, pk)
    stage, told, is_draft = stage_of(shown), shown.notification, shown.state == SignalState.DRAFT
    messages = Message.objects.visible_to(request.user).filter(signal=shown, evaluation__isnull=True)
    attachments = SignalAttachment.objects.visible_to(request.user).filter(signal=shown, evaluation__isnull=True)
    context = {
        "signal": shown,
        "notification": told,
        "stage": stage,
        "is_draft": is_draft,
        "term": _term_of_draft(shown),
        "due_on": last_day_of(told.due_at),
        "closing_on": last_day_of(told.closing_due_at),
        "conversation": messages.select_related("author"),
        "question": notifying.open_question(shown),
        "attachments": attachments,
        "evaluations": OwnEvaluation.objects.visible_to(request.user).filter(signal=shown),
        "may_add": shown.state not in notifying.NOT_SENT,
        "may_report": shown.state not in notifying.NOT_SENT and told.closing_reported_at is None,
    }
    return render(request, "signals/portal/notification.html", context)


@outside
@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Begin a notification: a draft, which is looked over before it is sent in."""
    _require_organisation(request)
    if not queries.own_organisations(request.user).exists():
        return render(request, "signals/portal/no_organisation.html")
    form = NotificationForm(*sent_with(request), user=request.user)
    page = FormPage(
        _("New notification"),
        _("Keep as a draft"),
        reverse("signals:portal"),
        lead=_("First a draft, which only you see. On the next page you look it over and send it in."),
        done=_("The draft is kept. Look it over and send it in."),
        template="signals/portal/edit.html",
    )

    def act(sent: NotificationForm) -> str:
        made = notifying.start_notification(
            actor=request.user,
            organisation=sent.speaks_for,
            values=sent.values,
            submission=sent.cleaned_data["submission"],
            files=files_of(sent),
        )
        return address_of(made)

    return answer(request, form=form, act=act, page=page)


@outside
@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Add to a notification that was sent in, or answer a question about it."""
    shown = own_notification(request, pk)
    if shown.state in notifying.NOT_SENT:
        raise Http404
    question = notifying.open_question(shown)
    form = AdditionForm(*sent_with(request), question=question)
    page = FormPage(
        _("Answer the question") if question else _("Add to the notification"),
        _("Send"),
        address_of(shown),
        lead=shown.subject,
        done=_("We have what you added."),
        template=FORM,
    )

    def act(sent: Any) -> str:
        given = sent.cleaned_data | {"files": files_of(sent)}
        notifying.add_to_notification(actor=request.user, signal=shown, **given)
        return address_of(shown)

    return answer(request, form=form, act=act, page=page, signal=shown, question=question)


@dataclass(frozen=True)
class Step:
    """One step of the organisation with its own notification."""

    form: Callable[..., Any]
    act: Callable[..., Any]
    title: Any
    submit: Any
    done: Any
    lead: Any = ""
    look: str = "primary"
    template: str = FORM
    on_draft: bool = True
    next: Callable[[Signal], str] | None = None


def _revised(act: Callable[..., Signal]) -> Callable[..., Signal]:
    def taken(user: Any, signal: Signal, form: Any) -> Signal:
        return act(actor=user, signal=signal, revision=form.cleaned_data["revision"] or 0)

    return taken


def _edited(user: Any, signal: Signal, form: NotificationForm) -> Signal:
    revision = form.cleaned_data["revision"] or 0
    files = files_of(form)
    return notifying.edit_notification(actor=user, signal=signal, values=form.values, revision=revision, files=files)


def _closed(user: Any, signal: Signal, form: ClosingForm) -> Signal:
    files = files_of(form)
    return notifying.report_closing(actor=user, signal=signal, text=form.cleaned_data["text"], files=files)


def _revision_form(data: Any = None, _files: Any = None, *, user: Any, signal: Signal) -> RevisionForm:
    return RevisionForm(data, initial={"revision": signal.revision})


STEPS = {
    "edit": Step(
        NotificationForm,
        _edited,
        gettext_lazy("Change the draft"),
        gettext_lazy("Keep"),
        gettext_lazy("The draft is kept."),
        template="signals/portal/edit.html",
    ),
    "submit": Step(
        _revision_form,
        _revised(notifying.submit_notification),
        gettext_lazy("Send in this notification"),
        gettext_lazy("Send in"),
        gettext_lazy("We have your notification."),
        lead=gettext_lazy("From now on the inspectorate sees it. You can add to it, not change it."),
        template="signals/portal/submit.html",
    ),
    "discard": Step(
        _revision_form,
        _revised(notifying.discard_notification),
        gettext_lazy("Throw this draft away"),
        gettext_lazy("Throw away"),
        gettext_lazy("The draft was thrown away."),
        lead=gettext_lazy("Nobody at the inspectorate has seen it. It cannot be brought back."),
        look="danger",
        next=lambda _signal: reverse("signals:portal"),
    ),
    "report-closing": Step(
        lambda data=None, files=None, **_about: ClosingForm(data, files),
        _closed,
        gettext_lazy("Closing report"),
        gettext_lazy("Send"),
        gettext_lazy("We have your closing report."),
        lead=gettext_lazy("How it ended. You send it once; you can always add to the notification."),
        on_draft=False,
    ),
}


@outside
@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """Show the form of a step, or take it."""
    offered = STEPS.get(step)
    shown = own_notification(request, pk)
    if offered is None:
        raise Http404
    if offered.on_draft != (shown.state == SignalState.DRAFT):
        tell(request, _("This cannot be done any more in the stage that it is in."), tone="negative")
        return redirect(address_of(shown))
    form = offered.form(*sent_with(request), user=request.user, signal=shown)
    page = FormPage(
        offered.title,
        offered.submit,
        address_of(shown),
        lead=offered.lead,
        done=offered.done,
        look=offered.look,
        template=offered.template,
    )

    def act(sent: Any) -> str:
        offered.act(request.user, shown, sent)
        return offered.next(shown) if offered.next else address_of(shown)

    return answer(request, form=form, act=act, page=page, signal=shown, notification=shown.notification)


@outside
@require_POST
def remove_file(request: HttpRequest, pk: int, uid: UUID) -> HttpResponseBase:
    """Take a file out of a draft."""
    shown = own_notification(request, pk)
    try:
        notifying.remove_file(actor=request.user, signal=shown, uid=uid)
    except ValidationError as refused:
        return refuse(request, refused, address_of(shown))
    tell(request, _("The file was taken out."))
    return redirect(address_of(shown))


def own_notification(request: HttpRequest, pk: int) -> Signal:
    """A notification of the organisation of who asks, else Http404."""
    _require_organisation(request)
    found: Signal = get_object_or_404(queries.notifications_of(request.user), pk=pk)
    return found


def address_of(signal: Signal) -> str:
    """The page of a notification for the organisation."""
    return reverse("signals:notification", args=[signal.pk])


def days_left(evaluation: OwnEvaluation) -> tuple[str, str]:
    """How long there is still to hand in, in words, and the tone of that."""
    return term_in_words(end_of_day(evaluation.due_on), timezone.now())


def _term_of_draft(signal: Signal) -> tuple[str, str] | None:
    """How long there is still to send it in, in words, and the tone of that."""
    due_at = signal.notification.due_at
    return term_in_words(due_at) if due_at and signal.state == SignalState.DRAFT else None


def _require_organisation(request: HttpRequest) -> None:
    """Staff look at the same things on their own pages. Raises PermissionDenied."""
    if not request.user.has_perm(OWN):
        raise PermissionDenied(OWN)
