"""The steps of the weighing of an incident on the page of a signal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from .actions import weighing as actions
from .models import Signal, WeighingState
from .steps_of_pages import StepPage, register_step_page


def _start(actor: Any, signal: Signal, _form: Any) -> Any:
    return actions.start_weighing(actor=actor, about=signal)


def _is_being_scored(_user: Any, signal: Signal) -> bool:
    return signal.weighings.filter(state=WeighingState.OPEN).exists()


def _to_its_page(_request: HttpRequest, signal: Signal) -> HttpResponseBase:
    """Stopping asks its reason on the page of the weighing."""
    weighing = signal.weighings.get(state=WeighingState.OPEN)
    return redirect("signals:weighing-step", pk=weighing.pk, step="withdraw")


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
