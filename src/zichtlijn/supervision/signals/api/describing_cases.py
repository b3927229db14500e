"""How the operations with drafts, own evaluations, weighings and incident files are described; in Dutch, as the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema

from . import answers, case_answers, words
from .describing import NEXT, ORGANISATIONS, PAGES, STAFF, list_of, one_of
from .evaluation_steps import OF_EVALUATION
from .incident_steps import OF_INCIDENT, OF_WEIGHING
from .serializers import ConceptInvoer
from .stepping import StapInvoer, Step

OF_SIGNAL = OpenApiParameter("kenmerk", str, OpenApiParameter.PATH, description="Het kenmerk van het signaal.")


def _numbered(what: str) -> OpenApiParameter:
    return OpenApiParameter("nummer", int, OpenApiParameter.PATH, description=f"Het nummer van {what}.")


EVALUATION, WEIGHING, INCIDENT = (
    _numbered("de eigen evaluatie"),
    _numbered("de incidentweging"),
    _numbered("het incidentdossier"),
)


def _any_of(name: str, steps: Mapping[str, Step]) -> Any:
    """What goes in: one form for each kind of step."""
    forms = {step.asks.__name__: step.asks for step in steps.values()}
    return PolymorphicProxySerializer(
        component_name=name,
        serializers=list(forms.values()),
        resource_type_field_name=None,
    )


start_draft = extend_schema(
    operation_id="meldingconceptMaken",
    tags=ORGANISATIONS,
    description="Maak een concept van een melding. De inspectie ziet het niet, en de meldtermijn loopt door, tot u het "
    "instuurt: hier of op het portaal. Geef een eigenKenmerk of een Idempotency-Key mee.",
    request=ConceptInvoer,
    responses={201: answers.Melding},
)
take_own_step = extend_schema(
    operation_id="meldingStapZetten",
    tags=ORGANISATIONS,
    description="Stuur een concept in (insturen), of gooi het weg (weggooien).",
    request=StapInvoer,
    responses={200: answers.Melding},
)
list_evaluations_of_signal = extend_schema(
    operation_id="eigenEvaluatiesVanSignaalOpvragen",
    tags=STAFF,
    description="De eigen evaluaties die over een signaal zijn gevraagd, met wat ervan gevonden is.",
    parameters=[OF_SIGNAL],
    responses=list_of("EigenEvaluatiesVanSignaal", eigenEvaluaties=case_answers.EigenEvaluatieVanSignaal(many=True)),
)
show_evaluation = extend_schema(
    operation_id="eigenEvaluatieOpvragen",
    tags=STAFF,
    description="Eén eigen evaluatie, met de bevindingen per norm.",
    parameters=[OF_SIGNAL, EVALUATION],
    responses=case_answers.EigenEvaluatieVanSignaal,
)
take_evaluation_step = extend_schema(
    operation_id="eigenEvaluatieStapZetten",
    tags=STAFF,
    description="Zet een stap met een eigen evaluatie: " + ", ".join(OF_EVALUATION.steps) + ". Inleveren doet de "
    "organisatie zelf.",
    parameters=[OF_SIGNAL, EVALUATION],
    request=_any_of("EvaluatieStap", OF_EVALUATION.steps),
    responses={200: case_answers.EigenEvaluatieVanSignaal},
)
list_weighings = extend_schema(
    operation_id="incidentwegingenOpvragen",
    tags=STAFF,
    description="De wegingen van incidenten die dit account mag zien, de nieuwste eerst.",
    parameters=[*PAGES, one_of("toestand", words.WEIGHING_STATES.values(), "Alleen wat in deze toestand is.")],
    responses=list_of("Incidentwegingen", incidentwegingen=case_answers.IncidentwegingRegel(many=True), volgende=NEXT),
)
show_weighing = extend_schema(
    operation_id="incidentwegingOpvragen",
    tags=STAFF,
    description="Eén weging, met de scores, hun onderbouwing en het besluit. In onderbouwingen staat waarop een "
    "criterium rust: bewaarde cijfers, signalen, eigen evaluaties en documenten. Van wat dit account niet mag zien, "
    "staat er alleen dat het er is (inzage is dan onwaar).",
    parameters=[WEIGHING],
    responses=case_answers.Incidentweging,
)
take_weighing_step = extend_schema(
    operation_id="incidentwegingStapZetten",
    tags=STAFF,
    description="Zet een stap met een incidentweging: " + ", ".join(OF_WEIGHING.steps) + ". Wie eraan werkte, beslist "
    "er niet over. Bij scoren blijft staan wat u weglaat. Onderbouwing koppelt u met het kenmerk, het nummer of het "
    "adres van iets dat u mag zien; u ontkoppelt haar met het nummer dat in onderbouwingen staat. Met onderzoeken "
    "sluit het signaal; met stoppen en niet-onderzoeken gaat het terug naar de triage.",
    parameters=[WEIGHING],
    request=_any_of("WegingStap", OF_WEIGHING.steps),
    responses={200: case_answers.Incidentweging},
)
list_incidents = extend_schema(
    operation_id="incidentdossiersOpvragen",
    tags=STAFF,
    description="De incidentdossiers die dit account mag zien, het nieuwste eerst.",
    parameters=[*PAGES, one_of("toestand", words.INCIDENT_STATES.values(), "Alleen wat in deze toestand is.")],
    responses=list_of("Incidentdossiers", incidentdossiers=case_answers.IncidentdossierRegel(many=True), volgende=NEXT),
)
show_incident = extend_schema(
    operation_id="incidentdossierOpvragen",
    tags=STAFF,
    description="Eén incidentdossier, met wat erin zit en hoe het gewogen is.",
    parameters=[INCIDENT],
    responses=case_answers.Incidentdossier,
)
take_incident_step = extend_schema(
    operation_id="incidentdossierStapZetten",
    tags=STAFF,
    description="Zet een stap met een incidentdossier: " + ", ".join(OF_INCIDENT.steps) + ".",
    parameters=[INCIDENT],
    request=_any_of("DossierStap", OF_INCIDENT.steps),
    responses={200: case_answers.Incidentdossier},
)
