"""Who hands over what to whom, in order."""

from __future__ import annotations

from typing import Any

from zichtlijn.platform.events.actions import action

from ..keeping import locked
from ..models import Chain, HandOver, Organisation
from ..ordering import close_ranks, put
from .chains import composition, record_composition

PERMISSION = "field.edit_field"


@action("field.add_hand_over", permission=PERMISSION, on="chain")
def add_hand_over(
    *,
    actor: Any,
    chain: Chain,
    giver: Organisation,
    receiver: Organisation,
    what: str,
    order: int | None = None,
    is_demo: bool = False,
    reason: str = "",
) -> HandOver:
    """Add a hand-over between two members; without ``order`` (from 1) at the end."""
    chain = locked(chain)
    before = composition(chain)
    hand_over = HandOver(chain=chain, giver=giver, receiver=receiver, what=what, is_demo=is_demo)
    put(hand_over, order, chain.hand_overs.all())
    record_composition(chain, before, actor=actor, action="field.add_hand_over", reason=reason)
    return hand_over


@action("field.edit_hand_over", permission=PERMISSION)
def edit_hand_over(
    *,
    actor: Any,
    hand_over: HandOver,
    giver: Organisation,
    receiver: Organisation,
    what: str,
    reason: str = "",
) -> HandOver:
    """Change who hands over what to whom."""
    chain = locked(hand_over.chain)
    before = composition(chain)
    hand_over = locked(hand_over)
    hand_over.giver, hand_over.receiver, hand_over.what = giver, receiver, what
    hand_over.full_clean()
    hand_over.save()
    record_composition(chain, before, actor=actor, action="field.edit_hand_over", reason=reason)
    return hand_over


@action("field.move_hand_over", permission=PERMISSION)
def move_hand_over(*, actor: Any, hand_over: HandOver, to: int, reason: str = "") -> HandOver:
    """Give a hand-over the place ``to`` (from 1); beyond either end is the end."""
    chain = locked(hand_over.chain)
    before = composition(chain)
    hand_over = locked(hand_over)
    put(hand_over, to, chain.hand_overs.all())
    record_composition(chain, before, actor=actor, action="field.move_hand_over", reason=reason)
    return hand_over


@action("field.remove_hand_over", permission=PERMISSION)
def remove_hand_over(*, actor: Any, hand_over: HandOver, reason: str = "") -> Chain:
    """Take a hand-over out of the chain."""
    chain = locked(hand_over.chain)
    before = composition(chain)
    hand_over.delete()
    close_ranks(list(chain.hand_overs.order_by("order", "id")))
    record_composition(chain, before, actor=actor, action="field.remove_hand_over", reason=reason)
    return chain
