"""One address for every step with an incident file: what it asks, and taking it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.numbers import whole_number

from ..actions import incident_roles, weighing
from ..actions import incidents as actions
from ..forms import incidents as forms
from ..models import IncidentFile, IncidentState, Signal
from ..transitions import INCIDENT, STEPS_WITH_REASON
from ..weighing_words import INCIDENT_LABELS
from .answering import FormPage, answer, refuse, require
from .incidents import visible_incident

Act = Callable[[Any, IncidentFile, Any, HttpRequest], Any]


@dataclass(frozen=True, slots=True)
class Step:
    """The form of a step and what it does with it."""

    form: Any
    act: Act
    done: Any
    lead: Any = ""


def _edit(actor: Any, incident: IncidentFile, form: Any, _request: HttpRequest) -> Any:
    given = {name: form.cleaned_data[name] for name in ("title", "happened_on", "organisations")}
    actions.edit_incident(actor=actor, incident=incident, revision=form.seen, **given)


def _put_in(actor: Any, incident: IncidentFile, form: Any, _request: HttpRequest) -> Any:
    actions.put_in_incident(actor=actor, incident=incident, signals=list(form.cleaned_data["signals"]))


def _take_out(actor: Any, incident: IncidentFile, form: Any, request: HttpRequest) -> Any:
    signal = _named(request, "signal", Signal.objects.visible_to(actor).filter(incident=incident))
    actions.take_out_of_incident(actor=actor, incident=incident, signal=signal, reason=form.cleaned_data["reason"])


def _role(actor: Any, incident: IncidentFile, form: Any, _request: HttpRequest) -> Any:
    given = form.cleaned_data
    incident_roles.set_role(
        actor=actor,
        incident=incident,
        user=given["user"],
        role=given["role"],
        hours=given["hours"],
        activity=given["activity"],
    )


def _end_role(actor: Any, incident: IncidentFile, _form: Any, request: HttpRequest) -> Any:
    role = _named(request, "role", incident.roles.filter(ended_at__isnull=True))
    incident_roles.end_role(actor=actor, incident=incident, role=role)


def _report(actor: Any, incident: IncidentFile, form: Any, _request: HttpRequest) -> Any:
    given = {name: form.cleaned_data[name] for name in ("known", "unknown", "done", "next_steps")}
    actions.report_situation(actor=actor, incident=incident, **given)


def _state_step(act: Any) -> Act:
    def take(actor: Any, incident: IncidentFile, form: Any, _request: HttpRequest) -> Any:
        act(actor=actor, incident=incident, reason=form.cleaned_data["reason"], revision=form.seen)

    return take


def _named(request: HttpRequest, name: str, records: Any) -> Any:
    """The record that the address names. Raises Http404 when there is none that this user may see."""
    return get_object_or_404(records, pk=whole_number(request.GET.get(name)) or 0)


STEPS: dict[str, Step] = {
    "edit": Step(forms.IncidentForm, _edit, gettext_lazy("Saved.")),
    "put_in": Step(
        forms.PutInForm,
        _put_in,
        gettext_lazy("Put in the incident file."),
        gettext_lazy("What is put in the file takes over its access."),
    ),
    "take_out": Step(forms.ReasonForm, _take_out, gettext_lazy("Taken out of the incident file.")),
    "role": Step(
        forms.RoleForm,
        _role,
        gettext_lazy("Saved."),
        gettext_lazy("For a person who has this role already, the hours and the activity change."),
    ),
    "end_role": Step(forms.RevisedForm, _end_role, gettext_lazy("The role has ended.")),
    "report": Step(
        forms.ReportForm,
        _report,
        gettext_lazy("The situation report is there."),
        gettext_lazy("A report is not changed afterwards; the next one replaces it."),
    ),
    "scale_up": Step(forms.ReasonForm, _state_step(actions.scale_up), gettext_lazy("The incident is scaled up.")),
    "scale_down": Step(forms.ReasonForm, _state_step(actions.scale_down), gettext_lazy("The incident is scaled down.")),
    "close": Step(
        forms.ReasonForm,
        _state_step(actions.close_incident),
        gettext_lazy("The incident file is closed."),
        gettext_lazy("All roles end. What was put in the file keeps its own stage."),
    ),
    "reopen": Step(forms.ReasonForm, _state_step(actions.reopen_incident), gettext_lazy("The file is open again.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """Show what a step asks, or take it."""
    shown = visible_incident(request, pk)
    if step not in INCIDENT_LABELS:
        raise Http404
    require(request, actions.LEAD, shown)
    if not _fits(shown, step):
        message = _("This step cannot be taken while the incident file is “%(state)s”.")
        return refuse(request, ValidationError(message, params={"state": shown.get_state_display()}), shown)
    if step == "start_weighing":
        return _weigh(request, shown)
    offered = STEPS[step]
    more = {"needs_reason": step in (*STEPS_WITH_REASON, "take_out")} if offered.form is forms.ReasonForm else {}
    data = request.POST if request.method == "POST" else None
    form = offered.form(data, user=request.user, incident=shown, **more)
    page = FormPage(
        INCIDENT_LABELS[step],
        _("Save") if step in ("edit", "role", "report") else INCIDENT_LABELS[step],
        shown.get_absolute_url(),
        lead=offered.lead,
        done=offered.done,
        template="signals/incidents/incident_form.html",
    )
    act = offered.act
    return answer(
        request, form=form, act=lambda sent: act(request.user, shown, sent, request), page=page, incident=shown
    )


def _fits(incident: IncidentFile, step: str) -> bool:
    if step in INCIDENT.steps:
        return step in INCIDENT.allowed(incident.state)
    return incident.state != IncidentState.CLOSED


def _weigh(request: HttpRequest, incident: IncidentFile) -> HttpResponseBase:
    """One press of a button begins the weighing."""
    if request.method != "POST":
        return redirect(incident)
    try:
        made = weighing.start_weighing(actor=request.user, about=incident)
    except ValidationError as refused:
        return refuse(request, refused, incident)
    tell(request, _("The weighing has begun. Score the three criteria."))
    return redirect(made)
