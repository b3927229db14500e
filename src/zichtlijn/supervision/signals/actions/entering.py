"""Entering what people tell the inspectorate otherwise than through the product, and correcting the facts."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action

from ..intake import Prepared, attach
from ..models import OPEN_STATES, Channel, Direction, Message, Sender, Signal, SignalKind, SignalState
from ..receipts import code_of, digest_of
from ..stepping import keep, locked, take_step
from ..telling import tell, told
from .sending import open_question
from .triage import FROM_ACCOUNTS

ENTERED_BY_STAFF = (
    Channel.TELEPHONE,
    Channel.LETTER,
    Channel.EMAIL,
    Channel.MEDIA,
    Channel.STATE_OF_EXECUTION,
    Channel.INSPECTORATE,
)
OF_SENDER = ("name", "email", "phone", "relation")
FACTS = ("subject", "organisation", "domain", "region", "happened_on", "place")


@action("signals.enter", permission="signals.enter_signal")
def enter_signal(
    *,
    actor: Any,
    values: dict[str, Any],
    sender: dict[str, Any] | None = None,
    files: Sequence[Prepared] = (),
    with_code: bool = False,
    submission: uuid.UUID | None = None,
) -> Signal:
    """Enter a signal or complaint that came by telephone, letter and the like; the same form again gives the same one.

    ``sender``: what is known of who told it, kept apart; empty for anonymous. ``files``: what came along, not shown to
    the sender. ``with_code``: the sender gets a receipt code (``receipts.code_of(signal.submission)``).
    Raises ValidationError for what comes in by another way.
    """
    if values.get("channel") not in ENTERED_BY_STAFF:
        raise ValidationError({"channel": _("Choose how it came in.")}, code="channel")
    if values.get("kind", SignalKind.SIGNAL) not in (SignalKind.SIGNAL, SignalKind.COMPLAINT):
        raise ValidationError({"kind": _("An organisation notifies an incident itself.")}, code="kind")
    token = submission or uuid.uuid4()
    if (
        known := Signal._base_manager.filter(submission=token, entered_by=getattr(actor, "pk", None)).first()
    ) is not None:
        return known
    signal = Signal(**values, submission=token, entered_by=actor)
    signal.full_clean(exclude=["submission"], validate_unique=False)
    if signal.received_at > timezone.now():
        raise ValidationError({"received_at": _("This moment is still to come.")}, code="future")
    signal.save()
    contact = {name: str((sender or {}).get(name, "")).strip() for name in OF_SENDER}
    Sender.objects.create(
        signal=signal,
        is_anonymous=not any(contact[name] for name in ("name", "email", "phone")),
        receipt_sha256=digest_of(code_of(token)) if with_code else None,
        **contact,
    )
    attach(signal, files, is_shared=False)
    tell(actor=actor, action="signals.enter", about=signal)
    return signal


@action("signals.enter_answer", permission="signals.triage_signal", on="signal")
def enter_answer(
    *, actor: Any, signal: Signal, text: str, submission: uuid.UUID, files: Sequence[Prepared] = ()
) -> Message:
    """Keep what the sender told by telephone or letter; when that was waited for, the triage goes on.

    The same form again gives the same message. Raises ValidationError without words.
    """
    if not (text := text.strip()):
        raise ValidationError({"text": _("Write down what was told.")}, code="no-text")
    if (known := Message._base_manager.filter(signal=signal, submission=submission).first()) is not None:
        return known
    fresh = locked(signal)
    message = Message.objects.create(
        signal=fresh,
        direction=Direction.FROM_ORGANISATION if fresh.channel in FROM_ACCOUNTS else Direction.FROM_SENDER,
        text=text,
        answers=open_question(fresh),
        author=actor,
        submission=submission,
    )
    attach(fresh, files, message=message, is_shared=False)
    if fresh.state == SignalState.WAITING_SENDER:
        fresh = take_step(actor=actor, signal=fresh, step="stop_waiting", reason=gettext("The sender has answered."))
    tell(actor=actor, action="signals.enter_answer", about=fresh, before=told(fresh))
    return message


@action("signals.edit", permission="signals.triage_signal", on="signal")
def correct_facts(*, actor: Any, signal: Signal, values: dict[str, Any], revision: int | None = None) -> Signal:
    """About whom it is, where and when, as far as the inspectorate knows by now; what the sender wrote stays."""
    fresh = locked(signal, revision)
    if fresh.state not in OPEN_STATES:
        raise ValidationError(_("It is closed: reopen it first."), code="closed")
    before = told(fresh)
    for name in FACTS:
        if name in values:
            setattr(fresh, name, values[name])
    fresh.full_clean(validate_unique=False)
    keep(fresh)
    tell(actor=actor, action="signals.edit", about=fresh, before=before)
    return fresh
