"""The steps that the page of a signal offers: each piece of the intake registers its own, with its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase

from .models import Signal
from .transitions import SIGNAL, STEP_PERMISSIONS

Act = Callable[[Any, Signal, Any], Any]
Answer = Callable[[HttpRequest, Signal], HttpResponseBase]
STEPS: dict[str, StepPage] = {}
_names: dict[str, Any] = {}


class NoFields(forms.Form):
    """A step that asks nothing."""


@dataclass(frozen=True)
class StepPage:
    """One step at ``signals:signal-step``.

    ``form(data, signal=…, user=…)`` makes the form; ``act(actor, signal, form)`` takes the step when it is right, and
    may give a record or address to go on to (else the signal). ``preview(signal, form, user)`` gives the text that the
    other side will read: then the page has a button "Preview". ``asks=False``: one press of a button is enough.
    ``answer(request, signal)`` takes the place of form and act where a step needs a page of its own.
    ``when(user, signal)`` says when it is offered; without it the table of transitions does. ``place``: where on the
    page of the signal, "header", "facts" or "tied".
    """

    step: str
    label: Any
    order: int
    form: Callable[..., forms.BaseForm] = lambda data=None, **_: NoFields(data)
    act: Act | None = None
    answer: Answer | None = None
    preview: Callable[[Signal, Any, Any], str] | None = None
    lead: Any = ""
    submit: Any = ""
    done: Any = ""
    look: str = "secondary"
    asks: bool = True
    place: str = "header"
    permission: str = ""
    when: Callable[[Any, Signal], bool] | None = None

    def __post_init__(self) -> None:
        if (self.act is None) == (self.answer is None):
            raise ValueError(f"{self.step}: a step has either act or answer")

    @property
    def needs(self) -> str:
        """The permission that the step asks."""
        return self.permission or STEP_PERMISSIONS["signal"].get(self.step, "signals.triage_signal")

    def fits(self, user: Any, signal: Signal) -> bool:
        """True when it can be taken in the state that the signal is in."""
        return self.when(user, signal) if self.when else self.step in SIGNAL.allowed(signal.state)


def register_step_page(page: StepPage) -> None:
    """Offer a step. Raises ValueError when two pieces register the same one."""
    if page.step in STEPS:
        raise ValueError(f"two pages for the step {page.step}")
    STEPS[page.step] = page


def steps_for(user: Any, signal: Signal) -> list[StepPage]:
    """The steps that this user can take now with a signal that he sees, in order.

    Asks for roles alone, without the signal: it is open in front of the user; the step itself asks for the signal too.
    """
    fitting = [page for page in STEPS.values() if page.fits(user, signal)]
    allowed = {needed: user.has_perm(needed) for needed in {page.needs for page in fitting}}
    return sorted((page for page in fitting if allowed[page.needs]), key=lambda page: (page.order, page.step))


def name_steps(names: dict[str, Any]) -> None:
    """Say what steps are called that have no page of their own, as a line of what was done."""
    _names.update(names)


def step_in_words(step: str) -> Any:
    """What a step is called in the lines of what was done."""
    if step in _names:
        return _names[step]
    return STEPS[step].label if step in STEPS else step
