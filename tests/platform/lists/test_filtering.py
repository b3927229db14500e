"""Filters: each narrows the list by what it says, and wrong values are told, never fatal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from zichtlijn.platform.lists.models import SavedFilter

ClientOf = Callable[[Any], Client]
Listed = Callable[..., list[str]]


def keep(owner: Any, name: str) -> SavedFilter:
    return SavedFilter.objects.create(owner=owner, list_name="test.people", name=name, path="/people/")


@pytest.fixture(autouse=True)
def people(person: Callable[..., Any]) -> None:
    person("Ada", role="analyst", email="ada@example.org", is_demo=True)
    person("Bea", role="editor", date_joined=datetime(2024, 3, 9, 23, 30, tzinfo=UTC))
    person("Cas", role="reader", date_joined=datetime(2024, 3, 11, tzinfo=UTC))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Ada", "Bea", "Cas"]),
        ("role=editor", ["Bea"]),
        ("roles=editor&roles=reader", ["Bea", "Cas"]),
        ("demo=1", ["Ada"]),
        ("demo=0", ["Bea", "Cas"]),
        ("text=aDa+example", ["Ada"]),
        ("text=ada+bea", []),
        ("text=%25", []),
        ("role=editor&demo=1", []),
        ("utm_source=elsewhere", ["Ada", "Bea", "Cas"]),
    ],
)
def test_a_filter_narrows_the_list(listed: Listed, query: str, expected: list[str]) -> None:
    assert listed(query) == expected


def test_a_day_counts_here_and_not_in_greenwich(listed: Listed) -> None:
    # Half past eleven in the evening of 9 March in UTC is 10 March in Amsterdam.
    assert listed("joined_from=2024-03-10&joined_until=2024-03-10") == ["Bea"]
    assert listed("joined_until=2024-03-09") == ["Ada"]
    assert listed("joined_from=11-03-2024") == ["Cas"]


def test_records_are_chosen_from_what_the_user_may_see(listed: Listed, dave: Any, alice: Any) -> None:
    mine, other = keep(dave, "mine"), keep(alice, "other")
    assert listed(f"kept={other.pk}") == ["Ada", "Alice", "Bea"]  # not applied: it does not exist for dave
    assert listed(f"kept={mine.pk}") == []  # applied: dave himself is an administrator, and those are not listed


def test_a_row_with_several_matching_records_appears_once(listed: Listed, alice: Any) -> None:
    keep(alice, "visits one")
    keep(alice, "visits two")
    assert listed("text=visits") == ["Alice"]


@pytest.mark.parametrize(
    "query",
    [
        "role=king",
        "roles=king",
        "kept=nonsense",
        "kept=99999999999999999999999",
        "kept=-1",
        "demo=maybe",
        "joined_from=2024-02-31",
        "joined_from=yesterday",
        "text=" + "x" * 201,
        "text=%00",
        "sort=password",
        "sort=email",
        "sort=-",
        "page=0",
        "page=-1",
        "page=x",
        "page=²",
        "page=99999999999999999999",
    ],
)
def test_a_wrong_value_is_told_and_does_not_break_the_page(
    listed: Listed, dave: Any, client_of: ClientOf, query: str
) -> None:
    answer = client_of(dave).get(f"/people/?{query}")
    assert answer.status_code == 200
    assert len(answer.context["selection"].problems) == 1
    assert answer.context["selection"].problems[0].split("“")[0] in answer.content.decode()


def test_a_wrong_value_leaves_the_other_filters_in_force(listed: Listed) -> None:
    assert listed("role=editor&demo=maybe") == ["Bea"]


def test_every_active_filter_is_a_chip_that_takes_only_itself_away(dave: Any, client_of: ClientOf) -> None:
    query = "roles=editor&roles=reader&demo=0&sort=-name&page=1"
    chips = client_of(dave).get(f"/people/?{query}").context["chips"]
    assert {chip.text: chip.without for chip in chips} == {
        "Roles: editor": "roles=reader&demo=0&sort=-name",
        "Roles: reader": "roles=editor&demo=0&sort=-name",
        "Demo: no": "roles=editor&roles=reader&sort=-name",
    }


def test_a_chip_never_carries_markup(dave: Any, client_of: ClientOf) -> None:
    page = client_of(dave).get("/people/?text=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page
    assert "Words: &lt;script&gt;" in page


def test_a_range_of_days_is_two_chips(dave: Any, client_of: ClientOf) -> None:
    chips = client_of(dave).get("/people/?joined_from=2024-01-01&joined_until=2024-12-31").context["chips"]
    assert [chip.without for chip in chips] == ["joined_until=2024-12-31", "joined_from=2024-01-01"]


@pytest.mark.parametrize("query", ["joined_from=0001-01-01", "joined_until=9999-12-31"])
def test_the_ends_of_the_calendar_leave_everybody_in(listed: Listed, query: str) -> None:
    assert listed(query) == listed("")
