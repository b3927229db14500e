"""Many notifications at once, from the organisation's own system: each is taken or refused by itself, none twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import Happening, record_many
from zichtlijn.platform.search.indexing import index_records
from zichtlijn.supervision.field.models import Organisation
from zichtlijn.supervision.field.queries import spoken_for_by

from ..models import Channel, DayCount, Notification, NotificationCategory, Signal, SignalKind, SignalState
from ..telling import told
from ..terms import closing_due, due, equal_days
from .notifying import NOT_SENT, OF_NOTIFICATION, OF_SIGNAL, OWN

MOST_AT_ONCE = 500
TRIES = 8
NEVER_CHANGED = ("text", "happened_as_told")
"""What the inspectorate leaves as it was sent; facts such as place and day may have been corrected since."""


class Outcome(StrEnum):
    """What became of one of many."""

    ACCEPTED = "accepted"
    ALREADY_RECEIVED = "already_received"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Sent:
    """One notification as it was sent. ``organisation`` may be left out by who speaks for one only.

    ``values`` has ``category`` (a code), ``discovered_at``, ``subject`` and ``text`` at least.
    """

    values: Mapping[str, Any]
    organisation: int | None = None

    @property
    def own_reference(self) -> str:
        """The number in the organisation's own system; empty when it has none."""
        return str(self.values.get("sender_reference") or "")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it: the signal when it is (or was already) taken, and why not when it is refused."""

    outcome: Outcome
    signal: Signal | None = None
    error: ValidationError | None = None


Key = tuple[int | None, str]


@action("signals.take_batch", permission=OWN)
def take_batch(*, actor: Any, notifications: Sequence[Sent] | Desk) -> list[Taken]:
    """Take notifications in, each or not; the results in the same order.

    One with a reference that was used before is not taken again: the same content was received already, other content
    is a conflict. All that is accepted is written in this transaction, with few statements, whatever their number.
    ``notifications`` are a ``Desk`` when they were looked at before the transaction.
    """
    desk = notifications if isinstance(notifications, Desk) else Desk(actor, notifications)
    if desk.actor is not actor:
        raise ValueError("a desk is for one actor")
    if len(desk.sent) > MOST_AT_ONCE:
        raise ValidationError(_("At most %(most)s at once."), code="too-many", params={"most": MOST_AT_ONCE})
    for attempt in range(TRIES):
        if attempt:
            desk.look_again()
        results = desk.results()
        try:
            with transaction.atomic():
                _write(actor, [taken.signal for taken in results if taken.outcome == Outcome.ACCEPTED and taken.signal])
        except IntegrityError:  # somebody sent one of these at the same moment; look again
            continue
        return results
    raise ValidationError(_("Others keep sending the same notifications. Send them again."), code="contended")


@dataclass(frozen=True, slots=True)
class _Looked:
    """One that was looked at: the signal that it becomes when its reference is new, or what is wrong with it."""

    organisation: Organisation | None = None
    signal: Signal | None = None
    error: ValidationError | None = None


class Desk:
    """Looks at what came in. Reads what all of them need once.

    Belongs before a transaction: SQLite has one writer, who should not wait for what others can do beside it.
    """

    def __init__(self, actor: Any, sent: Sequence[Sent]) -> None:
        self.actor, self.sent = actor, sent
        self.now = timezone.now()
        self.organisations = Organisation.objects.in_bulk() if actor is None else spoken_for_by(actor)
        self.categories = _Categories(each.values.get("category", "") for each in sent)
        self.look_again()

    def look_again(self) -> None:
        """Make the signals (anew: those of an attempt that failed have keys that do not exist)."""
        self._looked = [self._look_at(each) for each in self.sent]

    def results(self) -> list[Taken]:
        """The result for each, with new signals that are not written yet. Belongs in the transaction."""
        known = self._known()
        return [self._result(sent, looked, known) for sent, looked in zip(self.sent, self._looked, strict=True)]

    def _known(self) -> dict[Key, Signal]:
        references = {each.own_reference for each in self.sent} - {""}
        if not references:
            return {}
        used = Signal._base_manager.filter(organisation__in=list(self.organisations), sender_reference__in=references)
        keys = list(
            used.values_list("pk", flat=True)
        )  # as a rule none: what they hold is read only when there are some
        found = Signal._base_manager.filter(pk__in=keys).select_related("notification__category") if keys else []
        return {(each.organisation_id, each.sender_reference): each for each in found}

    def _look_at(self, sent: Sent) -> _Looked:
        organisation = None
        try:
            organisation = self._organisation(sent)
            return _Looked(organisation, self._signal(organisation, sent))
        except ValidationError as error:
            return _Looked(organisation, error=error)

    def _result(self, sent: Sent, looked: _Looked, known: dict[Key, Signal]) -> Taken:
        key = (looked.organisation.pk if looked.organisation else None, sent.own_reference)
        if sent.own_reference and key in known:
            return _again(known[key], sent)
        if looked.signal is None:
            return Taken(Outcome.REFUSED, error=looked.error)
        if sent.own_reference:
            known[key] = looked.signal
        return Taken(Outcome.ACCEPTED, looked.signal)

    def _organisation(self, sent: Sent) -> Organisation:
        if sent.organisation is None and len(self.organisations) == 1:
            return next(iter(self.organisations.values()))
        if sent.organisation is None:
            message = _("Say for which organisation: this account speaks for more than one, or for none.")
            raise ValidationError({"organisation": ValidationError(message, code="required")})
        if sent.organisation not in self.organisations:
            message = _("This account does not speak for that organisation.")
            raise ValidationError({"organisation": ValidationError(message, code="not-yours")})
        return self.organisations[sent.organisation]

    def _signal(self, organisation: Organisation, sent: Sent) -> Signal:
        self._check_moments(sent.values)
        discovered_at = sent.values["discovered_at"]
        category = self.categories.on(sent.values["category"], timezone.localtime(discovered_at).date())
        signal = Signal(
            kind=SignalKind.NOTIFICATION,
            channel=Channel.API,
            state=SignalState.RECEIVED,
            organisation=organisation,
            received_at=self.now,
            submitted_at=self.now,
            entered_by=self.actor,
            **{name: sent.values[name] for name in OF_SIGNAL if name in sent.values},
        )
        signal.set_audience()
        signal.notification = Notification(
            signal=signal,
            category=category,
            due_at=self.categories.due(category, discovered_at),
            closing_due_at=self.categories.closing_due(category, self.now),
            **{name: sent.values[name] for name in OF_NOTIFICATION if name in sent.values},
        )
        signal.term_at = signal.notification.closing_due_at
        return signal

    def _check_moments(self, values: Mapping[str, Any]) -> None:
        to_come = _("This moment is yet to come.")
        wrong = {
            name: ValidationError(to_come, code="future")
            for name in ("discovered_at", "phoned_at")
            if values.get(name) is not None and values[name] > self.now
        }
        if wrong:
            raise ValidationError(wrong)


class _Categories:
    """The rows of the categories that are named, and the terms that follow from them, each worked out once."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.rows: dict[str, list[NotificationCategory]] = {}
        for row in NotificationCategory.objects.filter(code__in=set(codes)):
            self.rows.setdefault(row.code, []).append(row)
        self._due: dict[tuple[int, date], datetime | None] = {}
        self._closing: dict[int, datetime | None] = {}

    @cached_property
    def equal_days(self) -> frozenset[date]:
        """All of them; read when the first term is counted in working days."""
        return equal_days(date.min)

    def on(self, code: str, day: date) -> NotificationCategory:
        """The row that held on a day. Raises ValidationError when there is none."""
        held = [row for row in self.rows.get(code, ()) if row.holds_on(day)]
        if not held:
            message = _("This category did not exist on that day.")
            raise ValidationError({"category": ValidationError(message, code="no-category")})
        return max(held, key=lambda row: row.valid_from or date.min)

    def due(self, category: NotificationCategory, discovered_at: datetime) -> datetime | None:
        """As ``terms.due``; whatever is not counted in hours depends on the day only."""
        if category.term_unit == DayCount.HOURS:
            return due(category, discovered_at)
        key = (category.pk, timezone.localtime(discovered_at).date())
        if key not in self._due:
            equal = self.equal_days if category.term_unit == DayCount.WORKING_DAYS else None
            self._due[key] = due(category, discovered_at, equal)
        return self._due[key]

    def closing_due(self, category: NotificationCategory, now: datetime) -> datetime | None:
        """As ``terms.closing_due``, for what comes in now."""
        if category.pk not in self._closing:
            self._closing[category.pk] = closing_due(category, now)
        return self._closing[category.pk]


