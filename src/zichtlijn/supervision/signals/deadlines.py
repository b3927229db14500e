"""The terms that run on something that came in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from .models import EvaluationState, Signal

WAITING = (EvaluationState.ASKED, EvaluationState.SUPPLEMENT_ASKED)


def running_terms(signal: Signal) -> list[datetime]:
    """The ends of the terms of own evaluations that were asked for, and of a closing report that is still to come."""
    evaluations = signal.evaluations.filter(state__in=WAITING).values_list("due_on", flat=True)
    found = [end_of_day(due_on) for due_on in evaluations]
    notification = getattr(signal, "notification", None)
    if notification is not None and notification.closing_due_at and notification.closing_reported_at is None:
        found.append(notification.closing_due_at)
    return found


def end_of_day(day: date) -> datetime:
    """The moment at which a day is over, as the clock says here."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
