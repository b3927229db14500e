"""Members and hand-overs of a chain: add, change, move, remove."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .. import actions, undoing
from ..forms.chains import Exchange, MemberPart, NewMember, exchange_values
from ..models import Chain, ChainMember, HandOver
from .acting import Acting, Button, FormPage, visible


def place_from(values: dict[str, Any]) -> int:
    """The place in ``to``. Raises ValidationError when it is no number."""
    try:
        return int(values.get("to", ""))
    except ValueError:
        raise ValidationError(_("Choose a place in the list.")) from None


class OfChain(FormPage):
    """A form that adds something to a chain."""

    def subject(self) -> Chain:
        found: Chain = visible(Chain, self.request.user, pk=self.kwargs["pk"])
        return found

    def form_arguments(self) -> dict[str, Any]:
        return {"chain": self.record}

    def next_url(self, result: Any) -> str:
        return str(self.record.get_absolute_url())


class AddMember(OfChain):
    form_class = NewMember
    title = _("Add member")
    submit = _("Add")

    def act(self, values: dict[str, Any]) -> ChainMember:
        return actions.add_member(actor=self.request.user, chain=self.record, **values)

    def done(self, result: ChainMember) -> Any:
        return _("%(name)s is a member now.") % {"name": result.organisation}


class AddHandOver(OfChain):
    form_class = Exchange
    title = _("Add hand-over")
    submit = _("Add")

    def act(self, values: dict[str, Any]) -> HandOver:
        return actions.add_hand_over(actor=self.request.user, chain=self.record, **values)

    def done(self, result: HandOver) -> Any:
        return _("The hand-over is in the chain.")


class OfMember(Acting):
    """Something about one member; the page belongs to the chain."""

    def subject(self) -> Chain:
        self.member = visible(ChainMember, self.request.user, pk=self.kwargs["pk"])
        chain: Chain = self.member.chain
        return chain

    def next_url(self, result: Any) -> str:
        return str(self.record.get_absolute_url())


class EditMember(OfMember, FormPage):
    form_class = MemberPart
    title = _("Part in the chain")
    submit = _("Save")

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.member}

    def act(self, values: dict[str, Any]) -> ChainMember:
        return actions.edit_member(actor=self.request.user, member=self.member, **values)

    def done(self, result: ChainMember) -> Any:
        return _("The part of %(name)s was changed.") % {"name": result.organisation}


class MoveMember(OfMember, Button):
    def act(self, values: dict[str, Any]) -> ChainMember:
        return actions.move_member(actor=self.request.user, member=self.member, to=place_from(values))

    def done(self, result: ChainMember) -> Any:
        words = {"name": result.organisation, "place": result.order}
        return _("%(name)s now has place %(place)s.") % words

    def undo_url(self, result: ChainMember) -> str:
        return undoing.address("move-member", member=result.pk, to=self.member.order)


class RemoveMember(OfMember, Button):
    def act(self, values: dict[str, Any]) -> Chain:
        member = self.member
        facts = {"chain": member.chain_id, "organisation": member.organisation_id}
        self.undo = undoing.address("restore-member", part=member.part, order=member.order, **facts)
        return actions.remove_member(actor=self.request.user, member=member)

    def done(self, result: Chain) -> Any:
        return _("%(name)s is no member any more.") % {"name": self.member.organisation}

    def undo_url(self, result: Chain) -> str:
        return self.undo


class OfHandOver(Acting):
    """Something about one hand-over; the page belongs to the chain."""

    def subject(self) -> Chain:
        self.hand_over = visible(HandOver, self.request.user, pk=self.kwargs["pk"])
        chain: Chain = self.hand_over.chain
        return chain

    def next_url(self, result: Any) -> str:
        return str(self.record.get_absolute_url())


class EditHandOver(OfHandOver, FormPage):
    form_class = Exchange
    title = _("Edit hand-over")
    submit = _("Save")

    def form_arguments(self) -> dict[str, Any]:
        return {"chain": self.record, "initial": exchange_values(self.hand_over)}

    def act(self, values: dict[str, Any]) -> HandOver:
        return actions.edit_hand_over(actor=self.request.user, hand_over=self.hand_over, **values)

    def done(self, result: HandOver) -> Any:
        return _("The hand-over was changed.")


class MoveHandOver(OfHandOver, Button):
    def act(self, values: dict[str, Any]) -> HandOver:
        return actions.move_hand_over(actor=self.request.user, hand_over=self.hand_over, to=place_from(values))

    def done(self, result: HandOver) -> Any:
        return _("The hand-over now has place %(place)s.") % {"place": result.order}

    def undo_url(self, result: HandOver) -> str:
        return undoing.address("move-hand-over", hand_over=result.pk, to=self.hand_over.order)


class RemoveHandOver(OfHandOver, Button):
    def act(self, values: dict[str, Any]) -> Chain:
        gone = self.hand_over
        facts = {"chain": gone.chain_id, "giver": gone.giver_id, "receiver": gone.receiver_id}
        self.undo = undoing.address("restore-hand-over", what=gone.what, order=gone.order, **facts)
        return actions.remove_hand_over(actor=self.request.user, hand_over=gone)

    def done(self, result: Chain) -> Any:
        return _("The hand-over was removed.")

    def undo_url(self, result: Chain) -> str:
        return self.undo
