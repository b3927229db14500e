"""Pages take as many queries for five rows as for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zichtlijn.supervision.field import actions
from zichtlijn.supervision.field.models import Chain, Organisation

Make = Callable[..., Organisation]


@pytest.fixture(autouse=True)
def _only_the_page_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the panels of other apps: their tests count their queries."""
    monkeypatch.setattr("zichtlijn.platform.trace.templatetags.trace.panels_of", lambda _record: [])


def queries(client: Any, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def fill(organisation: Make, number: int, hub: Organisation, shared: Chain) -> None:
    """One more organisation with everything that can hang on it, tied to ``hub`` in every way."""
    domain = actions.register_domain(actor=None, name=f"Domain {number}")
    region = actions.register_region(actor=None, name=f"Region {number}")
    made = organisation(f"Organisation {number}", domains=[domain], region=region, part_of=hub)
    own = actions.register_chain(actor=None, name=f"Chain {number}", domains=[domain])
    actions.register_group(actor=None, name=f"Group {number}")
    for chain in (own, shared):
        actions.add_member(actor=None, chain=chain, organisation=made)
    actions.add_member(actor=None, chain=own, organisation=hub)
    for chain, giver, receiver in ((own, made, hub), (own, hub, made), (shared, hub, made)):
        actions.add_hand_over(actor=None, chain=chain, giver=giver, receiver=receiver, what=f"case {number}")
    actions.set_steering_role(actor=None, contractor=made, holder=hub, role="owner")
    actions.set_steering_role(actor=None, contractor=hub, holder=made, role="commissioner")


@pytest.mark.parametrize(
    "page",
    [
        "organisation-list",
        "chain-list",
        "group-list",
        "region-list",
        "domain-list",
        "steering",
        "index",
        "organisation",
        "chain",
    ],
)
def test_the_number_of_queries_does_not_grow(
    client_of: Any, bob: Any, organisation: Make, chain: Callable[..., Chain], page: str
) -> None:
    hub, shared = organisation("Hub"), chain("Shared")
    actions.add_member(actor=None, chain=shared, organisation=hub)
    addresses = {"organisation": hub.get_absolute_url(), "chain": shared.get_absolute_url()}
    address = addresses.get(page) or reverse(f"field:{page}")
    client = client_of(bob)
    fill(organisation, 1, hub, shared)
    one = queries(client, address)
    for number in range(2, 6):
        fill(organisation, number, hub, shared)
    assert queries(client, address) == one
