"""The page of a weighing, its print, and its steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zichtlijn.platform.casefiles.listing import CasefileList
from zichtlijn.platform.casefiles.models import Access, ReadingKind
from zichtlijn.platform.casefiles.opening import note_readings, open_record
from zichtlijn.platform.design.feedback import tell

from ..actions import weighing as actions
from ..forms.weighing import InvestigateForm, ScoreForm, WeighingReasonForm
from ..incident_tables import WEIGHINGS
from ..models import IncidentWeighing, WeighingState
from ..queries.evidence import records_of
from ..queries.weighing import page_of, weighings_for
from ..transitions import STEP_PERMISSIONS, WEIGHING
from ..weighing_words import STEP_LABELS
from .answering import FormPage, answer, refuse, require

FORMS: dict[str, Any] = {
    "score": ScoreForm,
    "withdraw": WeighingReasonForm,
    "send_back": WeighingReasonForm,
    "decline": WeighingReasonForm,
    "investigate": InvestigateForm,
}
DONE = {
    "score": gettext_lazy("Saved."),
    "withdraw": gettext_lazy("The weighing is stopped."),
    "send_back": gettext_lazy("The weighing is sent back."),
    "decline": gettext_lazy("Decided: no investigation."),
    "investigate": gettext_lazy("Decided: an investigation. It is a candidate of the work programme now."),
}
LEADS = {
    "score": gettext_lazy("You can save in between. Before it is laid before who decides, all of it is needed."),
    "send_back": gettext_lazy("The makers read what is missing or unclear."),
    "decline": gettext_lazy("The weighing and your reason stay; a signal goes back to triage for what else is done."),
    "investigate": gettext_lazy("The investigation becomes a candidate activity of the work programme."),
    "withdraw": gettext_lazy("The weighing stays as it is; a signal goes back to triage."),
}
LOOKS = {"score": "primary", "investigate": "primary", "withdraw": "subtle"}


class WeighingList(CasefileList):
    """The weighings that the user may see."""

    table = WEIGHINGS
    rows = staticmethod(weighings_for)

    def get(self, request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        require(request, "signals.see_list")
        return super().get(request, **arguments)

    def _note(self, rows: QuerySet[Any]) -> None:
        restricted = Q(signal__access=Access.RESTRICTED) | Q(incident__access=Access.RESTRICTED)
        note_readings(self.request.user, rows.filter(restricted).order_by("pk"), kind=ReadingKind.EXPORT)


def visible_weighing(request: HttpRequest, pk: int, kind: str = ReadingKind.PAGE) -> IncidentWeighing:
    """The weighing, or 404 when the user may not see it; of a restricted file this leaves a trace."""
    found: IncidentWeighing = open_record(request.user, weighings_for(request.user), kind=kind, pk=pk)
    return found


@require_safe
def weighing(request: HttpRequest, pk: int) -> HttpResponse:
    """Criteria with evidence, added value, own evaluation, decision and history; ``?format=print`` to print it."""
    if request.GET.get("format") == "print":
        shown = visible_weighing(request, pk, ReadingKind.EXPORT)
        context = page_of(shown, request.user) | {"printed_at": timezone.now()}
        note_readings(request.user, records_of(context["linked"]), kind=ReadingKind.EXPORT)
        return render(request, "signals/incidents/weighing_print.html", context)
    shown = visible_weighing(request, pk)
    context = page_of(shown, request.user) | {
        "buttons": step_buttons(request, shown),
        "is_maker": _waits(request, shown),
        "may_link": shown.state == WeighingState.OPEN and request.user.has_perm(actions.WEIGH, shown),
    }
    return render(request, "signals/incidents/weighing.html", context)


def step_buttons(request: HttpRequest, weighing: IncidentWeighing) -> list[dict[str, Any]]:
    """The steps that this user can take now."""
    steps = [*(["score"] if weighing.state == WeighingState.OPEN else []), *WEIGHING.allowed(weighing.state)]
    allowed = {name: request.user.has_perm(name, weighing) for name in {permission_for(step) for step in steps}}
    return [
        {
            "name": STEP_LABELS[step],
            "url": reverse("signals:weighing-step", args=[weighing.pk, step]),
            "look": LOOKS.get(step, "secondary"),
            "asks": step in FORMS,
        }
        for step in steps
        if allowed[permission_for(step)]
    ]


def permission_for(step: str) -> str:
    """The permission that a step asks."""
    return STEP_PERMISSIONS["weighing"].get(step, actions.WEIGH)


def _waits(request: HttpRequest, weighing: IncidentWeighing) -> bool:
    """True for somebody who could decide, had they not worked on it themselves."""
    if weighing.state != WeighingState.SUBMITTED:
        return False
    return request.user.has_perm(actions.DECIDE) and not request.user.has_perm(actions.DECIDE, weighing)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """Score, lay before who decides, stop, send back or decide."""
    shown = visible_weighing(request, pk)
    if step not in STEP_LABELS:
        raise Http404
    require(request, permission_for(step), shown)
    possible = (*WEIGHING.allowed(shown.state), *(["score"] if shown.state == WeighingState.OPEN else []))
    if step not in possible:
        message = _("This step cannot be taken while the weighing is “%(state)s”.")
        return refuse(request, ValidationError(message, params={"state": shown.get_state_display()}), shown)
    if step == "submit":
        return _submit(request, shown)
    form = FORMS[step](request.POST if request.method == "POST" else None, weighing=shown)
    page = FormPage(
        STEP_LABELS[step],
        _("Save") if step == "score" else STEP_LABELS[step],
        shown.get_absolute_url(),
        lead=LEADS.get(step, ""),
        done=DONE[step],
        template=f"signals/incidents/{'score' if step == 'score' else 'decide'}.html",
    )
    return answer(
        request, form=form, act=lambda sent: _act(request, shown, step, sent), page=page, **page_of(shown, request.user)
    )


def _act(request: HttpRequest, weighing: IncidentWeighing, step: str, form: forms.Form) -> IncidentWeighing:
    given = form.cleaned_data
    common: dict[str, Any] = {"actor": request.user, "weighing": weighing, "revision": given.get("revision") or 0}
    if isinstance(form, ScoreForm):
        words = {name: given[name] for name in actions.WORDS}
        return actions.score(**common, scores=form.scores, words=words)
    if step == "investigate":
        return actions.investigate(**common, reason=given["reason"], title=given["title"])
    act = {"withdraw": actions.stop_weighing, "send_back": actions.send_back, "decline": actions.decline}[step]
    return act(**common, reason=given["reason"])


def _submit(request: HttpRequest, weighing: IncidentWeighing) -> HttpResponseBase:
    """One press of a button; what is missing is said on the page of the weighing."""
    if request.method == "POST":
        try:
            actions.submit_weighing(actor=request.user, weighing=weighing)
        except ValidationError as refused:
            return refuse(request, refused, weighing)
        tell(request, _("The weighing lies before who decides."))
    return redirect(weighing)
