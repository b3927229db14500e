"""Records of the field for tests, made the way the product makes them: with actions of the system itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from zichtlijn.supervision.field import actions
from zichtlijn.supervision.field.models import Chain, Organisation


@pytest.fixture
def organisation(db: None) -> Callable[..., Organisation]:
    """``organisation("COA")`` registers an organisation."""

    def make(name: str, **facts: Any) -> Organisation:
        return actions.register_organisation(actor=None, name=name, **facts)

    return make


@pytest.fixture
def chain(organisation: Callable[..., Organisation]) -> Callable[..., Chain]:
    """``chain("Asylum", "A", "B")`` registers a chain with members of these names, in this order."""

    def make(name: str, *members: str, **facts: Any) -> Chain:
        made = actions.register_chain(actor=None, name=name, **facts)
        for member in members:
            actions.add_member(actor=None, chain=made, organisation=organisation(member))
        return made

    return make


@pytest.fixture
def asylum(chain: Callable[..., Chain]) -> Chain:
    """A chain of three members and two hand-overs."""
    made = chain("Asylum chain", "Police", "Immigration service", "Return service")
    police, immigration, departure = [member.organisation for member in made.members.all()]
    add = actions.add_hand_over
    add(actor=None, chain=made, giver=police, receiver=immigration, what="identification")
    add(actor=None, chain=made, giver=immigration, receiver=departure, what="refused application")
    return made
