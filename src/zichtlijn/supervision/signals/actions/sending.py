"""What somebody without an account can do: send something in, answer, add. And closing the form for a while."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot

from .. import intake
from ..models import Channel, Direction, IntakeNotice, Message, Sender, Signal, SignalState
from ..receipts import code_of, digest_of
from ..stepping import keep, locked, take_step
from ..telling import tell, told

AS_SENDER = "signals.answer_as_sender"
OF_SIGNAL = ("kind", "organisation_as_told", "text", "place", "happened_on", "happened_as_told", "language")
OF_SENDER = ("name", "email", "phone", "relation")
CONTACT = OF_SENDER[:3]
NOTHING_SAID = _("Fill in what happened. Without that we cannot do anything.")


@dataclass(frozen=True, slots=True)
class Sent:
    """What was received, and the code with which the sender comes back."""

    signal: Signal
    code: str


@action("signals.send", permission="signals.send_signal")
def send_signal(
    *, actor: Any, values: dict[str, Any], submission: uuid.UUID, files: Sequence[intake.Prepared] = ()
) -> Sent:
    """Receive what somebody reports. The same form again gives the same report and the same code.

    Raises FormClosedError while the form is closed, and ValidationError without words.
    """
    intake.require_open_form()
    if not values.get("text", "").strip():
        raise ValidationError({"text": NOTHING_SAID}, code="no-text")
    code = code_of(submission)
    sent_before = Signal._base_manager.filter(submission=submission)
    if (known := sent_before.first()) is not None:
        return Sent(known, code)
    try:
        with transaction.atomic():
            signal = _create(values, submission)
    except IntegrityError:  # the same form came in twice at once
        return Sent(sent_before.get(), code)
    contact = {name: values.get(name, "") for name in OF_SENDER}
    is_anonymous = not any(contact[name] for name in CONTACT)
    Sender.objects.create(signal=signal, is_anonymous=is_anonymous, receipt_sha256=digest_of(code), **contact)
    intake.attach(signal, files)
    tell(actor=actor, action="signals.send", about=signal)
    return Sent(signal, code)


@action("signals.answer", permission=AS_SENDER, on="signal")
def answer_question(
    *, actor: Any, signal: Signal, text: str, submission: uuid.UUID, files: Sequence[intake.Prepared] = ()
) -> Message:
    """Answer what the inspectorate asked: the triage goes on. When nobody waits for it any more, it is added."""
    fresh = locked(signal)
    if (known := _message_of(fresh, submission)) is not None:
        return known
    waits = fresh.state == SignalState.WAITING_SENDER
    message = _say(fresh, text, submission, files, answers=open_question(fresh))
    if waits:
        take_step(actor=actor, signal=fresh, step="answer")
    else:
        _tell_added(actor, fresh)
    return message


@action("signals.add_to_signal", permission=AS_SENDER, on="signal")
def add_to_signal(
    *, actor: Any, signal: Signal, text: str, submission: uuid.UUID, files: Sequence[intake.Prepared] = ()
) -> Message:
    """Add words to what was sent in, in whatever stage it is; the stage stays as it is."""
    fresh = locked(signal)
    if (known := _message_of(fresh, submission)) is not None:
        return known
    message = _say(fresh, text, submission, files)
    _tell_added(actor, fresh)
    return message


@action("signals.close_form", permission="signals.close_form")
def close_form(*, actor: Any, text_nl: str, text_en: str) -> IntakeNotice:
    """Close the form, and say in both languages why. Raises ValidationError without the words."""
    missing = {
        name: _("Say why, and what people can do now.")
        for name, text in (("text_nl", text_nl), ("text_en", text_en))
        if not text.strip()
    }
    if missing:
        raise ValidationError(missing, code="no-text")
    return _set_notice(actor, "signals.close_form", is_closed=True, text_nl=text_nl.strip(), text_en=text_en.strip())


@action("signals.open_form", permission="signals.close_form")
def open_form(*, actor: Any) -> IntakeNotice:
    """Open the form again; the words stay for a next time."""
    return _set_notice(actor, "signals.open_form", is_closed=False)


def open_question(signal: Signal) -> Message | None:
    """The newest question to the sender that has no answer."""
    asked = signal.messages.filter(direction=Direction.TO_SENDER, asks=True, answered_by__isnull=True)
    return asked.order_by("-at", "-pk").first()


def _create(values: dict[str, Any], submission: uuid.UUID) -> Signal:
    given = {name: values[name] for name in OF_SIGNAL if values.get(name) not in (None, "")}
    subject = intake.subject_of(given["text"], given.get("organisation_as_told", ""))
    now = timezone.now()
    return Signal.objects.create(
        channel=Channel.FORM, subject=subject, received_at=now, submitted_at=now, submission=submission, **given
    )


def _message_of(signal: Signal, submission: uuid.UUID) -> Message | None:
    return Message._base_manager.filter(signal=signal, submission=submission).first()


def _say(
    signal: Signal,
    text: str,
    submission: uuid.UUID,
    files: Sequence[intake.Prepared],
    answers: Message | None = None,
) -> Message:
    if not (text := text.strip()):
        raise ValidationError({"text": _("Write down what you want to tell us.")}, code="no-text")
    message = Message.objects.create(
        signal=signal, direction=Direction.FROM_SENDER, text=text, answers=answers, submission=submission
    )
    intake.attach(signal, files, message=message)
    return message


def _tell_added(actor: Any, signal: Signal) -> None:
    before = told(signal)
    keep(signal)
    tell(actor=actor, action="signals.add_to_signal", about=signal, before=before)


def _set_notice(actor: Any, name: str, **values: Any) -> IntakeNotice:
    kept, _is_new = IntakeNotice._base_manager.select_for_update().get_or_create(pk=intake.ONLY_NOTICE)
    before = snapshot(kept, fields=["is_closed"])
    for field, value in values.items():
        setattr(kept, field, value)
    kept.save()
    record(actor=actor, action=name, about=kept, before=before, after=snapshot(kept, fields=["is_closed"]))
    return kept
