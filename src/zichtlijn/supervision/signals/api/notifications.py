"""The operations for organisations. Each starts from what the caller may see."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError as RuleError
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from zichtlijn.platform.api.idempotency import answer_once
from zichtlijn.platform.api.operations import Operation, StrictJson
from zichtlijn.platform.api.paging import page_of, refused_parameter
from zichtlijn.platform.api.problems import Problem
from zichtlijn.platform.casefiles.models import ReadingKind
from zichtlijn.platform.casefiles.opening import note_readings

from ..actions.batch import Desk, Outcome, take_batch
from ..actions.evaluating import HAND_IN, hand_in
from ..actions.notifying import OWN, add_to_notification
from ..deadlines import WAITING
from ..models import Message, NotificationCategory, Signal
from ..queries.portal import notifications_of
from . import answers, describing
from .opening import evaluations_with, opened
from .serializers import AanvullingInvoer, EigenEvaluatieInvoer, MeldingInvoer, sent_of
from .uploads import FILES, guard, taken_apart
from .words import FIELDS, STAGES

# Their fields are made once: they keep nothing of what they check or show.
INPUT, OUTPUT = MeldingInvoer(), answers.Melding()
OF_A_NOTIFICATION = ("organisation", "notification__category")


class Meldingen(Operation):
    """The notifications of one's own organisation."""

    needs = OWN
    names = FIELDS

    @describing.list_notifications
    def get(self, request: Any) -> Any:
        """One's own notifications, newest first."""
        records = notifications_of(request.user)
        if stage := request.query_params.get("toestand"):
            records = records.filter(state__in=_states(stage))
        page, following = page_of(request, records, moment="received_at")
        note_readings(request.user, page, kind=ReadingKind.API)
        return Response({"meldingen": answers.Melding(page, many=True).data, "volgende": following})

    @describing.notify
    def post(self, request: Any) -> Any:
        """Notify one incident: it is received at once."""
        sent = sent_of(INPUT.run_validation(request.data))
        desk = Desk(request.user, [sent])
        return answer_once(
            request,
            operation="meldingen",
            # With neither nobody could tell a second incident from the same request sent again.
            required=not sent.own_reference,
            work=lambda: _notified(request.user, desk),
        )


def _states(stage: str) -> list[str]:
    states = [str(state) for state, name in STAGES.items() if name == stage]
    if not states:
        raise refused_parameter("toestand", _("Choose one of: %(names)s.") % {"names": ", ".join(STAGES.values())})
    return states


def _notified(user: Any, desk: Desk) -> tuple[int, Any]:
    (taken,) = take_batch(actor=user, notifications=desk)
    if taken.error is not None:
        raise taken.error
    if taken.outcome == Outcome.CONFLICT or taken.signal is None:
        detail = _("You used this reference before, for another notification or a draft.")
        raise Problem(409, _("This cannot be done as it stands now."), detail)
    if taken.outcome == Outcome.ACCEPTED:
        return 201, OUTPUT.to_representation(taken.signal)
    return 200, OUTPUT.to_representation(notifications_of(user).get(pk=taken.signal.pk))


class MeldingVolledig(Operation):
    """One notification."""

    needs = OWN

    @describing.show_notification
    def get(self, request: Any, kenmerk: str) -> Any:
        """All that the organisation wrote, where it stands, and what passed since."""
        signal = opened(request.user, notifications(), kenmerk)
        said = Message.objects.visible_to(request.user).filter(signal=signal, evaluation__isnull=True)
        signal.said = list(said)  # type: ignore[attr-defined]
        return Response(answers.MeldingVolledig(signal).data)


def notifications() -> Any:
    """What was notified, drafts included."""
    return Signal.objects.filter(notification__isnull=False).select_related(*OF_A_NOTIFICATION)


class Aanvullingen(Operation):
    """What is added to a notification."""

    needs = OWN
    names = {"text": "tekst", "files": FILES}
    parser_classes = [StrictJson, MultiPartParser]

    @describing.add
    def post(self, request: Any, kenmerk: str) -> Any:
        """Add to a notification, with files when there are any, or answer the question that is open."""
        guard(request)
        signal = opened(request.user, notifications(), kenmerk)
        words, files = taken_apart(request)
        checked = AanvullingInvoer(data=words)
        checked.is_valid(raise_exception=True)

        def work() -> tuple[int, Any]:
            said = add_to_notification(actor=request.user, signal=signal, files=files, **checked.validated_data)
            return 201, answers.Bericht(said).data

        return answer_once(request, operation="aanvullingen", work=work)


class EigenEvaluaties(Operation):
    """The own evaluations that were asked."""

    needs = HAND_IN
    names = {"text": "tekst"}

    @describing.list_evaluations
    def get(self, request: Any, kenmerk: str) -> Any:
        """What is asked, by which day, and what was judged."""
        rows = evaluations_with(request.user, kenmerk)
        return Response({"eigenEvaluaties": answers.EigenEvaluatie(rows, many=True).data})

    @describing.hand_in
    def post(self, request: Any, kenmerk: str) -> Any:
        """Hand in the own evaluation, or the supplement to it, that is awaited."""
        rows = evaluations_with(request.user, kenmerk)
        checked = EigenEvaluatieInvoer(data=request.data)
        checked.is_valid(raise_exception=True)
        number = checked.validated_data.pop("number", None)

        def work() -> tuple[int, Any]:
            kept = hand_in(actor=request.user, evaluation=_awaited(rows, number), **checked.validated_data)
            return 201, answers.EigenEvaluatie(kept).data

        return answer_once(request, operation="eigen-evaluaties", work=work)


def _awaited(rows: list[Any], number: int | None) -> Any:
    """The one that is meant: by its number, else the only one that is awaited."""
    if number is not None:
        found = [row for row in rows if row.pk == number]
        if not found:
            raise Http404
        return found[0]
    waiting = [row for row in rows if row.state in WAITING]
    if len(waiting) != 1:
        raise RuleError(_("No own evaluation is awaited, or more than one: say its number."), code="not-awaited")
    return waiting[0]


class Meldcategorieen(Operation):
    """The categories of notifications with their terms."""

    needs = OWN

    @describing.list_categories
    def get(self, request: Any) -> Any:
        """The categories that hold on a day, today unless ``datum`` says another one."""
        rows = NotificationCategory.objects.visible_to(request.user).holding(_day(request.query_params.get("datum")))
        return Response({"meldcategorieen": answers.Meldcategorie(rows, many=True).data})


def _day(asked: str | None) -> Any:
    if asked is None:
        return timezone.localdate()
    try:
        return date.fromisoformat(asked)
    except ValueError as error:
        raise refused_parameter("datum", _("Give a day as 2026-05-31.")) from error
