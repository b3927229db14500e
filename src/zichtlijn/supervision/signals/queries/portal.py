"""What an organisation has on its own page. Everything starts from what the user may see."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from zichtlijn.supervision.field.models import Organisation
from zichtlijn.supervision.field.queries import organisations_of

from ..deadlines import WAITING
from ..models import Direction, Message, Notification, OwnEvaluation, Signal, SignalState

WHICH: dict[str, Q] = {
    "": ~Q(state=SignalState.DISCARDED),
    "drafts": Q(state=SignalState.DRAFT),
    "open": ~Q(state__in=(SignalState.DRAFT, SignalState.DISCARDED, SignalState.CLOSED, SignalState.MERGED)),
    "closed": Q(state__in=(SignalState.CLOSED, SignalState.MERGED)),
}


def own_organisations(user: Any) -> Any:
    """The organisations that the user speaks for."""
    return Organisation.objects.filter(pk__in=organisations_of(user)).order_by("name")


def notifications_of(user: Any, which: str = "") -> Any:
    """The notifications of the organisations that the user speaks for, newest first."""
    found = Signal.objects.visible_to(user).filter(WHICH.get(which, WHICH[""]), notification__isnull=False)
    return found.select_related("organisation", "notification__category")


def asked_evaluations(user: Any) -> Any:
    """Own evaluations that are still to be handed in, the first day first."""
    waiting = OwnEvaluation.objects.visible_to(user).filter(state__in=WAITING)
    return waiting.select_related("signal", "organisation").order_by("due_on", "pk")


def open_questions(user: Any) -> Any:
    """Questions for whose answer the inspectorate waits, outside own evaluations; the oldest first."""
    asked = Message.objects.visible_to(user).filter(direction=Direction.TO_ORGANISATION, asks=True)
    waits = Signal.objects.visible_to(user).filter(state=SignalState.WAITING_SENDER)
    open_ones = asked.filter(answered_by__isnull=True, evaluation__isnull=True, signal__in=waits)
    return open_ones.select_related("signal").order_by("at", "pk")


def closing_reports_due(user: Any) -> Any:
    """Notifications of which the closing report is still to come by some day, the first day first."""
    due = Notification.objects.visible_to(user).filter(closing_due_at__isnull=False, closing_reported_at__isnull=True)
    due = due.exclude(signal__state__in=(SignalState.DRAFT, SignalState.DISCARDED))
    return due.select_related("signal", "category").order_by(F("closing_due_at").asc(nulls_last=True), "pk")
