from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.mandate import actions
from zichtlijn.supervision.mandate.models import Act
from zichtlijn.supervision.mandate.queries import find_act

pytestmark = pytest.mark.django_db


@pytest.fixture
def wki() -> Act:
    return actions.register_act(
        actor=None,
        name="Wet kwaliteit incassodienstverlening",
        abbreviation="Wki",
        bwb_id="BWBR0046685",
        in_force_from=date(2024, 4, 1),
        other_spellings="incassowet",
    )


@pytest.mark.parametrize(
    "written",
    ["Wki", "de Wet kwaliteit incassodienstverlening", "wet kwaliteit incassodienstverlening (Wki)", "BWBR0046685"],
)
def test_an_act_is_recognised(wki: Act, written: str) -> None:
    assert find_act(written) == wki


def test_an_act_that_is_not_there_is_not_recognised(wki: Act) -> None:
    assert find_act("Algemene wet bestuursrecht") is None


def test_an_act_is_in_force_from_its_first_day(wki: Act) -> None:
    assert not wki.in_force_on(date(2024, 3, 31))
    assert wki.in_force_on(date(2024, 4, 1))


def test_a_bill_has_no_first_day_of_force() -> None:
    with pytest.raises(ValidationError):
        actions.register_act(actor=None, name="Wri", status=Act.Status.BILL, in_force_from=date(2025, 1, 1))


@pytest.mark.parametrize("wrong", ["BWB0046685", "bwbr0046685", "BWBR46685", "https://wetten.overheid.nl"])
def test_what_is_no_bwb_identifier_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError):
        actions.register_act(actor=None, name="Wki", bwb_id=wrong)


def test_the_same_act_is_registered_once(wki: Act) -> None:
    for same in ({"name": wki.name}, {"name": "Other", "bwb_id": wki.bwb_id}):
        with pytest.raises(ValidationError):
            actions.register_act(actor=None, **same)


def test_a_bill_that_comes_into_force_is_edited_with_an_event(bob: Any) -> None:
    bill = actions.register_act(actor=bob, name="Spreidingswet", status=Act.Status.BILL)
    act = actions.edit_act(
        actor=bob,
        act=bill,
        name=bill.name,
        kind=bill.kind,
        status=Act.Status.IN_FORCE,
        in_force_from=date(2024, 2, 1),
        reason="published",
    )
    event = Event.objects.about(act)[0]
    assert event.before_values == {"status": "bill", "in_force_from": None}
    assert event.after_values == {"status": "in_force", "in_force_from": "2024-02-01"}


def test_a_reader_cannot_register_an_act(erin: Any) -> None:
    with pytest.raises(PermissionDenied):
        actions.register_act(actor=erin, name="Awb")


def test_an_act_knows_where_its_text_is(wki: Act) -> None:
    assert wki.official_url == "https://wetten.overheid.nl/BWBR0046685"
    assert Act(name="x").official_url == ""
