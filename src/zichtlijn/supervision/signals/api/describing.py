"""How the operations are described: their names, what goes in, what comes out. In Dutch, as the API itself."""
# ruff: noqa: N815 - the attributes are the names in the API

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema, inline_serializer
from rest_framework import serializers

from zichtlijn.platform.api.paging import AFTER, COUNT, MOST, USUAL

from ..actions.batch import MOST_AT_ONCE
from ..intake import MOST_FILES
from . import answers, words
from .serializers import AanvullingInvoer, EigenEvaluatieInvoer, MeldingInReeks, MeldingInvoer
from .steps import STEPS

ORGANISATIONS, STAFF = ["Voor organisaties"], ["Voor de inspectie"]
PAGES = [
    OpenApiParameter(COUNT, int, description=f"Hoeveel per bladzijde: 1 tot en met {MOST}, anders {USUAL}."),
    OpenApiParameter(AFTER, str, description="Waar de volgende bladzijde begint; zit in het adres bij volgende."),
]
NEXT = serializers.CharField(allow_null=True)


class Fout(serializers.Serializer):  # type: ignore[misc]
    """A fault in one of many."""

    code = serializers.CharField()
    detail = serializers.CharField()
    location = serializers.DictField(child=serializers.CharField())


class Resultaat(serializers.Serializer):  # type: ignore[misc]
    """What became of one of many."""

    eigenKenmerk = serializers.CharField()
    uitkomst = answers.Word(words.BECAME)
    kenmerk = serializers.CharField(allow_null=True)
    fouten = Fout(many=True)


class Meldingreeks(serializers.Serializer):  # type: ignore[misc]
    """Many notifications."""

    meldingen = MeldingInReeks(many=True, min_length=1, max_length=MOST_AT_ONCE)


class ReeksResultaat(serializers.Serializer):  # type: ignore[misc]
    """What became of them, in the order in which they were sent."""

    aantallen = serializers.DictField(child=serializers.IntegerField())
    resultaten = Resultaat(many=True)


def one_of(name: str, names: Iterable[str], about: str) -> OpenApiParameter:
    """A parameter that holds one of these names."""
    return OpenApiParameter(name, str, enum=sorted(set(names)), description=about)


def list_of(name: str, **fields: Any) -> Any:
    """An answer with a list in it, under its name in the description."""
    return inline_serializer(name, fields)


list_notifications = extend_schema(
    operation_id="meldingenOpvragen",
    tags=ORGANISATIONS,
    description="De meldingen van de eigen organisatie, de nieuwste eerst.",
    parameters=[*PAGES, one_of("toestand", words.STAGES.values(), "Alleen meldingen die zo ver zijn.")],
    responses=list_of("Meldingen", meldingen=answers.Melding(many=True), volgende=NEXT),
)
notify = extend_schema(
    operation_id="meldingInsturen",
    tags=ORGANISATIONS,
    description="Meld één incident; het is meteen ontvangen. Geef een eigenKenmerk of een Idempotency-Key mee. Met "
    "een eigenKenmerk dat al gebruikt is: 200 met de melding die er al is wanneer de inhoud dezelfde is, anders 409.",
    request=MeldingInvoer,
    responses={201: answers.Melding, 200: answers.Melding},
)
show_notification = extend_schema(
    operation_id="meldingOpvragen",
    tags=ORGANISATIONS,
    description="Eén melding, met wat er sindsdien gevraagd en geantwoord is.",
    responses=answers.MeldingVolledig,
)
add = extend_schema(
    operation_id="aanvullingInsturen",
    tags=ORGANISATIONS,
    description="Vul een melding aan, ook als zij gesloten is. Een open vraag geldt daarmee als beantwoord. Stuur "
    "het als formulier (multipart/form-data) wanneer er bijlagen bij zijn.",
    request={
        "application/json": AanvullingInvoer,
        "multipart/form-data": list_of(
            "AanvullingMetBijlagen",
            tekst=serializers.CharField(max_length=10_000),
            bijlagen=serializers.ListField(child=serializers.FileField(), max_length=MOST_FILES),
        ),
    },
    responses={201: answers.Bericht},
)
list_evaluations = extend_schema(
    operation_id="eigenEvaluatiesOpvragen",
    tags=ORGANISATIONS,
    description="Welke eigen evaluaties zijn gevraagd, en wat ervan gevonden is.",
    responses=list_of("EigenEvaluaties", eigenEvaluaties=answers.EigenEvaluatie(many=True)),
)
hand_in = extend_schema(
    operation_id="eigenEvaluatieInsturen",
    tags=ORGANISATIONS,
    description="Lever de eigen evaluatie in, of de aanvulling daarop die gevraagd is.",
    request=EigenEvaluatieInvoer,
    responses={201: answers.EigenEvaluatie},
)
take_batch = extend_schema(
    operation_id="meldingreeksInsturen",
    tags=ORGANISATIONS,
    description=f"Stuur 1 tot en met {MOST_AT_ONCE} meldingen in. Elke melding wordt apart aanvaard of geweigerd; "
    "de uitkomsten staan in dezelfde volgorde. Wat aanvaard is, is bewaard voordat dit antwoord komt, en blijft onder "
    "zijn eigenKenmerk één melding, hoe vaak die ook gestuurd wordt.",
    request=Meldingreeks,
    responses={200: ReeksResultaat},
)
list_categories = extend_schema(
    operation_id="meldcategorieenOpvragen",
    tags=ORGANISATIONS,
    description="Wat gemeld wordt, en hoe snel.",
    parameters=[OpenApiParameter("datum", OpenApiTypes.DATE, description="De dag waarop zij gelden; anders vandaag.")],
    responses=list_of("Meldcategorieen", meldcategorieen=answers.Meldcategorie(many=True)),
)
list_signals = extend_schema(
    operation_id="signalenOpvragen",
    tags=STAFF,
    description="Alles wat er binnenkomt en dit account mag zien, het nieuwste eerst.",
    parameters=[
        *PAGES,
        one_of("toestand", words.STATES.values(), "Alleen wat in deze toestand is."),
        one_of("soort", words.KINDS.values(), "Alleen deze soort."),
        one_of("kanaal", words.CHANNELS.values(), "Alleen wat zo binnenkwam."),
        OpenApiParameter("ontvangenVanaf", OpenApiTypes.DATETIME, description="Alleen wat vanaf dan ontvangen is."),
    ],
    responses=list_of("Signalen", signalen=answers.SignaalRegel(many=True), volgende=NEXT),
)
take_step = extend_schema(
    operation_id="stapZetten",
    tags=STAFF,
    description="Zet een stap in de weging. Wat een stap vraagt, hangt af van de stap: " + ", ".join(STEPS) + ".",
    request=PolymorphicProxySerializer(
        component_name="Stap",
        serializers={step.asks.__name__: step.asks for step in STEPS.values()}.values(),  # type: ignore[arg-type]
        resource_type_field_name=None,
    ),
    responses={200: answers.SignaalRegel},
)
