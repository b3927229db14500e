"""The terms of what comes in, for the calendar of whom they concern and for warnings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_staff_member
from zichtlijn.platform.accounts.models import TeamMember
from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.notices.deadlines import Deadline, register_deadlines

from .deadlines import WAITING, end_of_day
from .models import Notification, OwnEvaluation, SignalState
from .terms import last_day_of


def deadlines_of_signals(user: Any, since: date, until: date) -> Iterator[Deadline]:
    """Own evaluations and closing reports that are due: of what the user handles, or is asked of the organisation.

    What nobody handles concerns who leads its team. A draft that must still be sent in concerns who writes it.
    """
    is_organisation = user.has_role(Role.ORGANISATION)
    if not is_organisation and not is_staff_member(user):
        return
    concerned = Q() if is_organisation else _handled_by(user)
    yield from _evaluations(user, concerned, since, until)
    yield from _closing_reports(user, concerned, since, until)
    if is_organisation:
        yield from _drafts(user, since, until)


def _handled_by(user: Any) -> Q:
    led = TeamMember.objects.filter(user=user.pk, ended_on__isnull=True, is_lead=True)
    teams = list(led.values_list("team_id", flat=True))
    return Q(signal__assignee=user.pk) | Q(signal__assignee__isnull=True, signal__team__in=teams)


def _evaluations(user: Any, concerned: Q, since: date, until: date) -> Iterator[Deadline]:
    asked = OwnEvaluation.objects.visible_to(user).filter(concerned, state__in=WAITING, due_on__range=(since, until))
    for each in asked.select_related("signal"):
        key, name = f"own-evaluation-{each.pk}", _("own evaluation to be handed in")
        what = str(each.signal) if is_staff_member(user) else each.reference_outside
        yield Deadline(key, each.due_on, name, each, what, each.get_absolute_url())


def _closing_reports(user: Any, concerned: Q, since: date, until: date) -> Iterator[Deadline]:
    due = Notification.objects.visible_to(user).filter(concerned, closing_reported_at__isnull=True)
    due = due.filter(signal__submitted_at__isnull=False)
    for each, day in _within(due, "closing_due_at", since, until):
        name = _("closing report to be sent in")
        yield Deadline(f"closing-report-{each.pk}", day, name, each.signal, str(each), _address(user, each))


def _drafts(user: Any, since: date, until: date) -> Iterator[Deadline]:
    drafts = Notification.objects.visible_to(user).filter(signal__state=SignalState.DRAFT)
    for each, day in _within(drafts, "due_at", since, until):
        name = _("notification to be sent in")
        yield Deadline(f"notification-{each.pk}", day, name, each.signal, str(each), _address(user, each))


def _within(rows: Any, field: str, since: date, until: date) -> Iterator[tuple[Notification, date]]:
    first, last = end_of_day(since - timedelta(days=1)), end_of_day(until)
    for each in rows.filter(**{f"{field}__gt": first, f"{field}__lte": last}).select_related("signal"):
        day = last_day_of(getattr(each, field))
        if day is not None:
            yield each, day


def _address(user: Any, notification: Notification) -> str:
    page = "signals:notification" if user.has_role(Role.ORGANISATION) else "signals:signal"
    return reverse(page, args=[notification.signal_id])


register_deadlines("signals", deadlines_of_signals)
