"""The pages of an incident file: what is in it, who works on it, its log and its situation reports."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zichtlijn.platform.accounts.access import has_role, is_outsider
from zichtlijn.platform.accounts.middleware import outside
from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.casefiles.listing import CasefileList
from zichtlijn.platform.casefiles.models import ReadingKind
from zichtlijn.platform.casefiles.opening import open_record
from zichtlijn.platform.numbers import whole_number

from ..actions import incidents as actions
from ..forms.incidents import LogForm, OpenForm
from ..incident_tables import INCIDENTS
from ..labels import stage_badge
from ..models import IncidentFile, IncidentState, SituationReport
from ..queries.incidents import incidents_for, log_lines, role_lines, signals_in
from ..transitions import INCIDENT
from ..weighing_words import INCIDENT_LABELS, tone
from .answering import FormPage, answer, require

SHOWN_LINES = 10
LOOKS = {"report": "primary", "close": "subtle"}
WHILE_OPEN = ("report", "put_in", "role", "start_weighing", "edit")


class IncidentList(CasefileList):
    """The incident files that the user may see: staff, and a partner those that were shared."""

    table = INCIDENTS
    rows = staticmethod(incidents_for)

    def get(self, request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        if not has_role(Role.PARTNER)(request.user):
            require(request, "signals.see_list")
        return super().get(request, **arguments)


incident_list = outside(IncidentList.as_view())


def visible_incident(request: HttpRequest, pk: int, kind: str = ReadingKind.PAGE) -> IncidentFile:
    """The incident file, or 404 when the user may not see it; of a restricted one this leaves a trace."""
    found: IncidentFile = open_record(request.user, incidents_for(request.user), kind=kind, pk=pk)
    return found


@outside
@require_safe
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """What is in it, the last situation report, who does what, the newest lines of the log."""
    shown = visible_incident(request, pk)
    lines = log_lines(shown)
    context = {
        "incident": shown,
        "tone": tone(shown.state),
        "outsider": is_outsider(request.user),
        "organisations": list(shown.organisations.all()),
        "signals": [(signal, stage_badge(signal)) for signal in signals_in(shown, request.user)],
        "roles": role_lines(shown, request.user),
        "reports": list(shown.reports.order_by("-number")),
        "log": lines[:SHOWN_LINES],
        "more_lines": max(0, len(lines) - SHOWN_LINES),
        "weighings": [(each, tone(each.state)) for each in shown.weighings.visible_to(request.user)],
        "may_lead": shown.state != IncidentState.CLOSED and request.user.has_perm(actions.LEAD, shown),
        "buttons": step_buttons(request, shown),
    }
    return render(request, "signals/incidents/incident.html", context)


def step_buttons(request: HttpRequest, incident: IncidentFile) -> list[dict[str, Any]]:
    """The steps that this user can take now."""
    if not request.user.has_perm(actions.LEAD, incident):
        return []
    steps = [*(WHILE_OPEN if incident.state != IncidentState.CLOSED else ()), *INCIDENT.allowed(incident.state)]
    return [
        {
            "name": INCIDENT_LABELS[step],
            "url": reverse("signals:incident-step", args=[incident.pk, step]),
            "look": LOOKS.get(step, "secondary"),
            "asks": step != "start_weighing",
        }
        for step in steps
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: HttpRequest) -> HttpResponseBase:
    """A new incident file; ``?signal=1&signal=2`` names what goes into it."""
    require(request, actions.LEAD)
    keys = [key for value in request.GET.getlist("signal") if (key := whole_number(value)) is not None]
    form = OpenForm(request.POST if request.method == "POST" else None, user=request.user, keys=keys)
    page = FormPage(
        _("Open an incident file"),
        _("Open"),
        reverse("signals:incident-list"),
        lead=_("What is put in the file takes over its access. The file is open to no more people than they were."),
        done=_("The incident file is there."),
        template="signals/incidents/incident_form.html",
    )

    def act(sent: Any) -> IncidentFile:
        given = sent.cleaned_data
        return actions.open_incident(
            actor=request.user,
            title=given["title"],
            signals=list(given.get("signals") or []),
            happened_on=given["happened_on"],
            organisations=list(given["organisations"]) or None,
        )

    return answer(request, form=form, act=act, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The whole log, and a new line in it; ``?corrects=`` names the line that it puts right."""
    shown = visible_incident(request, pk)
    corrects = whole_number(request.GET.get("corrects"))
    wrong = get_object_or_404(shown.log.all(), pk=corrects) if corrects is not None else None
    may_write = shown.state != IncidentState.CLOSED and request.user.has_perm(actions.LEAD, shown)
    if request.method == "POST":
        require(request, actions.LEAD, shown)
    initial = {"corrects": wrong, "kind": wrong.kind} if wrong else {}
    form = LogForm(
        request.POST if request.method == "POST" else None, user=request.user, incident=shown, initial=initial
    )
    page = FormPage(
        _("Log"),
        _("Write down"),
        shown.get_absolute_url(),
        done=_("Written in the log."),
        template="signals/incidents/log.html",
    )

    def act(sent: Any) -> str:
        given = {name: sent.cleaned_data[name] for name in ("kind", "text", "at", "corrects")}
        actions.log(actor=request.user, incident=shown, **given)
        return reverse("signals:incident-log", args=[shown.pk])

    context = {"incident": shown, "log": log_lines(shown), "wrong": wrong, "may_write": may_write}
    return answer(request, form=form, act=act, page=page, **context)


@outside
@require_safe
def report(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One situation report; made to be printed."""
    printed = request.GET.get("format") == "print"
    shown = visible_incident(request, pk, ReadingKind.EXPORT if printed else ReadingKind.PAGE)
    found = get_object_or_404(SituationReport.objects.visible_to(request.user), incident=shown, number=number)
    context = {
        "incident": shown,
        "report": found,
        "is_last": found.number == shown.reports.order_by("-number").values_list("number", flat=True).first(),
        "printed_at": timezone.now() if printed else None,
    }
    return render(request, "signals/incidents/report.html", context)
