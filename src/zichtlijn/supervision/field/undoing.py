"""Taking back what was just done: a signed address that holds the action that turns it around.

The address is made by us and signed, holds for an hour, and the action that it leads to checks the permission of
whoever follows it like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core import signing
from django.db import models
from django.urls import reverse

from . import actions
from .models import Chain, ChainMember, HandOver, Organisation, SteeringRole

SALT = "field.undo"
ONE_HOUR = 3600
Turn = Callable[[Any, dict[str, Any]], models.Model]


def address(turn: str, **facts: Any) -> str:
    """The address that undoes; ``turn`` is a key of ``TURNS``, ``facts`` are JSON values."""
    return reverse("field:undo", args=[signing.dumps([turn, facts], salt=SALT, compress=True)])


def undo(actor: Any, token: str) -> models.Model:
    """Do what the address says and give the record it was about.

    Raises BadSignature for an address that is not ours or too old, ObjectDoesNotExist when a record is gone since, and
    what the action itself refuses.
    """
    turn, facts = signing.loads(token, salt=SALT, max_age=ONE_HOUR)
    return TURNS[turn](actor, facts)


def role_facts(role: SteeringRole) -> dict[str, Any]:
    """What is needed to put a removed role back."""
    days = {name: getattr(role, name) for name in ("valid_from", "valid_until", "known_on")}
    return {
        "contractor": role.contractor_id,
        "holder": role.holder_id,
        "role": role.role,
        **{name: day and day.isoformat() for name, day in days.items()},
    }


def _reopen_role(actor: Any, facts: dict[str, Any]) -> models.Model:
    role = SteeringRole.objects.get(pk=facts["role"])
    actions.end_steering_role(actor=actor, steering_role=role, last_day=_day(facts["last_day"]))
    return role.contractor


def _restore_role(actor: Any, facts: dict[str, Any]) -> models.Model:
    contractor = Organisation.objects.get(pk=facts["contractor"])
    holder = Organisation.objects.get(pk=facts["holder"])
    actions.set_steering_role(
        actor=actor,
        contractor=contractor,
        holder=holder,
        role=facts["role"],
        valid_from=_day(facts["valid_from"]),
        valid_until=_day(facts["valid_until"]),
        known_on=_day(facts["known_on"]),
    )
    return contractor


def _restore_member(actor: Any, facts: dict[str, Any]) -> models.Model:
    chain = Chain.objects.get(pk=facts["chain"])
    organisation = Organisation.objects.get(pk=facts["organisation"])
    actions.add_member(actor=actor, chain=chain, organisation=organisation, part=facts["part"], order=facts["order"])
    return chain


def _restore_hand_over(actor: Any, facts: dict[str, Any]) -> models.Model:
    chain = Chain.objects.get(pk=facts["chain"])
    giver, receiver = (Organisation.objects.get(pk=facts[end]) for end in ("giver", "receiver"))
    what, order = facts["what"], facts["order"]
    actions.add_hand_over(actor=actor, chain=chain, giver=giver, receiver=receiver, what=what, order=order)
    return chain


def _move_member(actor: Any, facts: dict[str, Any]) -> models.Model:
    member = ChainMember.objects.get(pk=facts["member"])
    return actions.move_member(actor=actor, member=member, to=facts["to"]).chain


def _move_hand_over(actor: Any, facts: dict[str, Any]) -> models.Model:
    hand_over = HandOver.objects.get(pk=facts["hand_over"])
    return actions.move_hand_over(actor=actor, hand_over=hand_over, to=facts["to"]).chain


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


TURNS: dict[str, Turn] = {
    "reopen-role": _reopen_role,
    "restore-role": _restore_role,
    "restore-member": _restore_member,
    "restore-hand-over": _restore_hand_over,
    "move-member": _move_member,
    "move-hand-over": _move_hand_over,
}
