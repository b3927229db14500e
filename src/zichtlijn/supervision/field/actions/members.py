"""Who takes part in a chain, at which place."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action

from ..keeping import locked
from ..models import Chain, ChainMember, Organisation
from ..ordering import close_ranks, put
from .chains import composition, record_composition

PERMISSION = "field.edit_field"


@action("field.add_member", permission=PERMISSION, on="chain")
def add_member(
    *,
    actor: Any,
    chain: Chain,
    organisation: Organisation,
    part: str = "",
    order: int | None = None,
    is_demo: bool = False,
    reason: str = "",
) -> ChainMember:
    """Take an organisation into a chain; without ``order`` (from 1) at the end."""
    chain = locked(chain)
    before = composition(chain)
    member = ChainMember(chain=chain, organisation=organisation, part=part, is_demo=is_demo)
    put(member, order, chain.members.all())
    record_composition(chain, before, actor=actor, action="field.add_member", reason=reason)
    return member


@action("field.edit_member", permission=PERMISSION)
def edit_member(*, actor: Any, member: ChainMember, part: str, reason: str = "") -> ChainMember:
    """Change which part an organisation has in the chain."""
    chain = locked(member.chain)
    before = composition(chain)
    member = locked(member)
    member.part = part
    member.full_clean()
    member.save(update_fields=["part"])
    record_composition(chain, before, actor=actor, action="field.edit_member", reason=reason)
    return member


@action("field.move_member", permission=PERMISSION)
def move_member(*, actor: Any, member: ChainMember, to: int, reason: str = "") -> ChainMember:
    """Give a member the place ``to`` (from 1); beyond either end is the end."""
    chain = locked(member.chain)
    before = composition(chain)
    member = locked(member)
    put(member, to, chain.members.all())
    record_composition(chain, before, actor=actor, action="field.move_member", reason=reason)
    return member


@action("field.remove_member", permission=PERMISSION)
def remove_member(*, actor: Any, member: ChainMember, reason: str = "") -> Chain:
    """Take an organisation out of a chain. Raises ValidationError while it gives or receives in it."""
    chain = locked(member.chain)
    before = composition(chain)
    tied = chain.hand_overs.filter(Q(giver=member.organisation) | Q(receiver=member.organisation)).first()
    if tied:
        message = _("Remove the hand-overs of this organisation from the chain first, such as %(hand_over)s.")
        raise ValidationError(message, code="hand-overs", params={"hand_over": tied})
    member.delete()
    close_ranks(list(chain.members.order_by("order", "id")))
    record_composition(chain, before, actor=actor, action="field.remove_member", reason=reason)
    return chain
