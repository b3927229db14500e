"""How an organisation reads where its notification stands: what it may know of the triage, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Outcome, Signal, SignalState


@dataclass(frozen=True)
class Stage:
    """A stage in the words of the portal; several stages of the triage can be one here."""

    label: Any
    next: Any
    tone: str = "neutral"


DRAFT = Stage(
    _("draft"),
    _("Only you see this. Send it in when you have said what you know; you can add to it later."),
    "warning",
)
DISCARDED = Stage(_("draft thrown away"), _("Nothing was sent in."))
RECEIVED = Stage(
    _("received"),
    _("We read your notification and look at what we do with it. You need not do anything now."),
    "info",
)
BEING_HANDLED = Stage(
    _("being handled"),
    _(
        "We look at what happened, and decide whether we ask you something, ask for your own evaluation, take it along "
        "in our supervision, or do nothing more with it. You can add to it at any time."
    ),
    "info",
)
ASKED = Stage(_("question to you"), _("Answer our question below; then we go on."), "warning")
EVALUATION_ASKED = Stage(
    _("evaluation asked"),
    _("Find out yourself what happened and why, and hand in your evaluation by the day below. Then we judge it."),
    "warning",
)
MERGED = Stage(
    _("handled together"),
    _("We handle this together with something else about the same matter. You can still add to it."),
)
CLOSED = Stage(
    _("closed"),
    _("We have finished with this notification. What it taught us stays in our picture of your organisation."),
    "positive",
)
NO_ACTION = Stage(
    _("closed, no action"),
    _("We do nothing more with this notification. It still counts in our picture of your organisation."),
    "positive",
)
PASSED_ON = Stage(
    _("closed, passed on"),
    _("Another supervisor handles this further. We do nothing more with it ourselves."),
    "positive",
)
TAKEN_ALONG = Stage(
    _("closed, taken along"),
    _("We take this along in our supervision. If we come to you about it, you hear that from us in writing first."),
    "positive",
)
HANDLED_TOGETHER = Stage(
    _("closed, handled together"),
    _("We handled this together with what else came in about the same incident, and have finished with it."),
    "positive",
)

# Whether an incident investigation is being weighed is the inspectorate's own business until there is a decision.
STAGES: dict[str, Stage] = {
    SignalState.DRAFT: DRAFT,
    SignalState.DISCARDED: DISCARDED,
    SignalState.RECEIVED: RECEIVED,
    SignalState.IN_TRIAGE: BEING_HANDLED,
    SignalState.WAITING_SENDER: ASKED,
    SignalState.WAITING_ORGANISATION: EVALUATION_ASKED,
    SignalState.WEIGHING: BEING_HANDLED,
    SignalState.CLOSED: CLOSED,
    SignalState.MERGED: MERGED,
}
OUTCOMES: dict[str, Stage] = {
    Outcome.NO_ACTION: NO_ACTION,
    Outcome.PASSED_ON: PASSED_ON,
    Outcome.ADDED: TAKEN_ALONG,
    Outcome.INVESTIGATION: TAKEN_ALONG,
    Outcome.IN_INCIDENT: HANDLED_TOGETHER,
}


def stage_of(signal: Signal) -> Stage:
    """The stage as the organisation reads it."""
    return OUTCOMES.get(signal.outcome) or STAGES[signal.state]
