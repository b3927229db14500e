from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from zichtlijn.supervision.field import actions
from zichtlijn.supervision.field.models import Chain, Organisation

Make = Callable[..., Organisation]
OBJECT_PAGES = ("organisation", "chain", "group", "region")
LISTS = ("index", "steering", "organisation-list", "chain-list", "group-list", "region-list", "domain-list")


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("name", LISTS)
def test_every_list_answers_when_the_register_is_empty(client_of: Any, erin: Any, name: str) -> None:
    assert "<h1" in text(client_of(erin).get(reverse(f"field:{name}")))


@pytest.mark.parametrize("name", LISTS)
def test_nobody_reads_without_signing_in(client: Any, db: None, name: str) -> None:
    assert client.get(reverse(f"field:{name}")).status_code == 302


@pytest.mark.parametrize("name", OBJECT_PAGES)
@pytest.mark.parametrize("pk", [1, 2**31, 2**63, 10**30])
def test_an_unknown_record_is_not_found(client_of: Any, erin: Any, name: str, pk: int) -> None:
    assert client_of(erin).get(reverse(f"field:{name}", args=[pk])).status_code == 404


def test_an_unknown_domain_is_not_found(client_of: Any, erin: Any) -> None:
    assert client_of(erin).get(reverse("field:domain", args=["nowhere"])).status_code == 404


def test_the_organisation_page_shows_names_chains_and_hand_overs(client_of: Any, erin: Any, asylum: Chain) -> None:
    record = Organisation.objects.get(name="Immigration service")
    actions.rename_organisation(
        actor=None, organisation=record, name="IND", abbreviation="I&N", valid_from=date(2020, 1, 1)
    )
    page = text(client_of(erin).get(record.get_absolute_url()))
    for part in ("IND", "I&amp;N", "Immigration service", "Asylum chain", "identification", "refused application"):
        assert part in page


def test_readers_see_no_buttons_that_they_may_not_use(client_of: Any, erin: Any, bob: Any, asylum: Chain) -> None:
    for record in (asylum, Organisation.objects.get(name="Police")):
        address = record.get_absolute_url()
        assert f"{address}edit" not in text(client_of(erin).get(address))
        assert f"{address}edit" in text(client_of(bob).get(address))


def test_the_page_of_a_merged_organisation_leads_to_the_one_it_became(
    client_of: Any, erin: Any, organisation: Make
) -> None:
    gone, kept = organisation("Double"), organisation("Kept")
    actions.merge_organisation(actor=None, organisation=gone, into=kept)
    response = client_of(erin).get(gone.get_absolute_url())
    assert (response.status_code, response["Location"]) == (302, kept.get_absolute_url())


@pytest.mark.parametrize(
    ("day", "shown"),
    [("2020-01-01", True), ("2019-12-31", False), ("", True), ("nonsense", True), ("0000-99-99", True)],
)
def test_the_overview_shows_who_was_what_on_a_day(
    client_of: Any, erin: Any, organisation: Make, day: str, shown: bool
) -> None:
    contractor, holder = organisation("Prison service"), organisation("Deputy")
    actions.set_steering_role(
        actor=None, contractor=contractor, holder=holder, role="owner", valid_from=date(2020, 1, 1)
    )
    for address in (reverse("field:steering"), contractor.get_absolute_url()):
        page = text(client_of(erin).get(address, {"day": day}))
        assert ("<title>" in page) is True
        assert ("Deputy" in page.split('id="roles"')[0]) is shown


def test_the_chain_page_draws_the_chain_with_a_table_beside_it(client_of: Any, erin: Any, asylum: Chain) -> None:
    page = text(client_of(erin).get(asylum.get_absolute_url()))
    assert "<svg" in page
    assert page.index("Police") < page.index("Return service")
    assert "1. identification" in page


def test_a_chain_without_members_says_what_to_do(client_of: Any, bob: Any, chain: Callable[..., Chain]) -> None:
    empty = chain("Empty chain")
    assert reverse("field:member-add", args=[empty.pk]) in text(client_of(bob).get(empty.get_absolute_url()))


def test_what_users_write_is_escaped(client_of: Any, erin: Any, organisation: Make) -> None:
    nasty = organisation('<script>alert("x")</script>', description="<b>bold</b>", other_spellings="<i>")
    for address in (nasty.get_absolute_url(), reverse("field:organisation-list")):
        page = text(client_of(erin).get(address))
        assert "<script>alert" not in page
        assert "<b>bold" not in page


def test_demo_records_carry_their_label(client_of: Any, erin: Any, organisation: Make) -> None:
    shown, real = organisation("Shown", is_demo=True), organisation("Real")
    client = client_of(erin)
    assert "demo</span>" in text(client.get(shown.get_absolute_url()))
    assert "demo</span>" not in text(client.get(real.get_absolute_url()))
    assert text(client.get(reverse("field:organisation-list"))).count("demo</span>") == 1


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("kind=police", ["Police"]),
        ("text=crown", ["Ministry"]),
        ("supervised=0", ["Ministry"]),
        ("sort=-name", ["Return", "Police", "Ministry"]),
    ],
)
def test_organisations_are_filtered_and_sorted(
    client_of: Any, erin: Any, organisation: Make, query: str, names: list[str]
) -> None:
    organisation("Police", kind="police")
    ministry = organisation("Crown office", kind="ministry", is_supervised=False)
    actions.rename_organisation(actor=None, organisation=ministry, name="Ministry", valid_from=date(2020, 1, 1))
    organisation("Return")
    response = client_of(erin).get(f"{reverse('field:organisation-list')}?{query}")
    assert [row.name for row in response.context["page"].rows] == names


def test_organisations_are_filtered_by_domain_chain_and_region(
    client_of: Any, erin: Any, organisation: Make, asylum: Chain
) -> None:
    domain = actions.register_domain(actor=None, name="Migration")
    region = actions.register_region(actor=None, name="Twente")
    organisation("Elsewhere", domains=[domain], region=region)
    client, address = client_of(erin), reverse("field:organisation-list")

    def names(query: str) -> list[str]:
        return [row.name for row in client.get(f"{address}?{query}").context["page"].rows]

    assert names(f"domain={domain.pk}") == ["Elsewhere"]
    assert names(f"region={region.pk}") == ["Elsewhere"]
    assert names(f"chain={asylum.pk}") == ["Immigration service", "Police", "Return service"]


def test_a_chain_in_the_list_names_its_members_in_order_and_once(client_of: Any, erin: Any, asylum: Chain) -> None:
    other = actions.register_chain(actor=None, name="Other")
    for name in ("Return service", "Police"):
        actions.add_member(actor=None, chain=other, organisation=Organisation.objects.get(name=name))
    page = text(client_of(erin).get(reverse("field:chain-list")))
    assert "Police, Immigration service, Return service" in page
    assert "Return service, Police<" in page


def test_a_long_list_is_paged(client_of: Any, erin: Any, organisation: Make) -> None:
    region = actions.register_region(actor=None, name="Twente")
    for number in range(51):
        organisation(f"Organisation {number:02}", region=region)
    client = client_of(erin)
    first = text(client.get(region.get_absolute_url()))
    assert "Organisation 49" in first
    assert "Organisation 50" not in first
    assert "Organisation 50" in text(client.get(region.get_absolute_url(), {"page": "2"}))
