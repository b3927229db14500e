"""The pages of retention: for whom, by reference alone where the record is not for him, and what a form refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zichtlijn.platform.retention.actions.holding import place_hold
from zichtlijn.platform.retention.models import DestructionLine, DestructionList, Hold, RetentionRule
from zichtlijn.platform.retention.rules import load_rules
from zichtlijn.supervision.signals.models import Signal

from .conftest import Jars

pytestmark = pytest.mark.django_db
ListIn = Callable[..., DestructionList]
PAGES = ("", "figures", "rules", "holds", "lists", "due/toy.jar")


def signal(**values: Any) -> Signal:
    at = timezone.now() - timedelta(days=365 * 6)
    given = {"channel": "letter", "subject": "Kanarie in de mijn", "text": "Kanarie", "state": "closed"}
    given |= {"outcome": "no_action", "received_at": at, "closed_at": at}
    return Signal.objects.create(**{**given, **values})


@pytest.mark.parametrize("page", PAGES)
def test_only_who_has_a_part_in_it_sees_the_pages(
    page: str, jars: Jars, client_of: Any, request: pytest.FixtureRequest
) -> None:
    for name, status in (
        ("dave", 200), ("carol", 200), ("alice", 200), ("bob", 403), ("anna", 403), ("frank", 403), ("erin", 403),
        ("olga", 404), ("pia", 404),
    ):  # fmt: skip
        answer = client_of(request.getfixturevalue(name)).get(f"/retention/{page}")
        assert answer.status_code == status, name


def test_a_list_is_made_once_however_often_the_button_is_pressed(jars: Jars, client_of: Any, dave: Any) -> None:
    jars.fill("a")
    client = client_of(dave)
    first, second = (client.post("/retention/", {"kinds": ["toy.jar"]}) for _each in range(2))
    assert (first.status_code, second.status_code) == (302, 422)
    assert DestructionList.objects.count() == 1


def test_lines_are_reviewed_together_and_all_that_are_left_at_once(list_in: ListIn, client_of: Any, carol: Any) -> None:
    found = list_in("review", [f"{number:03}" for number in range(130)])
    client, address = client_of(carol), f"/retention/lists/{found.pk}/review"
    page = client.get(found.get_absolute_url()).content.decode()
    assert page.count("data-select-row") == 100
    chosen = list(found.lines.values_list("pk", flat=True)[:2])
    refused = client.post(address, {"decision": "keep", "selected": chosen})
    assert refused.status_code == 422
    assert client.post(address, {"decision": "destroy"}).status_code == 422
    client.post(address, {"decision": "keep", "reason": "Nog nodig", "selected": chosen})
    client.post(address, {"decision": "destroy", "whole": "on"})
    assert found.lines.filter(decision="keep", reason="Nog nodig", reviewer=carol).count() == 2
    assert found.lines.filter(decision="destroy").count() == 128


def test_lines_of_another_list_are_not_reviewed_along(list_in: ListIn, client_of: Any, carol: Any, jars: Jars) -> None:
    first, second = list_in("review", ["a"]), list_in("review", ["b"])
    other = second.lines.get().pk
    client_of(carol).post(f"/retention/lists/{first.pk}/review", {"decision": "destroy", "selected": [other]})
    assert DestructionLine.objects.get(pk=other).decision == "open"


def test_of_a_restricted_record_the_reference_stands_on_a_list_and_nothing_leads_to_it(
    client_of: Any, dave: Any, carol: Any
) -> None:
    load_rules()
    hidden, shown = signal(access="restricted"), signal()
    page = client_of(dave).get("/retention/due/signals.signal").content.decode()
    assert hidden.reference in page
    assert hidden.get_absolute_url() not in page
    assert shown.get_absolute_url() in page
    client_of(dave).post("/retention/", {"kinds": ["signals.signal"]})
    found = DestructionList.objects.get()
    page = client_of(dave).get(found.get_absolute_url()).content.decode()
    assert hidden.reference in page
    assert f'href="{hidden.get_absolute_url()}"' not in page
    assert "Kanarie" not in page


def test_the_number_of_queries_of_a_list_does_not_grow_with_its_lines(
    list_in: ListIn, client_of: Any, carol: Any
) -> None:
    few, many = list_in("review", ["a"]), list_in("review", [f"{number:03}" for number in range(60)])
    client, counts = client_of(carol), []
    client.get(few.get_absolute_url())
    for found in (few, many):
        with CaptureQueriesContext(connection) as queries:
            client.get(found.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_hold_is_placed_and_lifted_on_the_page_of_the_record(
    client_of: Any, alice: Any, carol: Any, bob: Any
) -> None:
    load_rules()
    kept = signal()
    place, lift = (f"/retention/holds/signals.signal/{kept.pk}/{step}" for step in ("place", "lift"))
    assert client_of(bob).post(place, {"reason": "Bezwaar"}).status_code == 403
    assert client_of(alice).post(place, {"reason": " "}).status_code == 422
    client_of(alice).post(place, {"reason": "Bezwaar van de organisatie"})
    page = client_of(bob).get(kept.get_absolute_url()).content.decode()
    assert "Bezwaar van de organisatie" in page
    assert place not in page
    assert client_of(alice).post(lift, {"reason": "Klaar"}).status_code == 403
    client_of(carol).post(lift, {"reason": "Klaar"})
    assert not Hold.objects.running().exists()


def test_what_cannot_be_held_or_is_hidden_has_no_page_for_it(client_of: Any, dave: Any) -> None:
    hidden = signal(access="restricted")
    for address in (f"signals.signal/{hidden.pk}/place", "accounts.user/1/place", f"signals.signal/{hidden.pk}/burn"):
        assert client_of(dave).get(f"/retention/holds/{address}").status_code == 404


def test_the_reason_of_a_hold_is_for_who_may_see_the_record(client_of: Any, dave: Any, carol: Any) -> None:
    kept = signal()
    place_hold(actor=carol, record=kept, reason="Woord voor wie het mag zien")
    Signal.objects.filter(pk=kept.pk).update(access="restricted", audience=f"file:{kept.file_key}")
    page = client_of(dave).get("/retention/holds").content.decode()
    assert kept.reference in page
    assert "Woord voor" not in page


def test_a_rule_is_changed_on_its_page_and_a_corrected_one_stays_readable(
    client_of: Any, dave: Any, carol: Any
) -> None:
    load_rules()
    rule = RetentionRule.objects.get(kind="signals.sender")
    address = f"/retention/rules/{rule.pk}"
    sent = {"appraisal": "V", "amount": 3, "unit": "months", "source": "Selectielijst, 4.2", "certainty": "B"}
    assert client_of(carol).post(address, sent).status_code == 403
    assert client_of(dave).post(address, {**sent, "amount": ""}).status_code == 422
    assert client_of(dave).post(address, sent).status_code == 302
    page = client_of(dave).get("/retention/rules").content.decode()
    assert "Selectielijst, 4.2" in page
    assert client_of(dave).get(address).status_code == 404
    assert RetentionRule.objects.filter(kind="signals.sender").count() == 2


def test_a_rule_for_something_without_one_is_added(client_of: Any, dave: Any, jars: Jars) -> None:
    sent = {"about": "notices.notice:", "appraisal": "B", "source": "Eigen keuze", "certainty": "O"}
    client_of(dave).post("/retention/rules/new", sent)
    assert RetentionRule.objects.get(kind="notices.notice").appraisal == "B"
    assert client_of(dave).post("/retention/rules/new", sent).status_code == 422
