"""Two demo signals of long ago whose retention term has passed, on a destruction list that somebody has to review."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from zichtlijn.platform.accounts.models import User
from zichtlijn.platform.events.recording import Happening, record_many
from zichtlijn.platform.retention.actions.listing import make_list, take_step
from zichtlijn.platform.retention.models import DestructionList

from .models import Channel, Outcome, Signal, SignalState, TriageStep
from .telling import told

LONG_AGO = (
    (2_080, "Gebroken ruit in de bezoekruimte (demo)", "De ruit was al weken stuk; er stond een hek voor (demo)."),
    (1_990, "Wachttijd aan de balie (demo)", "Bezoekers stonden twee uur buiten te wachten (demo)."),
)
"""Days ago, subject and text: closed more than five years ago, without action."""


def load_signals() -> None:
    """Make the signals: before those of the last year, so that number and record follow the order of time."""
    handler = User.objects.filter(username="inspecteur", is_demo=True).first()
    if handler is None:
        return
    for days, subject, text in LONG_AGO:
        _closed_long_ago(handler, days, subject, text)


def load() -> None:
    """Make the list once; the inspector-general made it, so that the administrator reviews it."""
    maker = User.objects.filter(username="ig", is_demo=True).first()
    if maker is None or DestructionList.objects.filter(is_demo=True).exists():
        return
    found = make_list(actor=maker, kinds=["signals.signal"], is_demo=True)
    take_step(actor=maker, found=found, step="propose")


def _closed_long_ago(handler: User, days: int, subject: str, text: str) -> None:
    came, closed = (timezone.now() - timedelta(days=each) for each in (days, days - 20))
    signal = Signal.objects.create(
        channel=Channel.TELEPHONE,
        subject=subject,
        text=text,
        received_at=came,
        submitted_at=came,
        state=SignalState.CLOSED,
        outcome=Outcome.NO_ACTION,
        closed_at=closed,
        assignee=handler,
        is_demo=True,
    )
    steps = (("take_up", "in_triage", came), ("take_no_action", "closed", closed))
    TriageStep.objects.bulk_create(
        TriageStep(
            signal=signal,
            step=step,
            state=state,
            person=handler,
            person_name=str(handler),
            at=at,
            reason="Al verholpen door de inrichting zelf (demo)." if state == "closed" else "",
        )
        for step, state, at in steps
    )
    happened = [Happening("signals.enter", signal, after={**told(signal), "state": "received"}, at=came)]
    before = "received"
    for step, state, at in steps:
        happened.append(Happening(f"signals.{step}", signal, {"state": before}, {"state": state}, at=at))
        before = state
    record_many(actor=None, happenings=happened)
