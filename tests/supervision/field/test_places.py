from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field import actions
from zichtlijn.supervision.field.models import CitizenGroup, Domain, Region

pytestmark = pytest.mark.django_db


def test_the_address_of_a_domain_is_made_from_its_name_and_stays() -> None:
    domain = actions.register_domain(actor=None, name="Asiel en migratie")
    assert domain.slug == "asiel-en-migratie"
    domain = actions.edit_domain(actor=None, domain=domain, name="Migratie")
    assert (domain.name, domain.slug) == ("Migratie", "asiel-en-migratie")


def test_a_name_without_letters_gives_no_address_and_is_refused() -> None:
    with pytest.raises(ValidationError):
        actions.register_domain(actor=None, name="???")


def test_regions_and_groups_are_registered_and_edited_with_events() -> None:
    region = actions.register_region(actor=None, name="Twente", kind=Region.Kind.SAFETY_REGION)
    region = actions.edit_region(actor=None, region=region, name="Twente", kind=Region.Kind.POLICE_UNIT)
    group = actions.register_group(actor=None, name="Jeugdigen")
    group = actions.edit_group(actor=None, group=group, name="Jeugdigen", is_vulnerable=True)
    assert Event.objects.about(region)[0].before_values == {"kind": "safety_region"}
    assert Event.objects.about(group)[0].after_values == {"is_vulnerable": True}


@pytest.mark.parametrize("register", [actions.register_domain, actions.register_region, actions.register_group])
def test_a_name_is_registered_once_and_never_by_a_reader(register: Any, erin: Any) -> None:
    register(actor=None, name="Same")
    with pytest.raises(ValidationError):
        register(actor=None, name="Same")
    with pytest.raises(PermissionDenied):
        register(actor=erin, name="Other")


@pytest.mark.parametrize("person", ["alice", "bob", "frank", "anna", "dave"])
def test_those_who_keep_the_field_may_edit_it(person: str, request: pytest.FixtureRequest) -> None:
    domain = actions.register_domain(actor=request.getfixturevalue(person), name="Police")
    assert Domain.objects.get() == domain


@pytest.mark.parametrize("person", ["erin", "carol"])
def test_those_who_only_read_may_not(person: str, request: pytest.FixtureRequest) -> None:
    actor = request.getfixturevalue(person)
    with pytest.raises(PermissionDenied):
        actions.register_domain(actor=actor, name="Police")
    assert list(CitizenGroup.objects.visible_to(actor)) == []
    assert not actor.has_perm("field.edit_field")
