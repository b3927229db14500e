from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field import actions
from zichtlijn.supervision.field.models import Organisation, SteeringRole
from zichtlijn.supervision.field.queries import SteeringTriangle, steering_triangle, steering_triangles

Make = Callable[..., Organisation]
FIRST, LAST = date(2020, 3, 1), date(2023, 8, 31)
A_DAY = timedelta(days=1)


@pytest.fixture
def dji(organisation: Make) -> Organisation:
    return organisation("Dienst Justitiële Inrichtingen", abbreviation="DJI")


@pytest.fixture
def psg(organisation: Make) -> Organisation:
    return organisation("Deputy secretary-general")


def steer(contractor: Organisation, holder: Organisation, role: str, *period: date | None) -> SteeringRole:
    first, last = (*period, None, None)[:2]
    return actions.set_steering_role(
        actor=None, contractor=contractor, holder=holder, role=role, valid_from=first, valid_until=last
    )


def owner(triangle: SteeringTriangle) -> str | None:
    return triangle.owner.name if triangle.owner else None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (FIRST - A_DAY, None),
        (FIRST, "Deputy secretary-general"),
        (LAST, "Deputy secretary-general"),
        (LAST + A_DAY, None),
    ],
)
def test_first_and_last_day_count(dji: Organisation, psg: Organisation, day: date, expected: str | None) -> None:
    steer(dji, psg, "owner", FIRST, LAST)
    assert owner(steering_triangle(dji, day)) == expected


def test_without_known_days_a_role_holds_on_every_day(dji: Organisation, psg: Organisation) -> None:
    steer(dji, psg, "owner")
    for day in (date.min, LAST, date.max):
        assert owner(steering_triangle(dji, day)) == "Deputy secretary-general"


def test_without_roles_the_triangle_is_empty(dji: Organisation) -> None:
    triangle = steering_triangle(dji, FIRST)
    assert triangle.is_empty
    assert triangle.contractor.name == "Dienst Justitiële Inrichtingen"


def test_a_new_owner_ends_the_former_one_the_day_before(
    dji: Organisation, psg: Organisation, organisation: Make
) -> None:
    other = organisation("Secretary-general")
    steer(dji, psg, "owner", FIRST)
    steer(dji, other, "owner", LAST)
    assert owner(steering_triangle(dji, LAST - A_DAY)) == "Deputy secretary-general"
    assert owner(steering_triangle(dji, LAST)) == "Secretary-general"


def test_two_owners_in_the_same_period_are_refused(dji: Organisation, psg: Organisation, organisation: Make) -> None:
    steer(dji, psg, "owner", FIRST, LAST)
    with pytest.raises(ValidationError, match="Deputy secretary-general"):
        steer(dji, organisation("Secretary-general"), "owner", LAST, None)
    assert SteeringRole.objects.count() == 1


def test_the_same_owner_twice_is_refused(dji: Organisation, psg: Organisation) -> None:
    steer(dji, psg, "owner", FIRST)
    with pytest.raises(ValidationError):
        steer(dji, psg, "owner", LAST)
    assert SteeringRole.objects.get().valid_until is None


def test_several_commissioners_stand_beside_each_other_in_order_of_name(dji: Organisation, organisation: Make) -> None:
    for name in ("Sanctions directorate", "Migration directorate"):
        steer(dji, organisation(name), "commissioner", FIRST)
    commissioners = steering_triangle(dji, LAST).commissioners
    assert [corner.name for corner in commissioners] == ["Migration directorate", "Sanctions directorate"]


def test_the_same_commissioner_twice_in_a_period_is_refused(dji: Organisation, psg: Organisation) -> None:
    steer(dji, psg, "commissioner", FIRST, LAST)
    with pytest.raises(ValidationError):
        steer(dji, psg, "commissioner", LAST, None)
    steer(dji, psg, "commissioner", LAST + A_DAY, None)


def test_nobody_steers_itself(dji: Organisation) -> None:
    with pytest.raises(ValidationError, match=r"itself|zichzelf"):
        steer(dji, dji, "owner")


def test_the_triangle_uses_the_names_of_that_day(dji: Organisation, psg: Organisation) -> None:
    steer(dji, psg, "owner", FIRST)
    actions.rename_organisation(actor=None, organisation=psg, name="DSG", valid_from=LAST)
    actions.rename_organisation(actor=None, organisation=dji, name="Prison service", valid_from=LAST)
    before, after = steering_triangle(dji, LAST - A_DAY), steering_triangle(dji, LAST)
    assert (before.contractor.name, owner(before)) == ("Dienst Justitiële Inrichtingen", "Deputy secretary-general")
    assert (after.contractor.name, owner(after)) == ("Prison service", "DSG")


def test_an_ended_role_can_be_opened_again(dji: Organisation, psg: Organisation) -> None:
    role = steer(dji, psg, "owner", FIRST)
    actions.end_steering_role(actor=None, steering_role=role, last_day=LAST)
    assert owner(steering_triangle(dji, LAST + A_DAY)) is None
    actions.end_steering_role(actor=None, steering_role=role, last_day=None)
    assert owner(steering_triangle(dji, LAST + A_DAY)) == "Deputy secretary-general"


def test_a_role_cannot_end_before_it_begins(dji: Organisation, psg: Organisation) -> None:
    role = steer(dji, psg, "owner", FIRST)
    with pytest.raises(ValidationError):
        actions.end_steering_role(actor=None, steering_role=role, last_day=FIRST - A_DAY)


def test_a_role_is_mended_and_removed_with_events_on_the_contractor(
    dji: Organisation, psg: Organisation, anna: Any
) -> None:
    role = steer(dji, psg, "owner", FIRST)
    actions.edit_steering_role(actor=anna, steering_role=role, holder=psg, role="commissioner", known_on=LAST)
    actions.remove_steering_role(actor=anna, steering_role=role, reason="entered by mistake")
    done = list(Event.objects.about(dji).values_list("action", flat=True))
    assert done[:2] == ["field.remove_steering_role", "field.edit_steering_role"]
    assert Event.objects.about(dji)[0].before_values == {
        "commissioners_over_time": ["Deputy secretary-general (… – …)"]
    }
    assert not SteeringRole.objects.exists()


def test_readers_and_the_inspector_general_do_not_change_roles(
    dji: Organisation, psg: Organisation, erin: Any, carol: Any
) -> None:
    for person in (erin, carol):
        with pytest.raises(PermissionDenied):
            actions.set_steering_role(actor=person, contractor=dji, holder=psg, role="owner")


def test_many_triangles_take_as_many_queries_as_one(
    organisation: Make, psg: Organisation, django_assert_num_queries: Any
) -> None:
    for number in range(5):
        steer(organisation(f"Contractor {number}"), psg, "owner", FIRST)
    contractors = Organisation.objects.filter(name__startswith="Contractor").order_by("name")
    with django_assert_num_queries(4):
        one = steering_triangles(contractors[:1], LAST)
    with django_assert_num_queries(4):
        five = steering_triangles(contractors, LAST)
    assert len(one) == 1
    assert [owner(triangle) for triangle in five] == ["Deputy secretary-general"] * 5
