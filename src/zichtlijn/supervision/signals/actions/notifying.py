"""What an organisation does with its own notifications: write, send in, add, report how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.files.unused import let_go
from zichtlijn.supervision.field.models import Organisation
from zichtlijn.supervision.field.queries import organisations_of

from .. import intake
from ..models import Channel, Direction, Message, Notification, Signal, SignalKind, SignalState
from ..reference import category_on
from ..stepping import keep, locked, take_step
from ..telling import tell, told
from ..terms import closing_due, due

OWN = "signals.submit_notification"
OF_SIGNAL = ("subject", "text", "place", "happened_on", "happened_as_told", "sender_reference", "region")
OF_NOTIFICATION = ("discovered_at", "phoned_at", "people_involved", "first_measures")
NOT_SENT = (SignalState.DRAFT, SignalState.DISCARDED)
Values = Mapping[str, Any]
Files = Sequence[intake.Prepared]


@action("signals.start_notification", permission=OWN)
def start_notification(
    *,
    actor: Any,
    organisation: Organisation,
    values: Values,
    channel: str = Channel.ACCOUNT,
    submission: UUID | None = None,
    files: Files = (),
) -> Signal:
    """A draft that only the organisation sees. ``values`` has ``category`` (a code) and ``discovered_at`` at least.

    The same ``submission`` sent twice gives the draft that the first one made. Raises ValidationError per field, and
    PermissionDenied for an organisation that the actor does not speak for.
    """
    if actor is not None and organisation.pk not in organisations_of(actor):
        raise PermissionDenied("signals.start_notification")
    if submission is not None and (made := Signal._base_manager.filter(submission=submission).first()):
        return made
    draft = Signal(
        kind=SignalKind.NOTIFICATION,
        channel=channel,
        state=SignalState.DRAFT,
        organisation=organisation,
        submission=submission,
        entered_by=actor,
    )
    try:
        with transaction.atomic():
            _keep(draft, Notification(signal=draft), values)
    except IntegrityError:  # the same came in twice at once: by form, or from a system under one reference
        if submission is not None and (made := Signal._base_manager.filter(submission=submission).first()):
            return made
        _check_reference(draft)
        raise
    intake.attach(draft, files)
    tell(actor=actor, action="signals.start_notification", about=draft)
    return draft


@action("signals.edit_notification", permission=OWN, on="signal")
def edit_notification(
    *, actor: Any, signal: Signal, values: Values, revision: int | None = None, files: Files = ()
) -> Signal:
    """Change a draft; ``files`` come with those that are there.

    Raises Stale when somebody else changed it since, and ValidationError per field or when it was sent in.
    """
    fresh = locked(signal, revision)
    _check_draft(fresh)
    before = told(fresh)
    fresh.revision += 1
    _keep(fresh, fresh.notification, values)
    intake.attach(fresh, files)
    tell(actor=actor, action="signals.edit_notification", about=fresh, before=before)
    return fresh


@action("signals.remove_file", permission=OWN, on="signal")
def remove_file(*, actor: Any, signal: Signal, uid: UUID) -> Signal:
    """Take a file out of a draft again. Raises ValidationError for one that is not there, or when it was sent in."""
    fresh = locked(signal)
    _check_draft(fresh)
    found = fresh.attachments.select_related("file").filter(uid=uid).first()
    if found is None:
        raise ValidationError(_("This file is not with the draft any more."), code="no-file")
    found.delete()
    if found.file is not None:
        let_go([found.file.pk])
    tell(actor=actor, action="signals.remove_file", about=fresh, before=told(fresh))
    return fresh


@action("signals.discard", permission=OWN, on="signal")
def discard_notification(*, actor: Any, signal: Signal, revision: int | None = None) -> Signal:
    """Throw a draft away; nobody at the inspectorate ever saw it."""
    return take_step(actor=actor, signal=signal, step="discard", revision=revision)


@action("signals.submit", permission=OWN, on="signal")
def submit_notification(*, actor: Any, signal: Signal, revision: int | None = None) -> Signal:
    """Send a draft in: from now on the inspectorate sees it, and its terms run. Raises ValidationError per field."""
    fresh = locked(signal, revision)
    if fresh.state == SignalState.DRAFT and not fresh.text.strip():
        raise ValidationError({"text": _("Say what happened before you send it in.")}, code="no-text")
    now = timezone.now()
    notification = fresh.notification
    _set_terms(notification, closing_from=now)
    notification.save()
    return take_step(actor=actor, signal=fresh, step="submit", submitted_at=now, received_at=now)


@action("signals.add_to_notification", permission=OWN, on="signal")
def add_to_notification(
    *, actor: Any, signal: Signal, text: str, submission: UUID | None = None, files: Files = ()
) -> Message:
    """Say more after it was sent in, also when it is closed. A question that waits for it counts as answered.

    Raises ValidationError without a text, or while it was not sent in.
    """
    if submission is not None and (said := Message._base_manager.filter(submission=submission).first()):
        return said
    fresh = locked(signal)
    if fresh.state in NOT_SENT:
        raise ValidationError(_("It was not sent in yet: change the draft."), code="draft")
    if not (text := text.strip()):
        raise ValidationError({"text": _("Write what you want to add.")}, code="no-text")
    asked = open_question(fresh)
    said = Message.objects.create(
        signal=fresh,
        direction=Direction.FROM_ORGANISATION,
        text=text,
        answers=asked,
        author=actor,
        submission=submission,
    )
    intake.attach(fresh, files, message=said)
    if fresh.state == SignalState.WAITING_SENDER:
        take_step(actor=actor, signal=fresh, step="answer")
    else:
        tell(actor=actor, action="signals.add_to_notification", about=fresh, before=told(fresh))
    return said


@action("signals.report_closing", permission=OWN, on="signal")
def report_closing(*, actor: Any, signal: Signal, text: str, files: Files = ()) -> Signal:
    """How it ended: once, and whenever the organisation is ready. Raises ValidationError without a text."""
    fresh = locked(signal)
    notification = fresh.notification
    if fresh.state in NOT_SENT:
        raise ValidationError(_("It was not sent in yet: change the draft."), code="draft")
    if notification.closing_reported_at is not None:
        raise ValidationError(_("The closing report is there already. You can still add something."), code="reported")
    if not (text := text.strip()):
        raise ValidationError({"text": _("Write how it ended.")}, code="no-text")
    before = told(fresh)
    notification.closing_report, notification.closing_reported_at = text, timezone.now()
    notification.save()
    intake.attach(fresh, files)
    keep(fresh)
    tell(actor=actor, action="signals.report_closing", about=fresh, before=before)
    return fresh


def open_question(signal: Signal) -> Message | None:
    """The newest question to the organisation for which it waits; one about an own evaluation stands with that."""
    if signal.state != SignalState.WAITING_SENDER:
        return None
    asked = signal.messages.filter(direction=Direction.TO_ORGANISATION, asks=True, answered_by__isnull=True)
    return asked.filter(evaluation__isnull=True).order_by("-at", "-pk").first()


def _check_draft(signal: Signal) -> None:
    if signal.state != SignalState.DRAFT:
        raise ValidationError(_("It was sent in already. Add to it what you want to say."), code="sent-in")


def _keep(draft: Signal, notification: Notification, values: Values) -> None:
    for kept, names in ((draft, OF_SIGNAL), (notification, OF_NOTIFICATION)):
        for name in names:
            if name in values:
                setattr(kept, name, values[name])
    kept_code = notification.category.code if notification.category_id else ""
    _set_category(notification, values.get("category") or kept_code)
    _set_terms(notification)
    draft.full_clean(exclude=["text", "organisation", "submission", "state"])
    _check_reference(draft)
    draft.save()
    notification.signal = draft
    notification.save()


def _check_reference(draft: Signal) -> None:
    used = Signal._base_manager.filter(organisation=draft.organisation_id, sender_reference=draft.sender_reference)
    if draft.sender_reference and used.exclude(pk=draft.pk).exists():
        message = _("You used this reference for another notification.")
        raise ValidationError({"sender_reference": message}, code="reference-used")


def _set_category(notification: Notification, code: str) -> None:
    if not code:
        raise ValidationError({"category": _("Choose what kind of incident it is.")}, code="required")
    if notification.discovered_at is None:
        raise ValidationError({"discovered_at": _("Say when it was discovered.")}, code="required")
    if notification.discovered_at > timezone.now():
        raise ValidationError({"discovered_at": _("This moment is yet to come.")}, code="future")
    row = category_on(code, timezone.localtime(notification.discovered_at).date())
    if row is None:
        raise ValidationError({"category": _("This category did not exist on that day.")}, code="no-category")
    notification.category = row


def _set_terms(notification: Notification, closing_from: Any = None) -> None:
    notification.due_at = due(notification.category, notification.discovered_at)
    notification.closing_due_at = closing_due(notification.category, closing_from) if closing_from else None
