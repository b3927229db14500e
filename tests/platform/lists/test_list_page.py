"""The list page: stable order, paging without a count, empty states, and the same number of queries for any length."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zichtlijn.platform.lists.columns import Column
from zichtlijn.platform.lists.filters import TextFilter
from zichtlijn.platform.lists.selection import Selection
from zichtlijn.platform.lists.tables import TABLES, Table

ClientOf = Callable[[Any], Client]
Listed = Callable[..., list[str]]
Person = Callable[..., Any]


def test_rows_are_sorted_by_the_column_and_back(listed: Listed, person: Person) -> None:
    for name, role in (("Ada", "reader"), ("Bea", "analyst"), ("Cas", "editor")):
        person(name, role=role)
    assert listed("sort=role") == ["Bea", "Cas", "Ada"]
    assert listed("sort=-role") == ["Ada", "Cas", "Bea"]
    assert listed("sort=-name") == ["Cas", "Bea", "Ada"]


def test_equal_rows_keep_their_place_from_page_to_page(listed: Listed, person: Person) -> None:
    names = [person(f"P{number}").full_name for number in range(8)]
    assert listed("sort=role") + listed("sort=role&page=2") + listed("sort=role&page=3") == names
    assert listed("sort=-role") == names[:4:-1]


def test_the_head_of_the_column_says_how_the_list_is_sorted(dave: Any, client_of: ClientOf, person: Person) -> None:
    person("Ada")
    client = client_of(dave)
    assert 'aria-sort="ascending"' in client.get("/people/").content.decode()
    assert 'aria-sort="descending"' in client.get("/people/?sort=-role").content.decode()


def test_the_next_page_is_known_without_counting(dave: Any, client_of: ClientOf, person: Person) -> None:
    for number in range(4):
        person(f"P{number}")
    client = client_of(dave)
    with CaptureQueriesContext(connection) as captured:
        first = client.get("/people/?role=reader")
    counted = [query["sql"] for query in captured if "COUNT(" in query["sql"].upper()]
    assert not [sql for sql in counted if "accounts_user" in sql]
    assert 'rel="next" href="?role=reader&amp;page=2"' in first.content.decode()
    last = client.get("/people/?role=reader&page=2").content.decode()
    assert 'rel="prev"' in last
    assert 'rel="next"' not in last


def test_exactly_one_page_has_no_next(dave: Any, client_of: ClientOf, person: Person) -> None:
    for number in range(3):
        person(f"P{number}")
    assert "rel=" not in client_of(dave).get("/people/").content.decode().split("<main")[1].split("</main")[0]


def test_paging_is_bounded(dave: Any, client_of: ClientOf, person: Person) -> None:
    person("Ada")
    answer = client_of(dave).get("/people/?page=3334")
    assert answer.context["page"].number == 3333
    assert len(answer.context["selection"].problems) == 1


def test_a_page_beyond_the_end_leads_back(dave: Any, client_of: ClientOf, person: Person) -> None:
    person("Ada")
    page = client_of(dave).get("/people/?role=reader&page=5").content.decode()
    assert "There are no rows on this page." in page
    assert 'href="?role=reader"' in page


def test_an_empty_list_says_what_to_do_and_an_empty_selection_how_to_widen_it(
    dave: Any, client_of: ClientOf, person: Person
) -> None:
    client = client_of(dave)
    assert "Nobody works here yet." in client.get("/nobody/").content.decode()
    person("Ada")
    nothing = client.get("/people/?role=analyst").content.decode()
    assert "Nothing matches these filters." in nothing
    assert "Nobody works here yet." not in nothing


def test_the_link_to_add_is_for_those_who_may(bob: Any, dave: Any, client_of: ClientOf) -> None:
    import rules

    if not rules.perm_exists("accounts.manage_users"):
        rules.add_perm("accounts.manage_users", rules.predicate(lambda user: user.role == "administrator"))
    assert "/people/add" in client_of(dave).get("/people/").content.decode()
    assert "/people/add" not in client_of(bob).get("/people/").content.decode()


def test_rows_outside_the_scope_are_on_no_page_and_in_no_file(dave: Any, client_of: ClientOf, person: Person) -> None:
    person("Ada")
    client = client_of(dave)
    for form in ("", "print"):
        assert (
            ">Dave<" not in client.get(f"/people/?format={form}").content.decode().split("<main")[1].split("<tbody")[1]
        )
    assert "Dave" not in b"".join(client.get("/people/?format=csv").streaming_content).decode()


def test_cells_are_escaped(dave: Any, client_of: ClientOf, person: Person) -> None:
    person("<script>alert(1)</script>", email="<i>x</i>")
    page = client_of(dave).get("/people/").content.decode()
    assert "<script>alert" not in page
    assert "<i>x</i>" not in page


def test_the_print_view_has_all_rows_and_no_controls(dave: Any, client_of: ClientOf, person: Person) -> None:
    for number in range(7):
        person(f"P{number}")
    page = client_of(dave).get("/people/?role=reader&format=print").content.decode()
    assert all(f"P{number}" in page for number in range(7))
    assert "Role: reader" in page
    assert "?sort=" not in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]


def test_a_cut_print_view_says_so(
    dave: Any, client_of: ClientOf, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zichtlijn.platform.lists import views

    monkeypatch.setattr(views, "PRINTED_ROWS", 2)
    for number in range(3):
        person(f"P{number}")
    answer = client_of(dave).get("/people/?format=print")
    assert answer.context["cut_at"] == 2
    assert len(answer.context["lines"]) == 2


def test_a_long_list_takes_no_more_queries_than_a_short_one(dave: Any, client_of: ClientOf, person: Person) -> None:
    person("Ada")
    client = client_of(dave)
    with CaptureQueriesContext(connection) as one:
        client.get("/people/?roles=reader")
    for number in range(4):
        person(f"P{number}")
    with CaptureQueriesContext(connection) as five:
        client.get("/people/?roles=reader")
    assert len(one) == len(five)


@pytest.fixture
def _tables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("test.a", "test.b", "test.sorted"):
        monkeypatch.delitem(TABLES, name, raising=False)


@pytest.mark.parametrize(
    "values",
    [
        {"name": "test.people"},
        {"columns": (Column("a", "A"), Column("a", "A"))},
        {"filters": (TextFilter("x", "X"), TextFilter("x", "X"))},
        {"filters": (TextFilter("page", "Page"),)},
        {"default_sort": "a"},
    ],
)
@pytest.mark.usefixtures("_tables")
def test_a_definition_that_cannot_work_is_refused_at_start(values: dict[str, Any]) -> None:
    import tests.platform.lists.addresses  # noqa: F401 - registers test.people

    with pytest.raises(ValueError, match=r"test\."):
        Table(**{"name": "test.a", "label": "A", "columns": (Column("a", "A"),), **values})


@pytest.mark.usefixtures("_tables")
@pytest.mark.parametrize(("sort", "empty_last"), [("joined", False), ("seen", True)])
def test_only_a_field_that_can_be_empty_is_sorted_with_empty_values_last(sort: str, empty_last: bool) -> None:
    table = Table(
        "test.sorted",
        "People",
        (Column("joined", "Joined", sort="date_joined"), Column("seen", "Seen", sort="last_login")),
    )
    rows = Selection(table, QueryDict(f"sort=-{sort}"), user=None).narrow(get_user_model().objects.all())
    assert ("NULLS LAST" in str(rows.query)) is empty_last
