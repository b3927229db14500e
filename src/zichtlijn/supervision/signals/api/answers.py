"""What the API gives of what came in: one class per thing, which is its description as well."""
# ruff: noqa: N815 - the attributes are the names in the API

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ..models import Direction, SignalState
from . import words


class Word(serializers.ChoiceField):  # type: ignore[misc]
    """A code of the product under its name in the API; null for none."""

    def __init__(self, names: Mapping[Any, str], **more: Any) -> None:
        self.names = {str(code): name for code, name in names.items()}
        super().__init__(choices=sorted(set(names.values())), **more)

    def to_representation(self, value: Any) -> str | None:
        """The name."""
        return self.names.get(str(value))


class Organisatie(serializers.Serializer):  # type: ignore[misc]
    """An organisation: its number here, and its name."""

    nummer = serializers.IntegerField(source="pk")
    naam = serializers.CharField(source="name")


class Melding(serializers.Serializer):  # type: ignore[misc]
    """A notification in the list of the organisation itself."""

    kenmerk = serializers.CharField(source="reference")
    eigenKenmerk = serializers.CharField(source="sender_reference")
    organisatie = Organisatie(source="organisation")
    toestand = Word(words.STAGES, source="state")
    uitkomst = Word(words.RESULTS, source="outcome", allow_null=True)
    categorie = serializers.CharField(source="notification.category.code")
    onderwerp = serializers.CharField(source="subject")
    ontvangenOp = serializers.DateTimeField(source="received_at")
    ontdektOp = serializers.DateTimeField(source="notification.discovered_at")
    uiterlijkMelden = serializers.DateTimeField(source="notification.due_at", allow_null=True)
    teLaat = serializers.BooleanField(source="notification.was_late")
    eindmeldingUiterlijk = serializers.DateTimeField(source="notification.closing_due_at", allow_null=True)
    eindmeldingOp = serializers.DateTimeField(source="notification.closing_reported_at", allow_null=True)
    revisie = serializers.SerializerMethodField()
    stappen = serializers.SerializerMethodField()

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_revisie(self, signal: Any) -> int | None:
        """Of a draft only: later on it would count what the inspectorate does with it."""
        return int(signal.revision) if signal.state == SignalState.DRAFT else None

    def get_stappen(self, signal: Any) -> list[str]:
        """The steps that the organisation can take with it now."""
        from .drafts import OF_NOTIFICATION

        return OF_NOTIFICATION.allowed(signal.state)


class Bericht(serializers.Serializer):  # type: ignore[misc]
    """Something that was asked, answered or added."""

    op = serializers.DateTimeField(source="at")
    van = Word({Direction.FROM_ORGANISATION: "organisatie", Direction.TO_ORGANISATION: "inspectie"}, source="direction")
    vraagtAntwoord = serializers.BooleanField(source="asks")
    tekst = serializers.CharField(source="text")


class MeldingVolledig(Melding):
    """A notification with all that the organisation wrote, and what passed since. ``berichten``: given beside it."""

    omschrijving = serializers.CharField(source="text")
    gebeurdOp = serializers.DateField(source="happened_on", allow_null=True)
    gebeurdOmschreven = serializers.CharField(source="happened_as_told")
    plaats = serializers.CharField(source="place")
    betrokkenen = serializers.CharField(source="notification.people_involved")
    eersteMaatregelen = serializers.CharField(source="notification.first_measures")
    gebeldOp = serializers.DateTimeField(source="notification.phoned_at", allow_null=True)
    eindmelding = serializers.CharField(source="notification.closing_report")
    berichten = Bericht(many=True, source="said")


class EigenEvaluatie(serializers.Serializer):  # type: ignore[misc]
    """An own evaluation: what is asked, by which day, and what was judged of it."""

    nummer = serializers.IntegerField(source="pk")
    toestand = Word(words.EVALUATION_STATES, source="state")
    vraag = serializers.CharField(source="question")
    gevraagdOp = serializers.DateTimeField(source="asked_at")
    uiterlijk = serializers.DateField(source="due_on")
    ingeleverdOp = serializers.DateTimeField(source="handed_in_at", allow_null=True)
    evaluatie = serializers.CharField(source="text")
    oordeel = serializers.CharField(source="conclusion")


class Termijn(serializers.Serializer):  # type: ignore[misc]
    """A term: how many of what."""

    aantal = serializers.IntegerField()
    eenheid = serializers.ChoiceField(choices=["uren", "werkdagen", "dagen", "weken"])


UNITS = {"hours": "uren", "working_days": "werkdagen", "days": "dagen", "weeks": "weken"}


class Meldcategorie(serializers.Serializer):  # type: ignore[misc]
    """What kind of incident is notified, and how soon, as it holds in a period."""

    code = serializers.CharField()
    stroom = serializers.CharField(source="stream")
    naam = serializers.SerializerMethodField()
    urgentie = serializers.IntegerField(source="urgency")
    eerstBellen = serializers.BooleanField(source="phone_first")
    termijn = serializers.SerializerMethodField()
    termijnEindmelding = serializers.SerializerMethodField()
    grondslag = serializers.CharField(source="legal_basis")
    nagaan = serializers.BooleanField(source="must_be_checked")
    geldigVanaf = serializers.DateField(source="valid_from", allow_null=True)
    geldigTot = serializers.DateField(source="valid_until", allow_null=True)

    def get_naam(self, row: Any) -> str:
        """In the language that is asked for."""
        return str(row.name_en if get_language() == "en" else row.name_nl)

    @extend_schema_field(Termijn(allow_null=True))
    def get_termijn(self, row: Any) -> dict[str, Any] | None:
        """None where the source gives no number."""
        return _term(row.term_amount, row.term_unit)

    @extend_schema_field(Termijn(allow_null=True))
    def get_termijnEindmelding(self, row: Any) -> dict[str, Any] | None:  # noqa: N802 - as the field is called
        """None where no closing report is asked by a day."""
        return _term(row.closing_amount, row.closing_unit)


def _term(amount: int | None, unit: str) -> dict[str, Any] | None:
    return None if amount is None or unit not in UNITS else {"aantal": amount, "eenheid": UNITS[unit]}


class SignaalRegel(serializers.Serializer):  # type: ignore[misc]
    """One thing that came in, for staff. Who sent it is not given here."""

    kenmerk = serializers.CharField(source="reference")
    soort = Word(words.KINDS, source="kind")
    kanaal = Word(words.CHANNELS, source="channel")
    toestand = Word(words.STATES, source="state")
    uitkomst = Word(words.OUTCOMES, source="outcome", allow_null=True)
    onderwerp = serializers.CharField(source="subject")
    organisatie = Organisatie(source="organisation", allow_null=True)
    ontvangenOp = serializers.DateTimeField(source="received_at")
    eersteTermijn = serializers.DateTimeField(source="term_at", allow_null=True)
    geslotenOp = serializers.DateTimeField(source="closed_at", allow_null=True)
    behandelaar = serializers.CharField(source="assignee", allow_null=True)
    team = serializers.CharField(allow_null=True)
    demo = serializers.BooleanField(source="is_demo")
    revisie = serializers.IntegerField(source="revision")
    stappen = serializers.SerializerMethodField()

    def get_stappen(self, signal: Any) -> list[str]:
        """The steps that its state allows; who may take them is asked when one is taken."""
        from .steps import OF_SIGNAL

        return OF_SIGNAL.allowed(signal.state)
