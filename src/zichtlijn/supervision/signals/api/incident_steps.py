"""The steps with the weighing of an incident, and with an incident file, as the API takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from ..actions import incidents, weighing
from ..models import IncidentState, IncidentWeighing, WeighingState
from ..norms import SCORES
from ..transitions import INCIDENT, WEIGHING
from . import words
from .serializers import Strict, Words
from .stepping import MetReden, StapInvoer, Step, StepsOf, Values, calling


class Score(Strict):
    """How far a criterion holds, and what that is based on; without a score it is open again."""

    score = serializers.ChoiceField(choices=list(SCORES), allow_null=True)
    onderbouwing = Words(most=4_000, source="evidence")


class Scores(Strict):
    """Scores of the three criteria; one that is left out stays as it is."""

    ernst = Score(required=False, source="impact")
    zelfreflectie = Score(required=False, source="reflection")
    stelsel = Score(required=False, source="system")


def _kept(most: int, source: str) -> Any:
    """Words that stay as they are when they are left out."""
    return serializers.CharField(required=False, allow_blank=True, max_length=most, source=source)


class Scoren(StapInvoer):
    """Scores with their evidence, and what stands beside them in words."""

    scores = Scores(required=False)
    meerwaarde = _kept(4_000, "added_value")
    zonderEvaluatie = _kept(2_000, "without_evaluation")  # noqa: N815 - the name in the API
    titel = _kept(300, "proposed_title")


class Onderzoeken(MetReden):
    """Why it is investigated, and under which title, which all staff read; without one the proposed title holds."""

    titel = Words(most=300, source="title")


class MetMogelijkeReden(StapInvoer):
    """A step that may say why."""

    reden = Words(most=4_000, source="reason")


def _score(actor: Any, kept: IncidentWeighing, values: Values) -> Any:
    given = values.pop("scores", {})
    scores = {criterion: (each["score"], each["evidence"]) for criterion, each in given.items()}
    told = {name: values.pop(name) for name in weighing.WORDS if name in values}
    return weighing.score(actor=actor, weighing=kept, scores=scores, words=told, **values)


OF_WEIGHING = StepsOf(
    "stappen-incidentweging",
    {
        "scoren": Step("score", Scoren, _score),
        "voorleggen": Step("submit", StapInvoer, calling(weighing.submit_weighing, "weighing")),
        "stoppen": Step("withdraw", MetReden, calling(weighing.stop_weighing, "weighing")),
        "onderzoeken": Step("investigate", Onderzoeken, calling(weighing.investigate, "weighing")),
        "niet-onderzoeken": Step("decline", MetReden, calling(weighing.decline, "weighing")),
        "terugsturen": Step("send_back", MetReden, calling(weighing.send_back, "weighing")),
    },
    words.WEIGHING_STATES,
    WEIGHING,
    {WeighingState.OPEN: ("score",)},
)
OF_INCIDENT = StepsOf(
    "stappen-incidentdossier",
    {
        "opschalen": Step("scale_up", MetReden, calling(incidents.scale_up, "incident")),
        "afschalen": Step("scale_down", MetMogelijkeReden, calling(incidents.scale_down, "incident")),
        "incidentweging-beginnen": Step("start_weighing", StapInvoer, calling(weighing.start_weighing, "about")),
        "sluiten": Step("close", MetMogelijkeReden, calling(incidents.close_incident, "incident")),
        "heropenen": Step("reopen", MetReden, calling(incidents.reopen_incident, "incident")),
    },
    words.INCIDENT_STATES,
    INCIDENT,
    dict.fromkeys((IncidentState.OPEN, IncidentState.SURGE), ("start_weighing",)),
)
FIELDS: Mapping[str, str] = {
    "reason": "reden",
    "title": "titel",
    "proposed_title": "titel",
    "added_value": "meerwaarde",
    "without_evaluation": "zonderEvaluatie",
} | {
    f"{criterion}_{field}": f"scores/{name}/{told}"
    for criterion, name in words.CRITERIA.items()
    for field, told in (("score", "score"), ("evidence", "onderbouwing"))
}