def _again(kept: Signal, sent: Sent) -> Taken:
    """It has this reference already: the same notification, or another one under the same number.

    A draft with that number was not received by anybody, so that it is no answer to who sends it in now.
    """
    if kept.kind != SignalKind.NOTIFICATION or kept.state in NOT_SENT:
        return Taken(Outcome.CONFLICT)
    same = all(getattr(kept, name) == sent.values.get(name, "") for name in NEVER_CHANGED) and _same_facts(kept, sent)
    return Taken(Outcome.ALREADY_RECEIVED if same else Outcome.CONFLICT, kept)


def _same_facts(kept: Signal, sent: Sent) -> bool:
    notification = kept.notification
    if notification.category.code != sent.values.get("category"):
        return False
    empty = {"people_involved": "", "first_measures": ""}
    return all(getattr(notification, name) == sent.values.get(name, empty.get(name)) for name in OF_NOTIFICATION)


def _write(actor: Any, signals: list[Signal]) -> None:
    # In one order for everybody, so that two that send the same at once never wait for each other in a ring.
    signals.sort(key=lambda signal: (signal.organisation_id or 0, signal.sender_reference))
    Signal.objects.bulk_create(signals)
    Notification.objects.bulk_create(_notifications(signals))
    record_many(
        actor=actor, happenings=[Happening("signals.take_batch", signal, after=told(signal)) for signal in signals]
    )
    index_records(signals)


def _notifications(signals: Iterable[Signal]) -> Iterator[Notification]:
    for signal in signals:
        signal.notification.signal = signal  # now with its key
        yield signal.notification
