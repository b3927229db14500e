"""The index: in step with the records, in the same transaction, for those who may see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from zichtlijn.platform.lists.models import SavedFilter
from zichtlijn.platform.search import engines, registry
from zichtlijn.platform.search.asking import understand
from zichtlijn.platform.search.indexing import index_records, indexing_later, rebuild
from zichtlijn.platform.search.models import SearchEntry
from zichtlijn.platform.search.queries import counts, find
from zichtlijn.platform.search.registry import register_searchable
from zichtlijn.platform.tasks.models import Job

Text = Callable[..., SavedFilter]
Found = Callable[..., list[str]]


def test_a_record_is_found_when_it_is_made_changed_and_no_more_when_it_is_deleted(text: Text, found: Found) -> None:
    saved = text("Politie", "over opsporing")
    assert found("opsporing") == ["Politie"]
    saved.query = "over handhaving"
    saved.save()
    assert found("opsporing") == []
    assert found("handhaving") == ["Politie"]
    saved.delete()
    assert found("handhaving") == []


def test_deleting_many_at_once_leaves_nothing_behind(text: Text, found: Found) -> None:
    text("Politie een")
    text("Politie twee")
    SavedFilter.objects.all().delete()
    assert not SearchEntry.objects.exists()
    assert found("politie") == []


def test_what_was_deleted_leaves_the_index_in_short_steps(
    text: Text, found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the index of PostgreSQL has no words of its own")
    for number in range(12):
        text(f"Politie {number}", " ".join(f"woord{each}" for each in range(number, 1_200, 2)))
    text("Weg", "kwikstaartnest").delete()
    monkeypatch.setattr(engines.sqlite, "FORGET_PAGES", 2)
    with CaptureQueriesContext(connection) as steps:
        engines.forget_deleted()
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM search_index_data")
        assert not any(b"kwikstaart" in bytes(block) for (block,) in cursor.fetchall())
    assert sum("'merge'" in query["sql"] for query in steps) > 2
    assert len(found("woord1199")) == 6


def test_what_is_undone_is_not_found(text: Text, found: Found) -> None:
    with transaction.atomic():
        text("Politie")
        transaction.set_rollback(True)
    assert found("politie") == []


def test_nobody_finds_what_he_may_not_see_nor_counts_it(text: Text, found: Found, alice: Any, bob: Any) -> None:
    text("Politie van alice")
    text("Politie van bob", owner=bob)
    assert found("politie") == ["Politie van alice"]
    assert found("politie", bob) == ["Politie van bob"]
    for user in (alice, bob):
        assert [each.count for each in counts(user, understand("politie"))] == [1]


def test_pages_are_full_when_others_have_more_relevant_records(text: Text, alice: Any, bob: Any) -> None:
    for number in range(25):
        text(f"Politie {number}", owner=bob)
        text(f"Anders {number}", "politie")
    page = find(alice, understand("politie"))
    assert len(page) == 20
    assert page.has_next
    assert len(find(alice, understand("politie"), page=2)) == 5


def test_a_word_in_the_title_weighs_more_than_in_the_text(text: Text, found: Found) -> None:
    text("Jaarbericht", "politie " * 3 + "en andere organisaties")
    text("Politie", "een organisatie met veel taken en nog meer woorden in de tekst")
    text("Werkprogramma", "politie en andere organisaties in een lange tekst over van alles en nog wat anders")
    assert found("politie")[0] == "Politie"


def test_the_whole_word_goes_before_a_word_that_begins_with_it(text: Text, found: Found) -> None:
    text("Indicatoren", "indicatoren en individuen")
    text("IND", "de dienst")
    assert found("ind") == ["IND", "Indicatoren"]


def test_results_are_counted_and_chosen_per_type(text: Text, alice: Any) -> None:
    register_searchable("tasks.job", title=lambda job: job.kind, body=lambda _job: "politie", order=1)
    Job.objects.create(kind="import", owner=alice, key="k")
    text("Politie")
    assert [(each.label, each.count) for each in counts(alice, understand("politie"))] == [
        ("tasks.job", 1),
        ("lists.savedfilter", 1),
    ]
    assert [row.url for row in find(alice, understand("politie"), kind="lists.savedfilter").rows] == ["/"]


def test_a_record_is_indexed_anew_when_a_record_it_is_told_by_changes(text: Text, found: Found, alice: Any) -> None:
    register_searchable(
        "lists.savedfilter",
        title=lambda saved: saved.name,
        body=lambda saved: type(saved.owner).objects.get(pk=saved.owner_id).full_name,
        follow={"accounts.user": lambda user: user.saved_filters.all()},
    )
    text("Politie")
    alice.full_name = "Zwaantje"
    alice.save()
    assert found("zwaantje") == ["Politie"]


def test_deleting_an_owner_with_its_parts_is_no_error(text: Text, bob: Any) -> None:
    register_searchable(
        "accounts.user",
        title=lambda user: user.username,
        body=lambda user: " ".join(saved.name for saved in user.saved_filters.all()),
        url=lambda _user: "/",
        follow={"lists.savedfilter": lambda saved: [saved.owner]},
    )
    text("Politie", owner=bob)
    assert "politie" in SearchEntry.objects.get(model_label="accounts.user", object_id=bob.pk).body_words
    bob.delete()
    assert not SearchEntry.objects.filter(model_label="accounts.user", object_id=bob.pk).exists()


@pytest.mark.parametrize("side", ["record", "other"])
def test_a_relation_of_many_to_many_is_followed_from_both_sides(bob: Any, side: str) -> None:
    register_searchable(
        "accounts.user",
        title=lambda user: user.username,
        body=lambda user: " ".join(group.name for group in user.groups.all()),
        url=lambda _user: "/",
    )
    group = Group.objects.create(name="Speerpunt")
    if side == "record":
        bob.groups.add(group)
    else:
        group.user_set.add(bob)
    assert SearchEntry.objects.get(model_label="accounts.user", object_id=bob.pk).body_words == " speerpunt "
    group.user_set.remove(bob)
    assert SearchEntry.objects.get(model_label="accounts.user", object_id=bob.pk).body_words == ""


def test_bulk_changes_are_indexed_by_one_call(alice: Any, found: Found) -> None:
    made = SavedFilter.objects.bulk_create(
        SavedFilter(owner=alice, list_name="test", name=f"Politie {n}", path="/") for n in range(3)
    )
    assert found("politie") == []
    assert index_records(made) == 3
    assert len(found("politie")) == 3


def test_an_import_indexes_every_record_once_at_its_end(text: Text, found: Found) -> None:
    with CaptureQueriesContext(connection) as captured, indexing_later():
        for number in range(5):
            saved = text(f"Politie {number}")
            saved.query = "gewijzigd"
            saved.save()
        assert found("politie") == []
    assert len([query for query in captured if 'INSERT INTO "search_searchentry"' in query["sql"]]) == 1
    assert len(found("politie gewijzigd")) == 5


def test_a_failed_import_leaves_no_trace(text: Text, found: Found) -> None:
    def broken_import() -> None:
        with indexing_later():
            text("Politie")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_import()
    assert found("politie") == []
    text("Politie daarna")
    assert found("politie") == ["Politie daarna"]


def test_rebuilding_mends_a_broken_index(text: Text, found: Found, capsys: pytest.CaptureFixture[str]) -> None:
    kept, gone = text("Politie"), text("Verdwenen")
    SearchEntry.objects.filter(object_id=kept.pk).delete()
    SavedFilter.objects.filter(pk=gone.pk)._raw_delete("default")
    SearchEntry.objects.create(model_label="no.such", object_id=1, title="x", url="/")
    call_command("rebuild_search")
    assert "lists.savedfilter: 1" in capsys.readouterr().out
    assert found("politie") == ["Politie"]
    assert SearchEntry.objects.count() == 1


def test_rebuilding_twice_changes_nothing(text: Text) -> None:
    text("Politie", "tekst")
    before = list(SearchEntry.objects.values())
    assert rebuild() == rebuild() == {"lists.savedfilter": 1}
    assert list(SearchEntry.objects.values()) == before


def test_a_text_too_long_for_the_engine_is_cut_and_found_by_its_beginning(text: Text, found: Found) -> None:
    text("Lang", " ".join(f"woord{number}" for number in range(200_000)))
    assert found("woord17") == ["Lang"]


def test_text_with_zero_bytes_is_indexed(found: Found, alice: Any) -> None:
    registry.register_searchable(
        "lists.savedfilter", title=lambda _saved: "Politie\x00team", body=lambda _saved: "\x00"
    )
    SavedFilter.objects.create(owner=alice, list_name="test", name="x", path="/")
    assert found("team") == ["Politie team"]


def test_many_results_take_as_many_queries_as_one(text: Text, alice: Any) -> None:
    text("Politie")
    with CaptureQueriesContext(connection) as one:
        find(alice, understand("politie"))
    for number in range(4):
        text(f"Politie {number}")
    with CaptureQueriesContext(connection) as five:
        find(alice, understand("politie"))
    assert len(one) == len(five) <= 3
