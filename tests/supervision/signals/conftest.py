"""Organisations, accounts and things that came in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from zichtlijn.supervision.field.models import Organisation, OrganisationAccount
from zichtlijn.supervision.signals.models import Signal


@pytest.fixture
def prison(db: None) -> Organisation:
    """An organisation under supervision."""
    return Organisation.objects.create(name="Penitentiaire inrichting Dijkzicht", abbreviation="PI Dijkzicht")


@pytest.fixture
def shelter(db: None) -> Organisation:
    """Another one."""
    return Organisation.objects.create(name="Opvang Oostereiland", abbreviation="OO")


@pytest.fixture
def spokeswoman(olga: Any, prison: Organisation) -> Any:
    """Olga, who speaks for the prison."""
    OrganisationAccount.objects.create(user=olga, organisation=prison, since=timezone.localdate())
    return olga


@pytest.fixture
def came_in(db: None) -> Callable[..., Signal]:
    """``came_in(subject="…", …)`` is a signal by telephone, received now."""

    def made(**values: Any) -> Signal:
        return Signal.objects.create(**{"channel": "telephone", "subject": "Lekkage", "text": "Het lekt."} | values)

    return made


@pytest.fixture
def categories(db: None) -> None:
    """The dated tables as they are delivered."""
    from zichtlijn.supervision.signals.reference import load_reference

    load_reference()
