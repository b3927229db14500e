"""Saved filters: kept per person, by actions with events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from zichtlijn.platform.design.feedback import notices
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.lists.actions import delete_filter, rename_filter, save_filter
from zichtlijn.platform.lists.models import SavedFilter

ClientOf = Callable[[Any], Client]


@pytest.fixture
def saved(alice: Any) -> SavedFilter:
    import tests.platform.lists.addresses  # noqa: F401 - registers test.people

    return save_filter(actor=alice, list_name="test.people", name="Readers", path="/people/", query="role=reader")


def test_a_filter_is_saved_from_the_list_and_leads_back_to_it(alice: Any, client_of: ClientOf) -> None:
    client = client_of(alice)
    form = {"list": "test.people", "name": " Readers ", "path": "/people/", "query": "role=reader&page=2&format=csv"}
    answer = client.post("/lists/saved/new", form)
    assert answer["Location"] == "/people/?role=reader"
    assert SavedFilter.objects.get().name == "Readers"
    assert Event.objects.get(action="lists.save_filter").actor == alice
    assert 'href="/people/?role=reader"' in client.get("/people/").content.decode()


def test_other_people_do_not_see_your_filters(saved: SavedFilter, bob: Any, client_of: ClientOf) -> None:
    client = client_of(bob)
    assert "Readers" not in client.get("/lists/saved/").content.decode()
    for step in ("rename", "delete"):
        assert client.post(f"/lists/saved/{saved.pk}/{step}", {"name": "x"}).status_code == 404
    assert SavedFilter.objects.get().name == "Readers"


def test_the_actions_refuse_the_filters_of_others(saved: SavedFilter, bob: Any) -> None:
    with pytest.raises(PermissionDenied):
        rename_filter(actor=bob, saved=saved, name="Mine")
    with pytest.raises(PermissionDenied):
        delete_filter(actor=bob, saved=saved)


def test_a_name_is_used_once_per_list(saved: SavedFilter, alice: Any, client_of: ClientOf) -> None:
    form = {"list": "test.people", "name": "Readers", "path": "/people/", "query": "role=editor"}
    answer = client_of(alice).post("/lists/saved/new", form, follow=True)
    assert SavedFilter.objects.get().query == "role=reader"
    assert "You already have a saved filter with this name." in answer.content.decode()


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_filter_needs_a_name_that_fits(saved: SavedFilter, alice: Any, name: str) -> None:
    with pytest.raises(ValidationError):
        rename_filter(actor=alice, saved=saved, name=name)


def test_an_unknown_list_is_refused(alice: Any) -> None:
    with pytest.raises(ValidationError):
        save_filter(actor=alice, list_name="test.unknown", name="x", path="/", query="")


@pytest.mark.parametrize(
    "path", ["https://example.org/", "//example.org/people/", "/no/such/page/", "javascript:alert(1)", ""]
)
def test_a_filter_leads_nowhere_outside(alice: Any, client_of: ClientOf, path: str) -> None:
    client_of(alice).post("/lists/saved/new", {"list": "test.people", "name": "x", "path": path, "query": ""})
    assert SavedFilter.objects.get().path == "/lists/saved/"


def test_renaming_records_before_and_after(saved: SavedFilter, alice: Any, client_of: ClientOf) -> None:
    client_of(alice).post(f"/lists/saved/{saved.pk}/rename", {"name": "All readers"})
    event = Event.objects.get(action="lists.rename_filter")
    assert (event.before_values, event.after_values) == ({"name": "Readers"}, {"name": "All readers"})


def test_a_deleted_filter_can_be_put_back(saved: SavedFilter, alice: Any, client_of: ClientOf) -> None:
    client = client_of(alice)
    client.post(f"/lists/saved/{saved.pk}/delete")
    assert not SavedFilter.objects.exists()
    answer = client.get("/lists/saved/")
    undo = next(notice.undo_url for notice in answer.context["page_frame"].notices or notices(answer.wsgi_request))
    client.post(undo)
    assert SavedFilter.objects.get().query == "role=reader"


@pytest.mark.parametrize("token", ["", "nonsense"])
def test_only_what_was_deleted_by_you_can_be_put_back(alice: Any, client_of: ClientOf, token: str) -> None:
    client_of(alice).post(f"/lists/saved/restore?filter={token}")
    assert not SavedFilter.objects.exists()


def test_what_another_deleted_stays_deleted(saved: SavedFilter, alice: Any, bob: Any, client_of: ClientOf) -> None:
    client = client_of(alice)
    client.post(f"/lists/saved/{saved.pk}/delete")
    answer = client.get("/lists/saved/")
    undo = next(notice.undo_url for notice in answer.context["page_frame"].notices)
    client_of(bob).post(undo)
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("address", ["new", "restore", "1/rename", "1/delete"])
def test_nothing_changes_by_following_a_link(alice: Any, client_of: ClientOf, address: str) -> None:
    assert client_of(alice).get(f"/lists/saved/{address}").status_code == 405


def test_someone_who_is_not_signed_in_has_no_filters(saved: SavedFilter, client: Client) -> None:
    assert client.get("/lists/saved/").status_code == 302
