from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field import actions
from zichtlijn.supervision.field.models import Chain, ChainMember, Organisation


def members(chain: Chain) -> str:
    rows = list(chain.members.order_by("order"))
    assert [row.order for row in rows] == list(range(1, len(rows) + 1))
    return "".join(row.organisation.name for row in rows)


@pytest.fixture
def letters(chain: Callable[..., Chain]) -> Chain:
    return chain("Letters", "A", "B", "C", "D")


@pytest.mark.parametrize(
    ("who", "to", "expected"),
    [
        ("A", 1, "ABCD"),
        ("A", 2, "BACD"),
        ("A", 4, "BCDA"),
        ("D", 1, "DABC"),
        ("C", 2, "ACBD"),
        ("B", 99, "ACDB"),
        ("B", -3, "BACD"),
    ],
)
def test_a_moved_member_gets_the_place_and_the_others_close_ranks(
    letters: Chain, who: str, to: int, expected: str
) -> None:
    member = letters.members.get(organisation__name=who)
    actions.move_member(actor=None, member=member, to=to)
    assert members(letters) == expected


def test_a_member_can_be_added_between_others(letters: Chain, organisation: Callable[..., Organisation]) -> None:
    actions.add_member(actor=None, chain=letters, organisation=organisation("X"), order=2)
    assert members(letters) == "AXBCD"


def test_a_removed_member_leaves_no_hole(letters: Chain) -> None:
    actions.remove_member(actor=None, member=letters.members.get(order=2))
    assert members(letters) == "ACD"


def test_an_organisation_is_a_member_once(letters: Chain) -> None:
    first = letters.members.first()
    assert first is not None
    with pytest.raises(ValidationError):
        actions.add_member(actor=None, chain=letters, organisation=first.organisation)
    assert members(letters) == "ABCD"


def test_a_member_that_hands_over_cannot_be_removed(asylum: Chain) -> None:
    giver, receiver = asylum.members.all()[0], asylum.members.all()[2]
    for member in (giver, receiver):
        with pytest.raises(ValidationError):
            actions.remove_member(actor=None, member=member)
    assert asylum.members.count() == 3


def test_hand_overs_only_go_between_members(asylum: Chain, organisation: Callable[..., Organisation]) -> None:
    inside, outside = asylum.members.all()[0].organisation, organisation("Outsider")
    for giver, receiver, wrong in ((inside, outside, "receiver"), (outside, inside, "giver")):
        with pytest.raises(ValidationError) as refused:
            actions.add_hand_over(actor=None, chain=asylum, giver=giver, receiver=receiver, what="x")
        assert wrong in refused.value.message_dict


def test_nothing_is_handed_over_to_oneself(asylum: Chain) -> None:
    member = asylum.members.all()[0].organisation
    with pytest.raises(ValidationError):
        actions.add_hand_over(actor=None, chain=asylum, giver=member, receiver=member, what="x")


def test_the_same_hand_over_is_kept_once(asylum: Chain) -> None:
    known = asylum.hand_overs.all()[0]
    with pytest.raises(ValidationError):
        actions.add_hand_over(actor=None, chain=asylum, giver=known.giver, receiver=known.receiver, what=known.what)


def test_hand_overs_move_and_close_ranks(asylum: Chain) -> None:
    first, second = asylum.hand_overs.all()
    actions.move_hand_over(actor=None, hand_over=second, to=1)
    assert [item.what for item in asylum.hand_overs.order_by("order")] == ["refused application", "identification"]
    actions.remove_hand_over(actor=None, hand_over=second)
    first.refresh_from_db()
    assert first.order == 1


def test_editing_a_hand_over_keeps_its_place(asylum: Chain) -> None:
    first = asylum.hand_overs.all()[0]
    changed = actions.edit_hand_over(
        actor=None, hand_over=first, giver=first.receiver, receiver=first.giver, what="request"
    )
    assert (changed.order, changed.what, changed.giver) == (1, "request", first.receiver)


def test_an_event_tells_the_order_before_and_after(letters: Chain, frank: Any) -> None:
    actions.move_member(actor=frank, member=letters.members.get(order=4), to=1, reason="reports come first")
    event = Event.objects.about(letters).first()
    assert event is not None
    assert event.before_values["members_in_order"] == list("ABCD")
    assert event.after_values["members_in_order"] == list("DABC")
    assert event.reason == "reports come first"


def test_a_move_to_its_own_place_records_nothing(letters: Chain) -> None:
    count = Event.objects.count()
    actions.move_member(actor=None, member=letters.members.get(order=3), to=3)
    assert Event.objects.count() == count


def test_the_part_of_a_member_can_be_changed(letters: Chain) -> None:
    member = actions.edit_member(actor=None, member=letters.members.get(order=1), part="receives reports")
    assert (member.part, member.order) == ("receives reports", 1)


def test_a_chain_name_is_registered_once(letters: Chain) -> None:
    with pytest.raises(ValidationError):
        actions.register_chain(actor=None, name="Letters")


def test_readers_change_nothing_in_a_chain(asylum: Chain, erin: Any) -> None:
    member, hand_over = asylum.members.all()[0], asylum.hand_overs.all()[0]
    refused: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (actions.move_member, {"member": member, "to": 2}),
        (actions.edit_member, {"member": member, "part": "x"}),
        (actions.remove_member, {"member": member}),
        (actions.move_hand_over, {"hand_over": hand_over, "to": 2}),
        (actions.remove_hand_over, {"hand_over": hand_over}),
        (actions.edit_chain, {"chain": asylum, "name": "x", "kind": "chain"}),
    ]
    for act, arguments in refused:
        with pytest.raises(PermissionDenied):
            act(actor=erin, **arguments)
    assert ChainMember.objects.filter(chain=asylum).count() == 3
