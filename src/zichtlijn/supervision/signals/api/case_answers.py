"""What the API gives to staff of own evaluations, weighings and incident files: one class per thing."""
# ruff: noqa: N815 - the attributes are the names in the API

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ..queries.evidence import Linked
from . import words
from .answers import EigenEvaluatie, Organisatie, Word
from .evaluation_steps import OF_EVALUATION
from .incident_steps import OF_INCIDENT, OF_WEIGHING


class Onderbouwd(serializers.Serializer):  # type: ignore[misc]
    """A score with its evidence."""

    score = serializers.IntegerField()
    onderbouwing = serializers.CharField(source="evidence")


class Normen(serializers.Serializer):  # type: ignore[misc]
    """What was found by every norm; empty when it was not judged."""

    feiten = Onderbouwd(required=False)
    oorzaken = Onderbouwd(required=False)
    betrokkenen = Onderbouwd(required=False)
    maatregelen = Onderbouwd(required=False)
    leren = Onderbouwd(required=False)


class Criteria(serializers.Serializer):  # type: ignore[misc]
    """The criteria that were scored."""

    ernst = Onderbouwd(required=False)
    zelfreflectie = Onderbouwd(required=False)
    stelsel = Onderbouwd(required=False)


def _by_name(rows: Any, code: str, names: Mapping[str, str]) -> dict[str, Any]:
    """The rows under their names in the API, in the order of the norms or criteria."""
    found = {getattr(row, code): row for row in rows}
    return {name: Onderbouwd(found[each]).data for each, name in names.items() if each in found}


class EigenEvaluatieVanSignaal(EigenEvaluatie):
    """An own evaluation as staff sees it: with what was found by every norm."""

    organisatie = Organisatie(source="organisation")
    beoordeeldOp = serializers.DateTimeField(source="judged_at", allow_null=True)
    bevindingen = serializers.SerializerMethodField()
    stappen = serializers.SerializerMethodField()

    @extend_schema_field(Normen)
    def get_bevindingen(self, evaluation: Any) -> dict[str, Any]:
        """By the names of the norms."""
        return _by_name(evaluation.norms.all(), "norm", words.NORMS)

    def get_stappen(self, evaluation: Any) -> list[str]:
        """The steps that its state allows; who may take them is asked when one is taken."""
        return OF_EVALUATION.allowed(evaluation.state)


class WatGewogenWordt(serializers.Serializer):  # type: ignore[misc]
    """A signal by its reference, or an incident file by its number: the other one is null."""

    signaal = serializers.CharField(source="signal.reference", default=None, allow_null=True)
    incidentdossier = serializers.IntegerField(source="incident_id", allow_null=True)


class IncidentwegingRegel(serializers.Serializer):  # type: ignore[misc]
    """A weighing in a list."""

    nummer = serializers.IntegerField(source="pk")
    kenmerk = serializers.CharField(source="*")
    toestand = Word(words.WEIGHING_STATES, source="state")
    over = WatGewogenWordt(source="*")
    begonnenOp = serializers.DateTimeField(source="made_at")
    voorgelegdOp = serializers.DateTimeField(source="submitted_at", allow_null=True)
    beslotenOp = serializers.DateTimeField(source="decided_at", allow_null=True)
    revisie = serializers.IntegerField(source="revision")
    stappen = serializers.SerializerMethodField()

    def get_stappen(self, weighing: Any) -> list[str]:
        """What its state allows; who may do it is asked when it is done."""
        return OF_WEIGHING.allowed(weighing.state)


class GekoppeldeOnderbouwing(serializers.Serializer):  # type: ignore[misc]
    """A record that a criterion rests on. Of one that is not open to the caller only that it is there."""

    nummer = serializers.IntegerField(source="number")
    criterium = Word(words.CRITERIA, source="criterion")
    inzage = serializers.SerializerMethodField(help_text="Of dit account het gekoppelde mag zien.")
    soort = serializers.CharField(source="kind.code", default=None, allow_null=True)
    kenmerk = serializers.SerializerMethodField()
    naam = serializers.SerializerMethodField()
    adres = serializers.SerializerMethodField(help_text="Het pad van de pagina.")
    notitie = serializers.SerializerMethodField()
    gekoppeldOp = serializers.DateTimeField(source="added_at", allow_null=True)

    def get_inzage(self, linked: Linked) -> bool:
        """Whether the record is open to the caller."""
        return linked.record is not None

    def get_kenmerk(self, linked: Linked) -> str | None:
        """Its reference, or its number."""
        return linked.reference or None

    def get_naam(self, linked: Linked) -> str | None:
        """What it is called."""
        return linked.title or None

    def get_adres(self, linked: Linked) -> str | None:
        """The path of its page."""
        return linked.record.get_absolute_url() if linked.record is not None else None

    def get_notitie(self, linked: Linked) -> str | None:
        """What was noted with it."""
        return linked.note if linked.record is not None else None


class Incidentweging(IncidentwegingRegel):
    """A weighing with its scores and words, and the records that it rests on, which are given beside it."""

    scores = serializers.SerializerMethodField()
    onderbouwingen = GekoppeldeOnderbouwing(source="seen_evidence", many=True)
    meerwaarde = serializers.CharField(source="added_value")
    zonderEvaluatie = serializers.CharField(source="without_evaluation")
    titel = serializers.CharField(source="proposed_title")
    reden = serializers.CharField(source="decision_reason")
    beslotenDoor = serializers.CharField(source="decided_by_name")

    @extend_schema_field(Criteria)
    def get_scores(self, weighing: Any) -> dict[str, Any]:
        """By the names of the criteria. They are never added up."""
        return _by_name(weighing.scores.all(), "criterion", words.CRITERIA)


class IncidentdossierRegel(serializers.Serializer):  # type: ignore[misc]
    """An incident file in a list."""

    nummer = serializers.IntegerField(source="pk")
    kenmerk = serializers.CharField(source="*")
    titel = serializers.CharField(source="title")
    toestand = Word(words.INCIDENT_STATES, source="state")
    gebeurdOp = serializers.DateField(source="happened_on", allow_null=True)
    geopendOp = serializers.DateTimeField(source="opened_at")
    geslotenOp = serializers.DateTimeField(source="closed_at", allow_null=True)
    organisaties = Organisatie(source="organisations", many=True)
    inzetFte = serializers.DecimalField(source="taken_fte", max_digits=6, decimal_places=2)
    demo = serializers.BooleanField(source="is_demo")
    revisie = serializers.IntegerField(source="revision")
    stappen = serializers.SerializerMethodField()

    def get_stappen(self, incident: Any) -> list[str]:
        """What its state allows; who may do it is asked when it is done."""
        return OF_INCIDENT.allowed(incident.state)


class Incidentdossier(IncidentdossierRegel):
    """An incident file with what came in about it, by reference, and its weighings, by number. Given beside it."""

    signalen = serializers.SerializerMethodField()
    incidentwegingen = serializers.SerializerMethodField()

    def get_signalen(self, incident: Any) -> list[str]:
        """The references, oldest first."""
        return [signal.reference for signal in incident.seen_signals]

    def get_incidentwegingen(self, incident: Any) -> list[int]:
        """The numbers, oldest first."""
        return [weighing.pk for weighing in incident.seen_weighings]
