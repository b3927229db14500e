from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.timezone import localdate

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field import actions
from zichtlijn.supervision.field.models import Chain, CitizenGroup, Domain, Organisation, Region, SteeringRole

Make = Callable[..., Organisation]


def told(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def undo_of(response: Any) -> str:
    """The address that the newest message offers to take it back."""
    message = list(get_messages(response.wsgi_request))[-1]
    return str(message.extra_tags).removeprefix("undo=")


def addresses(chain: Chain) -> list[str]:
    """Every address of the field that changes something."""
    organisation, member, hand_over = Organisation.objects.first(), chain.members.first(), chain.hand_overs.first()
    assert organisation
    assert member
    assert hand_over
    holder = Organisation.objects.exclude(pk=organisation.pk).first()
    assert holder
    role = actions.set_steering_role(actor=None, contractor=organisation, holder=holder, role="owner")
    group = actions.register_group(actor=None, name="Group")
    region = actions.register_region(actor=None, name="Region")
    domain = actions.register_domain(actor=None, name="Domain")
    by_key = {
        organisation: ("organisation-edit", "organisation-rename", "organisation-merge", "steering-role-add"),
        organisation.names.get(): ("name-edit", "name-remove"),
        role: ("steering-role-edit", "steering-role-end", "steering-role-remove"),
        chain: ("chain-edit", "member-add", "hand-over-add"),
        member: ("member-edit", "member-move", "member-remove"),
        hand_over: ("hand-over-edit", "hand-over-move", "hand-over-remove"),
        group: ("group-edit",),
        region: ("region-edit",),
    }
    keyed = [reverse(f"field:{name}", args=[record.pk]) for record, names in by_key.items() for name in names]
    adding = [reverse(f"field:{kind}-add") for kind in ("organisation", "chain", "group", "region", "domain")]
    return [*keyed, *adding, reverse("field:domain-edit", args=[domain.slug])]


def test_no_form_or_button_answers_to_a_reader(client_of: Any, erin: Any, asylum: Chain) -> None:
    client = client_of(erin)
    changing = addresses(asylum)
    count = Event.objects.count()
    for address in changing:
        assert (client.get(address).status_code, client.post(address).status_code) == (403, 403), address
    assert Event.objects.count() == count


def test_every_form_opens_for_an_inspector_and_no_button_works_by_a_link(
    client_of: Any, bob: Any, asylum: Chain
) -> None:
    client = client_of(bob)
    for address in addresses(asylum):
        button = address.endswith(("/remove", "/move"))
        assert client.get(address).status_code == (405 if button else 200), address


def test_every_form_shows_what_is_missing_instead_of_failing(client_of: Any, bob: Any, asylum: Chain) -> None:
    client = client_of(bob)
    forms = [address for address in addresses(asylum) if not address.endswith(("/remove", "/move"))]
    for address in forms:
        response = client.post(address, {"reason": "x" * 501})
        assert response.status_code == 422, address
        assert "zl-error-summary" in response.content.decode()


def test_an_organisation_is_added_once_however_often_the_form_is_sent(client_of: Any, bob: Any) -> None:
    client, address = client_of(bob), reverse("field:organisation-add")
    values = {"name": "COA", "abbreviation": "COA", "kind": "zbo", "valid_from": "1994-07-01", "is_supervised": "on"}
    first, second = client.post(address, values), client.post(address, values)
    made = Organisation.objects.get()
    assert (first.status_code, first["Location"]) == (302, made.get_absolute_url())
    assert second.status_code == 422
    assert made.names.get().valid_from == date(1994, 7, 1)
    assert Event.objects.about(made).get().actor == bob


def test_what_the_action_refuses_stands_at_its_field(client_of: Any, bob: Any, organisation: Make) -> None:
    made = organisation("Old")
    tomorrow = localdate() + timedelta(days=1)
    response = client_of(bob).post(
        reverse("field:organisation-rename", args=[made.pk]), {"name": "New", "valid_from": tomorrow.isoformat()}
    )
    assert response.status_code == 422
    assert "valid_from" in response.context["form"].errors


def test_facts_are_edited_with_a_reason(client_of: Any, bob: Any, organisation: Make) -> None:
    made = organisation("COA")
    domain = actions.register_domain(actor=None, name="Migration")
    response = client_of(bob).post(
        reverse("field:organisation-edit", args=[made.pk]),
        {"kind": "zbo", "domains": [domain.pk], "reason": "annual check"},
    )
    made.refresh_from_db()
    assert response.status_code == 302
    assert (made.kind, made.is_supervised, list(made.domains.all())) == ("zbo", False, [domain])
    assert Event.objects.about(made)[0].reason == "annual check"


def test_a_former_owner_is_ended_by_the_form(client_of: Any, bob: Any, organisation: Make) -> None:
    contractor, first, second = organisation("DJI"), organisation("First"), organisation("Second")
    actions.set_steering_role(actor=None, contractor=contractor, holder=first, role="owner")
    client, address = client_of(bob), reverse("field:steering-role-add", args=[contractor.pk])
    values = {"role": "owner", "holder": second.pk, "valid_from": "2020-01-01"}
    assert client.post(address, values).status_code == 302
    assert client.post(address, values).status_code == 422
    days = contractor.steered_by.order_by("id").values_list("holder__name", "valid_from", "valid_until")
    assert list(days) == [("First", None, date(2019, 12, 31)), ("Second", date(2020, 1, 1), None)]


def test_ending_a_role_can_be_undone(client_of: Any, bob: Any, organisation: Make) -> None:
    contractor, holder = organisation("DJI"), organisation("Deputy")
    role = actions.set_steering_role(actor=None, contractor=contractor, holder=holder, role="owner")
    client = client_of(bob)
    response = client.post(reverse("field:steering-role-end", args=[role.pk]), {"last_day": "2023-08-31"})
    role.refresh_from_db()
    assert role.valid_until == date(2023, 8, 31)
    assert client.post(undo_of(response))["Location"] == contractor.get_absolute_url()
    role.refresh_from_db()
    assert role.valid_until is None


def test_removing_a_role_can_be_undone_once(client_of: Any, bob: Any, organisation: Make) -> None:
    contractor, holder = organisation("DJI"), organisation("Deputy")
    facts = {"role": "owner", "valid_from": date(2020, 1, 1), "known_on": date(2023, 8, 31)}
    role = actions.set_steering_role(actor=None, contractor=contractor, holder=holder, **facts)
    client = client_of(bob)
    response = client.post(reverse("field:steering-role-remove", args=[role.pk]))
    assert not SteeringRole.objects.exists()
    undo = undo_of(response)
    client.post(undo)
    assert SteeringRole.objects.filter(contractor=contractor, holder=holder, valid_until=None, **facts).count() == 1
    client.post(undo)
    assert SteeringRole.objects.count() == 1


def test_a_member_is_added_moved_and_removed_and_every_step_can_be_undone(
    client_of: Any, bob: Any, asylum: Chain, organisation: Make
) -> None:
    client = client_of(bob)

    def order() -> list[str]:
        return list(asylum.members.order_by("order").values_list("organisation__name", flat=True))

    values = {"organisation": organisation("Reception").pk, "order": "1", "part": "gives shelter"}
    client.post(reverse("field:member-add", args=[asylum.pk]), values)
    assert order() == ["Reception", "Police", "Immigration service", "Return service"]
    reception = asylum.members.get(order=1)
    moved = client.post(reverse("field:member-move", args=[reception.pk]), {"to": "3"})
    assert order()[2] == "Reception"
    client.post(undo_of(moved))
    assert order()[0] == "Reception"
    removed = client.post(reverse("field:member-remove", args=[reception.pk]))
    assert "Reception" not in order()
    client.post(undo_of(removed))
    assert order()[0] == "Reception"
    assert asylum.members.get(order=1).part == "gives shelter"


@pytest.mark.parametrize("to", ["", "up", "1.5", "²"])
def test_a_place_that_is_no_number_moves_nothing(client_of: Any, bob: Any, asylum: Chain, to: str) -> None:
    member = asylum.members.all()[0]
    response = client_of(bob).post(reverse("field:member-move", args=[member.pk]), {"to": to})
    assert response["Location"] == asylum.get_absolute_url()
    assert told(response)
    member.refresh_from_db()
    assert member.order == 1


def test_moving_twice_to_the_same_place_is_moving_once(client_of: Any, bob: Any, asylum: Chain) -> None:
    client, last = client_of(bob), asylum.members.all()[2]
    for _ in range(2):
        client.post(reverse("field:member-move", args=[last.pk]), {"to": "2"})
    last.refresh_from_db()
    assert last.order == 2


def test_a_member_that_hands_over_stays_and_the_reason_is_told(client_of: Any, bob: Any, asylum: Chain) -> None:
    member = asylum.members.all()[0]
    response = client_of(bob).post(reverse("field:member-remove", args=[member.pk]))
    assert "identification" in told(response)[0]
    assert asylum.members.count() == 3


def test_a_hand_over_is_added_changed_and_removed(client_of: Any, bob: Any, asylum: Chain) -> None:
    client = client_of(bob)
    police, _, departure = [member.organisation for member in asylum.members.all()]
    add = reverse("field:hand-over-add", args=[asylum.pk])
    values = {"giver": police.pk, "receiver": departure.pk, "what": "arrest report"}
    assert client.post(add, values).status_code == 302
    assert client.post(add, values).status_code == 422
    assert client.post(add, {**values, "receiver": police.pk}).status_code == 422
    made = asylum.hand_overs.get(what="arrest report")
    edit = reverse("field:hand-over-edit", args=[made.pk])
    assert client.post(edit, {**values, "what": "detention order"}).status_code == 302
    removed = client.post(reverse("field:hand-over-remove", args=[made.pk]))
    assert asylum.hand_overs.count() == 2
    client.post(undo_of(removed))
    assert asylum.hand_overs.get(order=3).what == "detention order"


def test_only_members_can_be_chosen_for_a_hand_over(
    client_of: Any, bob: Any, asylum: Chain, organisation: Make
) -> None:
    outsider, police = organisation("Outsider"), asylum.members.all()[0].organisation
    response = client_of(bob).post(
        reverse("field:hand-over-add", args=[asylum.pk]),
        {"giver": police.pk, "receiver": outsider.pk, "what": "x"},
    )
    assert response.status_code == 422
    assert "receiver" in response.context["form"].errors


def test_an_undo_address_that_is_not_ours_is_not_found(client_of: Any, bob: Any) -> None:
    assert client_of(bob).post(reverse("field:undo", args=["made-up"])).status_code == 404
    assert client_of(bob).get(reverse("field:undo", args=["made-up"])).status_code == 405


def test_a_reader_cannot_use_the_undo_address_of_another(client_of: Any, bob: Any, erin: Any, asylum: Chain) -> None:
    member = asylum.members.all()[2]
    response = client_of(bob).post(reverse("field:member-move", args=[member.pk]), {"to": "1"})
    assert client_of(erin).post(undo_of(response)).status_code == 403
    member.refresh_from_db()
    assert member.order == 1


def test_an_undo_of_what_is_gone_since_says_so(client_of: Any, bob: Any, asylum: Chain) -> None:
    client, hand_over = client_of(bob), asylum.hand_overs.all()[1]
    moved = client.post(reverse("field:hand-over-move", args=[hand_over.pk]), {"to": "1"})
    undo = undo_of(moved)
    actions.remove_hand_over(actor=None, hand_over=hand_over)
    assert client.post(undo)["Location"] == reverse("field:index")


def test_records_are_merged_by_the_form(client_of: Any, bob: Any, organisation: Make) -> None:
    gone, kept = organisation("Double"), organisation("Kept")
    address = reverse("field:organisation-merge", args=[gone.pk])
    client = client_of(bob)
    assert client.post(address, {"into": gone.pk}).status_code == 422
    assert client.post(address, {"into": kept.pk})["Location"] == kept.get_absolute_url()
    assert client.post(address, {"into": kept.pk}).status_code == 404


@pytest.mark.parametrize(
    ("kind", "model", "values"),
    [
        ("group", CitizenGroup, {"name": "Detainees", "is_vulnerable": "on"}),
        ("region", Region, {"name": "Twente", "kind": "safety_region"}),
        ("domain", Domain, {"name": "Police"}),
        ("chain", Chain, {"name": "Asylum chain", "kind": "chain"}),
    ],
)
def test_a_register_record_is_added_and_edited(
    client_of: Any, frank: Any, kind: str, model: Any, values: dict[str, str]
) -> None:
    client = client_of(frank)
    added = client.post(reverse(f"field:{kind}-add"), values)
    record = model.objects.get()
    assert added["Location"] == record.get_absolute_url()
    edited = client.post(f"{record.get_absolute_url()}edit", {**values, "name": "Renamed"})
    assert edited.status_code == 302
    record.refresh_from_db()
    assert record.name == "Renamed"
    assert client.get(record.get_absolute_url()).status_code == 200
