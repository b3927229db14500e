"""What the pages of a weighing show, always from what the user may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from zichtlijn.platform.design.timeline import Entry

from ..actions.weighing import evaluation_is_judged, evaluations_of
from ..models import IncidentWeighing
from ..norms import EVALUATION_NORMS, INCIDENT_CRITERIA, SCORES
from ..weighing_words import STEP_NAMES, tone
from .evidence import Linked, evidence_of


@dataclass(frozen=True, slots=True)
class Scored:
    """One criterion or norm with its score in words, and the evidence; ``score`` None when nobody scored it yet.

    ``linked``: the records that a criterion rests on.
    """

    code: str
    name: Any
    score: int | None
    words: Any
    evidence: str
    linked: tuple[Linked, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """An own evaluation with what was found per norm."""

    evaluation: Any
    norms: tuple[Scored, ...]


def weighings_for(user: Any) -> QuerySet[IncidentWeighing]:
    """Weighings with what they are about and who worked on them."""
    found: QuerySet[IncidentWeighing] = IncidentWeighing.objects.visible_to(user)
    return found.select_related("signal", "incident", "made_by")


def page_of(weighing: IncidentWeighing, user: Any) -> dict[str, Any]:
    """All that the page and the print of one weighing show."""
    linked = evidence_of(weighing, user)
    return {
        "weighing": weighing,
        "about": weighing.about,
        "tone": tone(weighing.state),
        "criteria": scored(weighing, linked),
        "linked": linked,
        "judged": judged(weighing, user),
        "is_judged": evaluation_is_judged(weighing),
        "history": history(weighing),
        "makers": ", ".join(str(person) for person in weighing.makers.order_by("pk")),
    }


def scored(weighing: IncidentWeighing, linked: Sequence[Linked] = ()) -> list[Scored]:
    """The three criteria in their order, scored or not, each with what it rests on."""
    found = {score.criterion: score for score in weighing.scores.all()}
    return [
        _scored(code, name, found.get(code), tuple(each for each in linked if each.criterion == code))
        for code, name in INCIDENT_CRITERIA.items()
    ]


def judged(weighing: IncidentWeighing, user: Any) -> list[Judged]:
    """The own evaluations with their norm findings, newest first."""
    evaluations = evaluations_of(weighing).visible_to(user).select_related("signal").prefetch_related("norms")
    return [Judged(each, _findings(each)) for each in evaluations]


def history(weighing: IncidentWeighing) -> list[Entry]:
    """What was done with it, newest first; the reasons of earlier rounds stay."""
    return [
        Entry(step.at, STEP_NAMES.get(step.step, step.step), step.person_name, step.reason, tone=tone(step.state))
        for step in weighing.steps.order_by("-id")
    ]


def _findings(evaluation: Any) -> tuple[Scored, ...]:
    found = {norm.norm: norm for norm in evaluation.norms.all()}
    return tuple(_scored(code, name, found[code]) for code, name in EVALUATION_NORMS.items() if code in found)


def _scored(code: str, name: Any, found: Any, linked: tuple[Linked, ...] = ()) -> Scored:
    if found is None:
        return Scored(code, name, None, "", "", linked)
    return Scored(code, name, found.score, SCORES[found.score], found.evidence, linked)
