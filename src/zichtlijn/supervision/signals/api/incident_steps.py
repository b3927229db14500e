"""The steps with the weighing of an incident, and with an incident file, as the API takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework import serializers

from ..actions import evidence, incidents, weighing
from ..evidence_kinds import evidence_kinds, kind_coded
from ..models import CriterionEvidence, IncidentState, IncidentWeighing, WeighingState
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


class OnderbouwingKoppelen(StapInvoer):
    """Which criterion rests on which record; ``kenmerk``: the reference, the number or the address of its page."""

    criterium = serializers.ChoiceField(choices=list(words.CRITERIA.values()), source="criterion")
    soort = serializers.ChoiceField(choices=[kind.code for kind in evidence_kinds()], source="kind")
    kenmerk = Words(most=300, required=True, source="record")
    notitie = Words(most=CriterionEvidence.NOTE_LENGTH, source="note")


class OnderbouwingOntkoppelen(StapInvoer):
    """Which link goes, by its number."""

    nummer = serializers.IntegerField(min_value=1, source="number")


def _link(actor: Any, kept: IncidentWeighing, values: Values) -> Any:
    kind = kind_coded(values.pop("kind"))
    record = kind.named(actor, values.pop("record")) if kind else None
    if record is None:
        raise ValidationError({"record": _("There is none with this reference that you can link.")}, code="unknown")
    codes = {name: code for code, name in words.CRITERIA.items()}
    criterion = codes[values.pop("criterion")]
    return evidence.add_evidence(actor=actor, weighing=kept, criterion=criterion, record=record, **values)


OF_WEIGHING = StepsOf(
    "stappen-incidentweging",
    {
        "scoren": Step("score", Scoren, _score),
        "onderbouwing-koppelen": Step("add_evidence", OnderbouwingKoppelen, _link),
        "onderbouwing-ontkoppelen": Step(
            "remove_evidence", OnderbouwingOntkoppelen, calling(evidence.remove_evidence, "weighing")
        ),
        "voorleggen": Step("submit", StapInvoer, calling(weighing.submit_weighing, "weighing")),
        "stoppen": Step("withdraw", MetReden, calling(weighing.stop_weighing, "weighing")),
        "onderzoeken": Step("investigate", Onderzoeken, calling(weighing.investigate, "weighing")),
        "niet-onderzoeken": Step("decline", MetReden, calling(weighing.decline, "weighing")),
        "terugsturen": Step("send_back", MetReden, calling(weighing.send_back, "weighing")),
    },
    words.WEIGHING_STATES,
    WEIGHING,
    {WeighingState.OPEN: ("score", "add_evidence", "remove_evidence")},
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
    "criterion": "criterium",
    "record": "kenmerk",
    "note": "notitie",
    "number": "nummer",
} | {
    f"{criterion}_{field}": f"scores/{name}/{told}"
    for criterion, name in words.CRITERIA.items()
    for field, told in (("score", "score"), ("evidence", "onderbouwing"))
}
