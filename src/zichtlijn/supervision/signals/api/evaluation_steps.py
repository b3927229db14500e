"""The steps of staff with an own evaluation as the API takes them. It has no revision: its state says what can be done.

Handing it in is of the organisation: ``POST /meldingen/{kenmerk}/eigen-evaluaties``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from ..actions import evaluating
from ..models import OwnEvaluation
from ..norms import SCORES
from ..transitions import EVALUATION
from . import words
from .serializers import Strict, Words
from .stepping import Stap, Step, StepsOf, Values, calling


class Uitstellen(Stap):
    """By which later day, and why."""

    uiterlijk = serializers.DateField(source="due_on")
    reden = Words(most=4_000, required=True, source="reason")


class EvaluatieMetReden(Stap):
    """A step that asks why."""

    reden = Words(most=4_000, required=True, source="reason")


class AanvullingVragen(Stap):
    """What is missing, and by which day."""

    vraag = Words(most=10_000, required=True, source="question")
    uiterlijk = serializers.DateField(source="due_on")


class Bevinding(Strict):
    """How far one norm is met, and where that is seen."""

    score = serializers.ChoiceField(choices=list(SCORES))
    onderbouwing = Words(most=4_000, required=True, source="evidence")


class Bevindingen(Strict):
    """A finding for every norm."""

    feiten = Bevinding(source="facts")
    oorzaken = Bevinding(source="causes")
    betrokkenen = Bevinding(source="heard")
    maatregelen = Bevinding(source="measures")
    leren = Bevinding(source="learning")


class Beoordelen(Stap):
    """What is found by every norm, and the judgement that the organisation reads."""

    bevindingen = Bevindingen(source="findings")
    oordeel = Words(most=4_000, required=True, source="conclusion")


def _judge(actor: Any, evaluation: OwnEvaluation, values: Values) -> Any:
    found = {norm: evaluating.Finding(**given) for norm, given in values.pop("findings").items()}
    return evaluating.judge_evaluation(actor=actor, evaluation=evaluation, findings=found, **values)


STEPS: Mapping[str, Step] = {
    "verlengen": Step("extend", Uitstellen, calling(evaluating.extend, "evaluation")),
    "intrekken": Step("withdraw", EvaluatieMetReden, calling(evaluating.withdraw_evaluation, "evaluation")),
    "beoordelen": Step("judge", Beoordelen, _judge),
    "aanvulling-vragen": Step("ask_supplement", AanvullingVragen, calling(evaluating.ask_supplement, "evaluation")),
    "heropenen": Step("reopen", EvaluatieMetReden, calling(evaluating.reopen_evaluation, "evaluation")),
}
OF_EVALUATION = StepsOf("stappen-eigen-evaluatie", STEPS, words.EVALUATION_STATES, EVALUATION)
FIELDS = {"reason": "reden", "question": "vraag", "due_on": "uiterlijk", "conclusion": "oordeel"} | {
    f"{field}_{norm}": f"bevindingen/{name}/{told}"
    for norm, name in words.NORMS.items()
    for field, told in (("score", "score"), ("evidence", "onderbouwing"))
}
