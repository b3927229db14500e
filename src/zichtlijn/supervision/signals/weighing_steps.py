"""The weighing of an incident and the incident file, as steps on the page of a signal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from .actions import incidents, triage
from .actions import weighing as actions
from .forms.incidents import PutInOneForm
from .models import OPEN_STATES, Signal, WeighingState
from .steps_of_pages import StepPage, register_step_page
from .transitions import SIGNAL


def _start(actor: Any, signal: Signal, _form: Any) -> Any:
    return actions.start_weighing(actor=actor, about=signal)


def _is_being_scored(_user: Any, signal: Signal) -> bool:
    return signal.weighings.filter(state=WeighingState.OPEN).exists()


def _to_its_page(_request: HttpRequest, signal: Signal) -> HttpResponseBase:
    """Stopping asks its reason on the page of the weighing."""
    weighing = signal.weighings.get(state=WeighingState.OPEN)
    return redirect("signals:weighing-step", pk=weighing.pk, step="withdraw")


def _put_in(actor: Any, signal: Signal, form: Any) -> Any:
    chosen, title = form.cleaned_data["incident"], form.cleaned_data["title"]
    if chosen is None:
        return incidents.open_incident(actor=actor, title=title, signals=[signal])
    return incidents.put_in_incident(actor=actor, incident=chosen, signals=[signal])


def _stands_in_no_file(_user: Any, signal: Signal) -> bool:
    return signal.state in OPEN_STATES and signal.incident_id is None


def _can_be_finished(_user: Any, signal: Signal) -> bool:
    return signal.incident_id is not None and "finish_in_incident" in SIGNAL.allowed(signal.state)


register_step_page(
    StepPage(
        "start_weighing",
        _("Weigh an incident investigation"),
        40,
        act=_start,
        asks=False,
        done=_("The weighing has begun. Score the three criteria."),
    )
)
register_step_page(
    StepPage("stop_weighing", _("Stop weighing"), 41, answer=_to_its_page, when=_is_being_scored, look="subtle")
)
register_step_page(
    StepPage(
        "put_in_incident",
        _("Put in an incident file"),
        45,
        form=PutInOneForm,
        act=_put_in,
        lead=_("It takes over the access of the file. A new file is open to those who can see this now."),
        done=_("Put in the incident file."),
        permission=incidents.LEAD,
        when=_stands_in_no_file,
    )
)
register_step_page(
    StepPage(
        "finish_in_incident",
        _("Finish with the incident file"),
        46,
        act=lambda actor, signal, _form: triage.finish_in_incident(actor=actor, signal=signal),
        done=_("It is finished with its incident file."),
        asks=False,
        when=_can_be_finished,
    )
)
