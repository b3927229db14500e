"""What goes in and comes out of the API, and what each field must be."""
# ruff: noqa: N815 - the attributes are the names in the API

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.fields import empty

from ..actions.batch import Sent


class Moment(serializers.DateTimeField):  # type: ignore[misc]
    """A moment with its offset, such as ``2026-05-04T10:15:00+02:00``: without one nobody knows which hour it was."""

    default_error_messages = {"no-offset": _("Say the offset of the time as well, such as +02:00 or Z.")}

    def enforce_timezone(self, value: datetime) -> datetime:
        """Raises ValidationError without an offset."""
        if value.tzinfo is None:
            self.fail("no-offset")
        return super().enforce_timezone(value)  # type: ignore[no-any-return]


class Words(serializers.CharField):  # type: ignore[misc]
    """Some sentences; empty when they are left out."""

    def __init__(self, *, most: int, required: bool = False, **more: Any) -> None:
        given = {} if required else {"default": "", "allow_blank": True}
        super().__init__(max_length=most, required=required, **given, **more)


class Strict(serializers.Serializer):  # type: ignore[misc]
    """Refuses names that it does not know: what a sender wrote is not dropped in silence."""

    def run_validation(self, data: Any = empty) -> Any:
        """Raises ValidationError with all faults at once."""
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, Mapping) else []
        try:
            value = super().run_validation(data)
        except serializers.ValidationError as error:
            if not unknown:
                raise
            detail = error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}
            raise serializers.ValidationError(detail | _unknown(unknown)) from error
        if unknown:
            raise serializers.ValidationError(_unknown(unknown))
        return value


def _unknown(names: list[str]) -> dict[str, Any]:
    message = _("This name does not exist here.")
    return {name: [serializers.ErrorDetail(message, code="unknown")] for name in names}


class MeldingInvoer(Strict):
    """A notification of an incident. ``eigenKenmerk`` is the number in the sender's own system, used once."""

    eigenKenmerk = Words(most=100, source="sender_reference")
    organisatie = serializers.IntegerField(required=False, min_value=1, source="organisation")
    categorie = serializers.SlugField(max_length=60, source="category")
    ontdektOp = Moment(source="discovered_at")
    onderwerp = Words(most=200, required=True, source="subject")
    omschrijving = Words(most=20_000, required=True, source="text")
    gebeurdOp = serializers.DateField(required=False, allow_null=True, default=None, source="happened_on")
    gebeurdOmschreven = Words(most=200, source="happened_as_told")
    plaats = Words(most=200, source="place")
    betrokkenen = Words(most=4_000, source="people_involved")
    eersteMaatregelen = Words(most=4_000, source="first_measures")
    gebeldOp = Moment(required=False, allow_null=True, default=None, source="phoned_at")


class MeldingInReeks(MeldingInvoer):
    """A notification in a batch: there the own reference is required."""

    eigenKenmerk = Words(most=100, required=True, source="sender_reference")


class ConceptInvoer(MeldingInvoer):
    """A notification that is not sent in yet: the words may come later."""

    omschrijving = Words(most=20_000, source="text")


def sent_of(checked: Mapping[str, Any]) -> Sent:
    """What an action takes, of checked input."""
    values = dict(checked)
    return Sent(organisation=values.pop("organisation", None), values=values)


class AanvullingInvoer(Strict):
    """More about a notification, or the answer to a question."""

    tekst = Words(most=10_000, required=True, source="text")


class EigenEvaluatieInvoer(Strict):
    """An own evaluation, or the supplement that was asked. ``nummer``: of which, where more than one is awaited."""

    nummer = serializers.IntegerField(required=False, min_value=1, source="number")
    tekst = Words(most=50_000, required=True, source="text")
