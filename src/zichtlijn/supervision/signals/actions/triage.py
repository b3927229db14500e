"""Triage: what is done with something that came in, one action a step."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_staff_member
from zichtlijn.platform.events.actions import action

from ..models import OPEN_STATES, Channel, Direction, Message, Outcome, Signal
from ..norms import NO_ACTION_GROUNDS
from ..stepping import keep, locked, take_step
from ..telling import tell, told

TRIAGE = "signals.triage_signal"
FROM_ACCOUNTS = (Channel.ACCOUNT, Channel.API)


@action("signals.take_up", permission=TRIAGE, on="signal")
def take_up(*, actor: Any, signal: Signal, revision: int | None = None) -> Signal:
    """Begin the triage; it becomes the work of whoever takes it up, unless somebody has it already."""
    values = {} if signal.assignee_id or actor is None else {"assignee": actor}
    return take_step(actor=actor, signal=signal, step="take_up", revision=revision, **values)


@action("signals.put_back", permission=TRIAGE, on="signal")
def put_back(*, actor: Any, signal: Signal, reason: str, revision: int | None = None) -> Signal:
    """Back to what nobody handles. Raises ValidationError without a reason."""
    return take_step(actor=actor, signal=signal, step="put_back", reason=reason, revision=revision, assignee=None)


@action("signals.assign", permission=TRIAGE, on="signal")
def assign(*, actor: Any, signal: Signal, assignee: Any, revision: int | None = None) -> Signal:
    """Who handles it; None for nobody. Raises ValidationError for a person who may not see it."""
    fresh = locked(signal, revision)
    _check_open(fresh)
    if assignee is not None and not assignee.has_perm(TRIAGE, fresh):
        message = _("%(person)s cannot see this or does not handle what comes in.")
        raise ValidationError({"assignee": ValidationError(message, "not-a-handler", {"person": assignee})})
    return _set(actor=actor, signal=fresh, action="signals.assign", assignee=assignee)


@action("signals.set_team", permission=TRIAGE, on="signal")
def set_team(*, actor: Any, signal: Signal, team: Any, revision: int | None = None) -> Signal:
    """Which team handles it; None for no team. A file that is open to one team changes team on its access page."""
    fresh = locked(signal, revision)
    _check_open(fresh)
    if fresh.access == "team":
        message = _("This file is open to one team only. Who may see it is changed on the page of its access.")
        raise ValidationError({"team": message}, code="team-file")
    return _set(actor=actor, signal=fresh, action="signals.set_team", team=team)


@action("signals.ask_sender", permission=TRIAGE, on="signal")
def ask_sender(*, actor: Any, signal: Signal, question: str, revision: int | None = None) -> Signal:
    """Ask the sender a question and wait for the answer. Raises ValidationError without a question."""
    stepped = take_step(actor=actor, signal=signal, step="ask_sender", revision=revision)
    say_to_sender(actor=actor, signal=stepped, text=question, asks=True, field="question")
    return stepped


@action("signals.stop_waiting", permission=TRIAGE, on="signal")
def stop_waiting(*, actor: Any, signal: Signal, reason: str, revision: int | None = None) -> Signal:
    """Go on without the answer that was asked for. Raises ValidationError without a reason."""
    stepped = take_step(actor=actor, signal=signal, step="stop_waiting", reason=reason, revision=revision)
    return withdraw_what_was_asked(actor=actor, signal=stepped)


@action("signals.take_no_action", permission=TRIAGE, on="signal")
def take_no_action(
    *, actor: Any, signal: Signal, ground: str, reason: str, message: str = "", revision: int | None = None
) -> Signal:
    """Nothing is done with it; it is still counted. Raises ValidationError without ground or reason."""
    if ground not in NO_ACTION_GROUNDS:
        raise ValidationError({"ground": _("Choose the ground.")}, code="ground")
    stepped = take_step(
        actor=actor,
        signal=signal,
        step="take_no_action",
        outcome=Outcome.NO_ACTION,
        ground=ground,
        reason=reason,
        revision=revision,
    )
    return _with_message(actor, stepped, message)


@action("signals.pass_on", permission=TRIAGE, on="signal")
def pass_on(
    *, actor: Any, signal: Signal, recipient: str, reason: str, message: str = "", revision: int | None = None
) -> Signal:
    """It is for another supervisor. Raises ValidationError without one, or without a reason."""
    if not (recipient := recipient.strip()):
        raise ValidationError({"recipient": _("Name the supervisor.")}, code="recipient")
    stepped = take_step(
        actor=actor,
        signal=signal,
        step="pass_on",
        outcome=Outcome.PASSED_ON,
        recipient=recipient,
        reason=reason,
        revision=revision,
    )
    return _with_message(actor, stepped, message)


@action("signals.add_to_activity", permission=TRIAGE, on="signal")
def add_to_activity(
    *, actor: Any, signal: Signal, target: Any, reason: str = "", message: str = "", revision: int | None = None
) -> Signal:
    """It goes along in work that is under way. Raises ValidationError for what takes no signals."""
    from ..handing_on import is_target

    if not is_target(target, actor):
        raise ValidationError({"target": _("Choose what it is added to.")}, code="target")
    stepped = take_step(
        actor=actor,
        signal=signal,
        step="add_to_activity",
        outcome=Outcome.ADDED,
        added_to=target,
        reason=reason,
        revision=revision,
    )
    return _with_message(actor, stepped, message)


@action("signals.finish_in_incident", permission=TRIAGE, on="signal")
def finish_in_incident(*, actor: Any, signal: Signal, revision: int | None = None) -> Signal:
    """What is done about it is done in its incident file; closing that file does the same with all that is in it.

    Raises ValidationError for what stands in no incident file.
    """
    if signal.incident_id is None:
        raise ValidationError(_("This is not in the incident file."), code="not-in-it")
    return take_step(
        actor=actor, signal=signal, step="finish_in_incident", outcome=Outcome.IN_INCIDENT, revision=revision
    )


@action("signals.reopen", permission=TRIAGE, on="signal")
def reopen(*, actor: Any, signal: Signal, reason: str, revision: int | None = None) -> Signal:
    """Back in triage after it was closed. Raises ValidationError without a reason."""
    return take_step(
        actor=actor, signal=signal, step="reopen", reason=reason, revision=revision, added_type=None, added_id=None
    )


@action("signals.reply", permission=TRIAGE, on="signal")
def reply(*, actor: Any, signal: Signal, text: str) -> Message:
    """Say something to the sender. Raises ValidationError without a text."""
    return say_to_sender(actor=actor, signal=signal, text=text)


def say_to_sender(*, actor: Any, signal: Signal, text: str, asks: bool = False, field: str = "text") -> Message:
    """Keep a message to whoever sent it, and record that there was one; the words stay with the signal."""
    if not (text := text.strip()):
        raise ValidationError({field: _("Write what you want to say.")}, code="no-text")
    direction = Direction.TO_ORGANISATION if signal.channel in FROM_ACCOUNTS else Direction.TO_SENDER
    author = actor if actor is not None and is_staff_member(actor) else None
    said = Message.objects.create(signal=signal, direction=direction, text=text, asks=asks, author=author)
    if not asks:
        tell(actor=actor, action="signals.reply", about=signal, before=told(signal))
    return said


def withdraw_what_was_asked(*, actor: Any, signal: Signal) -> Signal:
    """What the organisation was asked for is no longer awaited."""
    from .evaluating import withdraw_requests

    withdraw_requests(actor=actor, signal=signal)
    return signal


def _with_message(actor: Any, signal: Signal, message: str) -> Signal:
    if message.strip():
        say_to_sender(actor=actor, signal=signal, text=message, field="message")
    return signal


def _check_open(signal: Signal) -> None:
    if signal.state not in OPEN_STATES:
        raise ValidationError(_("It is closed: reopen it first."), code="closed")


def _set(*, actor: Any, signal: Signal, action: str, **values: Any) -> Signal:
    before = told(signal)
    for name, value in values.items():
        setattr(signal, name, value)
    keep(signal)
    tell(actor=actor, action=action, about=signal, before=before)
    return signal
