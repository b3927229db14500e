"""Lists of which rows can be chosen, and a filter that asks the search index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import RequestFactory

from zichtlijn.platform.lists import tables
from zichtlijn.platform.lists.columns import Column
from zichtlijn.platform.lists.filters import FoundFilter
from zichtlijn.platform.lists.tables import Bulk, BulkStep, Table
from zichtlijn.platform.lists.views import ListView
from zichtlijn.platform.search import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Table:
    monkeypatch.setattr(tables, "TABLES", {})
    steps = (BulkStep("warn", "Warn them", key="w"),)
    return Table(
        name="people.chosen",
        label="People",
        columns=(Column("full_name", "Name", sort="full_name"),),
        bulk=Bulk(lambda: "/warn/", steps, "accounts.manage_users", label=lambda person: f"person {person.pk}"),
        default_sort="full_name",
    )


def page_of(table: Table, user: Any, people: Any) -> str:
    request = RequestFactory().get("/people/")
    request.user = user
    view = ListView.as_view(table=table, rows=lambda _user: people, template_name="lists/rows.html")
    return str(view(request).content.decode())


def test_who_may_do_something_with_rows_can_choose_them(
    table: Table, dave: Any, erin: Any, django_user_model: Any
) -> None:
    people = django_user_model.objects.all()
    page = page_of(table, dave, people)
    assert 'action="/warn/"' in page
    assert f'value="{erin.pk}" form="bulk" data-select-row aria-label="Choose person {erin.pk}"' in page
    assert 'name="step" value="warn"' in page
    assert 'data-key="w"' in page
    assert "data-select-row" not in page_of(table, erin, people)


def test_a_table_without_steps_has_nothing_to_choose(
    table: Table, dave: Any, django_user_model: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "TABLES", {})
    assert "data-select-row" not in page_of(replace(table, bulk=None), dave, django_user_model.objects.all())


def test_the_index_is_asked_for_words_and_the_exact_key_first(
    person: Callable[..., Any], django_user_model: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = person("een"), person("twee")
    asked: list[tuple[str, str]] = []

    def found(_user: Any, text: str, label: str) -> list[int]:
        asked.append((text, label))
        return [two.pk]

    monkeypatch.setattr("zichtlijn.platform.lists.filters.found_keys", found)
    words = FoundFilter(
        "words", "Words", model_label="accounts.user", exact=lambda _user, text: {"1": one.pk}.get(text)
    )
    rows = django_user_model.objects.all()
    assert list(words.narrow(rows, {"words": "x", "user": one})) == [two]
    assert asked == [("x", "accounts.user")]
    assert list(words.narrow(rows, {"words": "1", "user": one})) == [one]
    assert words.narrow(rows, {"words": "", "user": one}).count() == 2


def test_found_keys_are_of_one_kind_and_of_what_the_user_sees(dave: Any, erin: Any) -> None:
    from zichtlijn.supervision.field.models import Domain, Organisation

    organisation = Organisation.objects.create(name="Raad voor de kinderbescherming")
    Domain.objects.create(name="Kinderbescherming", slug="kinderbescherming")
    assert queries.found_keys(erin, "kinderbescherming", "field.organisation") == [organisation.pk]
    assert queries.found_keys(dave, "de", "field.organisation") == []
