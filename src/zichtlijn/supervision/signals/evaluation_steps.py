"""The step of the triage that asks an organisation for its own evaluation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from .actions.evaluating import ask_evaluation, can_wait
from .forms.evaluation import AskForm
from .models import Signal
from .steps_of_pages import StepPage, register_step_page


def _act(actor: Any, signal: Signal, form: AskForm) -> Any:
    given = form.cleaned_data
    return ask_evaluation(
        actor=actor, signal=signal, question=given["question"], due_on=given["due_on"], revision=form.seen
    )


def _when(_user: Any, signal: Signal) -> bool:
    """Only of an organisation that is known."""
    return signal.organisation_id is not None and can_wait(signal)


register_step_page(
    StepPage(
        step="ask_evaluation",
        label=_("Ask for an own evaluation"),
        order=30,
        form=AskForm,
        act=_act,
        when=_when,
        lead=_(
            "The organisation finds out itself what happened and why. "
            "It reads your question, and of what others told us nothing."
        ),
        submit=_("Ask"),
        done=_("The organisation is asked for its own evaluation."),
    )
)
