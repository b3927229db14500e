from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zichtlijn.supervision.mandate import actions
from zichtlijn.supervision.mandate.models import Act

VALUES = {"name": "Wet X", "abbreviation": "WX", "kind": "act", "status": "in_force", "in_force_from": "2024-04-01"}


@pytest.fixture
def act(db: None) -> Act:
    return actions.register_act(actor=None, name="Algemene wet bestuursrecht", bwb_id="BWBR0005537")


def test_an_act_is_added_once_and_edited(client_of: Any, bob: Any) -> None:
    client = client_of(bob)
    assert client.get(reverse("mandate:act-add")).status_code == 200
    assert client.post(reverse("mandate:act-add"), VALUES).status_code == 302
    assert client.post(reverse("mandate:act-add"), VALUES).status_code == 422
    act = Act.objects.get()
    assert act.in_force_from == date(2024, 4, 1)
    edit = reverse("mandate:act-edit", args=[act.pk])
    assert client.get(edit).status_code == 200
    assert client.post(edit, {**VALUES, "status": "bill"}).status_code == 422
    assert client.post(edit, {**VALUES, "status": "repealed"})["Location"] == act.get_absolute_url()


def test_readers_read_and_change_nothing(client_of: Any, erin: Any, act: Act) -> None:
    client = client_of(erin)
    page = client.get(act.get_absolute_url())
    assert page.status_code == 200
    assert "https://wetten.overheid.nl/BWBR0005537" in page.content.decode()
    for address in (reverse("mandate:act-add"), reverse("mandate:act-edit", args=[act.pk])):
        assert client.get(address).status_code == 403
        assert client.post(address, VALUES).status_code == 403


def test_an_unknown_act_is_not_found(client_of: Any, erin: Any) -> None:
    for pk in (1, 10**30):
        assert client_of(erin).get(reverse("mandate:act", args=[pk])).status_code == 404


def test_acts_are_filtered(client_of: Any, erin: Any, act: Act) -> None:
    actions.register_act(actor=None, name="Relatiestatuut", kind="framework", status="policy")
    address = reverse("mandate:act-list")
    for query, expected in (("kind=framework", ["Relatiestatuut"]), ("text=bestuur", [act.name]), ("status=bill", [])):
        rows = client_of(erin).get(f"{address}?{query}").context["page"].rows
        assert [row.name for row in rows] == expected


def test_an_empty_list_says_what_to_do(client_of: Any, bob: Any) -> None:
    assert reverse("mandate:act-add") in client_of(bob).get(reverse("mandate:act-list")).content.decode()


def test_the_list_takes_as_many_queries_for_five_acts_as_for_one(client_of: Any, erin: Any, act: Act) -> None:
    client, address = client_of(erin), reverse("mandate:act-list")

    def count() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    one = count()
    for number in range(4):
        actions.register_act(actor=None, name=f"Act {number}")
    assert count() == one
