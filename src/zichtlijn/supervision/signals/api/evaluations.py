"""The operations for staff with the own evaluations of what came in."""

from __future__ import annotations

from typing import Any

from rest_framework.response import Response

from zichtlijn.platform.api.operations import Operation

from ..actions.evaluating import TRIAGE
from ..models import OwnEvaluation, Signal
from . import case_answers, describing_cases
from .evaluation_steps import FIELDS, OF_EVALUATION
from .opening import numbered, opened
from .stepping import take


class EigenEvaluatiesVanSignaal(Operation):
    """The own evaluations that were asked about something that came in."""

    needs = "signals.see_list"

    @describing_cases.list_evaluations_of_signal
    def get(self, request: Any, kenmerk: str) -> Any:
        """All of them, the newest first."""
        signal = opened(request.user, Signal.objects, kenmerk)
        rows = _evaluations().visible_to(request.user).filter(signal=signal)
        return Response({"eigenEvaluaties": case_answers.EigenEvaluatieVanSignaal(rows, many=True).data})


class EigenEvaluatie(Operation):
    """One of them."""

    needs = "signals.see_list"

    @describing_cases.show_evaluation
    def get(self, request: Any, kenmerk: str, nummer: str) -> Any:
        """What was asked and handed in, and what was found of it."""
        return Response(_shown(_one(request.user, kenmerk, nummer)))


class EigenEvaluatieStappen(Operation):
    """A step with one of them."""

    needs = TRIAGE
    names = FIELDS

    @describing_cases.take_evaluation_step
    def post(self, request: Any, kenmerk: str, nummer: str) -> Any:
        """Take a step; 409 when its state does not allow it."""
        found = _one(request.user, kenmerk, nummer)
        return take(request, found, OF_EVALUATION, lambda: _shown(_evaluations().get(pk=found.pk)))


def _evaluations() -> Any:
    return OwnEvaluation.objects.select_related("organisation").prefetch_related("norms")


def _one(user: Any, kenmerk: str, nummer: str) -> OwnEvaluation:
    """Http404 when the signal, or an own evaluation about it with this number, cannot be seen."""
    signal = opened(user, Signal.objects, kenmerk)
    found: OwnEvaluation = numbered(user, _evaluations(), nummer, signal=signal)
    return found


def _shown(evaluation: OwnEvaluation) -> Any:
    return case_answers.EigenEvaluatieVanSignaal(evaluation).data
