"""Chains and networks themselves, and how an event tells who is in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record

from ..keeping import add, change
from ..models import Chain, ChainMember, Domain

PERMISSION = "field.edit_field"


@action("field.register_chain", permission=PERMISSION)
def register_chain(
    *,
    actor: Any,
    name: str,
    kind: str = Chain.Kind.CHAIN,
    abbreviation: str = "",
    societal_task: str = "",
    description: str = "",
    domains: Iterable[Domain] = (),
    other_spellings: str = "",
    is_demo: bool = False,
    reason: str = "",
) -> Chain:
    """Add a chain or network; members and hand-overs follow one by one."""
    chain = Chain(
        name=name,
        kind=kind,
        abbreviation=abbreviation,
        societal_task=societal_task,
        description=description,
        other_spellings=other_spellings,
        is_demo=is_demo,
    )
    return add(chain, actor=actor, action="field.register_chain", relations={"domains": domains}, reason=reason)


@action("field.edit_chain", permission=PERMISSION, on="chain")
def edit_chain(
    *,
    actor: Any,
    chain: Chain,
    name: str,
    kind: str,
    abbreviation: str = "",
    societal_task: str = "",
    description: str = "",
    domains: Iterable[Domain] = (),
    other_spellings: str = "",
    reason: str = "",
) -> Chain:
    """Change what is known about a chain."""
    values = {
        "name": name,
        "kind": kind,
        "abbreviation": abbreviation,
        "societal_task": societal_task,
        "description": description,
        "other_spellings": other_spellings,
    }
    return change(chain, values, actor=actor, action="field.edit_chain", relations={"domains": domains}, reason=reason)


def composition(chain: Chain) -> dict[str, Any]:
    """Members and hand-overs in order, as an event tells them."""
    members = chain.members.order_by("order", "id").select_related("organisation")
    hand_overs = chain.hand_overs.order_by("order", "id").select_related("giver", "receiver")
    return {
        "members_in_order": [_with_part(member) for member in members],
        "hand_overs_in_order": [str(hand_over) for hand_over in hand_overs],
    }


def _with_part(member: ChainMember) -> str:
    return f"{member.organisation} ({member.part})" if member.part else str(member.organisation)


def record_composition(chain: Chain, before: dict[str, Any], *, actor: Any, action: str, reason: str) -> None:
    """Record what the composition became; nothing when it stayed the same."""
    after = composition(chain)
    if after != before:
        record(actor=actor, action=action, about=chain, before=before, after=after, reason=reason)
