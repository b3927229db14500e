"""What a sender reads about his report: what we do with it and what we do not, in short sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Outcome, Signal, SignalState


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a report stands, for the one who sent it."""

    title: Any
    text: Any
    tone: str = "info"


READ = Standing(_("We are reading your report"), _("A colleague is looking at it. You do not have to do anything."))
STANDINGS: dict[str, Standing] = {
    SignalState.RECEIVED: Standing(
        _("We have your report"), _("We have not read it yet. You do not have to do anything.")
    ),
    SignalState.IN_TRIAGE: READ,
    SignalState.WAITING_SENDER: Standing(
        _("We have a question for you"),
        _("Your answer helps us to go on. You do not have to answer if you do not want to."),
        "warning",
    ),
    SignalState.WAITING_ORGANISATION: Standing(
        _("We are having it looked into"),
        _("We have asked for more information. We do not say who reported it."),
    ),
    SignalState.WEIGHING: Standing(
        _("We are deciding whether to investigate this"), _("That can take some time. We write here what we decide.")
    ),
    SignalState.MERGED: Standing(
        _("We look at your report together with another one"),
        _("Somebody else reported the same. Who that is, we do not say. Nor do we say who you are."),
    ),
}
OUTCOMES: dict[str, Standing] = {
    Outcome.NO_ACTION: Standing(
        _("We do nothing more with your report now"),
        _("We keep it. If more people report the same, we look at it again."),
        "neutral",
    ),
    Outcome.ADDED: Standing(
        _("We use your report in our work"),
        _("It goes along with an inspection that is under way or planned."),
        "positive",
    ),
    Outcome.PASSED_ON: Standing(
        _("We have passed on your report"),
        _("Another supervisor is the right one for this. We do not pass on your name without asking you."),
        "positive",
    ),
    Outcome.INVESTIGATION: Standing(
        _("We want to investigate this"),
        _("Your report is one of the reasons. When we start, and how, is still to be decided."),
        "positive",
    ),
    Outcome.IN_INCIDENT: Standing(
        _("We have looked at your report together with others"),
        _("They were about the same incident. Who else reported it, we do not say. Nor do we say who you are."),
        "positive",
    ),
}


def standing_of(signal: Signal) -> Standing:
    """Where the report stands, in the words for its sender."""
    if signal.state == SignalState.CLOSED:
        return OUTCOMES[signal.outcome]
    return STANDINGS.get(signal.state, READ)
