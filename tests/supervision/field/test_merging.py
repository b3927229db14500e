from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field import actions
from zichtlijn.supervision.field.models import Chain, Organisation
from zichtlijn.supervision.field.queries import find_organisation, steering_triangle

Make = Callable[..., Organisation]


@pytest.fixture
def double(organisation: Make) -> tuple[Organisation, Organisation]:
    """The same organisation twice: the record that will go, and the one that stays."""
    gone = organisation(
        "Opvang asielzoekers", abbreviation="COAz", tooi_id="https://identifier.overheid.nl/tooi/id/zbo/zb000210"
    )
    return gone, organisation("Centraal Orgaan opvang asielzoekers", abbreviation="COA")


def merge(gone: Organisation, kept: Organisation, actor: Any = None) -> Organisation:
    return actions.merge_organisation(actor=actor, organisation=gone, into=kept, reason="the same body")


def test_the_merged_record_disappears_from_lists(double: tuple[Organisation, Organisation], bob: Any) -> None:
    merge(*double)
    assert list(Organisation.objects.visible_to(bob)) == [double[1]]


def test_names_stay_recognised_and_the_identifier_is_taken_over(double: tuple[Organisation, Organisation]) -> None:
    kept = merge(*double)
    assert kept.tooi_id.endswith("zb000210")
    for name in ("Opvang asielzoekers", "COAz", "COA"):
        assert find_organisation(name) == kept


def test_memberships_and_hand_overs_go_along(asylum: Chain, organisation: Make) -> None:
    gone, kept = Organisation.objects.get(name="Immigration service"), organisation("IND")
    merge(gone, kept)
    assert [member.organisation.name for member in asylum.members.all()] == ["Police", "IND", "Return service"]
    ends = [(item.giver.name, item.receiver.name) for item in asylum.hand_overs.all()]
    assert ends == [("Police", "IND"), ("IND", "Return service")]


def test_what_would_be_double_is_dropped_without_holes(asylum: Chain) -> None:
    police, immigration = asylum.members.all()[0].organisation, asylum.members.all()[1].organisation
    merge(immigration, police)
    assert [(member.order, member.organisation.name) for member in asylum.members.all()] == [
        (1, "Police"),
        (2, "Return service"),
    ]
    assert [(item.order, str(item)) for item in asylum.hand_overs.all()] == [
        (1, "Police → Return service: refused application")
    ]


def test_steering_roles_go_along_and_those_of_the_kept_record_win(
    double: tuple[Organisation, Organisation], organisation: Make
) -> None:
    gone, kept = double
    right, wrong, extra = organisation("Right owner"), organisation("Wrong owner"), organisation("Commissioner")
    for contractor, holder, role in ((kept, right, "owner"), (gone, wrong, "owner"), (gone, extra, "commissioner")):
        actions.set_steering_role(actor=None, contractor=contractor, holder=holder, role=role)
    triangle = steering_triangle(merge(gone, kept), date(2024, 1, 1))
    assert triangle.owner is not None
    assert triangle.owner.name == "Right owner"
    assert [corner.name for corner in triangle.commissioners] == ["Commissioner"]


def test_parts_move_to_the_kept_organisation(double: tuple[Organisation, Organisation], organisation: Make) -> None:
    gone, kept = double
    part = organisation("Location", part_of=gone)
    merge(gone, kept)
    part.refresh_from_db()
    assert part.part_of == kept


def test_a_part_that_takes_over_the_whole_is_no_part_of_itself(organisation: Make) -> None:
    whole = organisation("Whole")
    part = organisation("Part", part_of=whole)
    assert merge(whole, part).part_of is None


def test_merging_with_itself_or_twice_is_refused(double: tuple[Organisation, Organisation]) -> None:
    gone, kept = double
    with pytest.raises(ValidationError):
        merge(kept, kept)
    merge(gone, kept)
    with pytest.raises(ValidationError):
        merge(gone, kept)
    with pytest.raises(ValidationError):
        merge(kept, gone)


def test_both_histories_tell_of_the_merger(double: tuple[Organisation, Organisation], alice: Any) -> None:
    gone, kept = double
    merge(gone, kept, alice)
    for record in double:
        event = Event.objects.about(record).first()
        assert event is not None
        assert (event.action, event.reason, event.actor) == ("field.merge_organisation", "the same body", alice)
    newest = Event.objects.about(kept).first()
    assert newest is not None
    assert newest.after_values["merged_record"] == "Opvang asielzoekers"


def test_the_name_of_a_merged_record_is_free_again(
    double: tuple[Organisation, Organisation], organisation: Make
) -> None:
    merge(*double)
    assert organisation("Opvang asielzoekers").pk
