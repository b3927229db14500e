"""Sealing while others seal, and verifying a record of which the seals themselves were tampered with."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.platform.events.test_verification import tamper
from zichtlijn.platform.events.models import Event, Seal, SealedEvent
from zichtlijn.platform.events.recording import record
from zichtlijn.platform.events.sealing import seal_events, verify_events

SEALERS, ROUNDS = 4, 5


@pytest.mark.django_db(transaction=True)
def test_sealers_at_the_same_time_make_one_chain(alice):
    start = threading.Barrier(SEALERS)
    errors = []

    def seal_again_and_again():
        try:
            start.wait(10)
            for number in range(ROUNDS):
                with transaction.atomic():
                    record(actor=alice, action="test.note", about=alice, after={"n": number})
                seal_events()
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=seal_again_and_again) for _ in range(SEALERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    verdict = verify_events()
    assert verdict.problems == []
    assert verdict.sealed == verdict.events == SEALERS * ROUNDS


@pytest.mark.parametrize("statement", ["UPDATE events_seal SET root = %s", "UPDATE events_sealedevent SET digest = %s"])
def test_a_seal_that_holds_no_digest_any_more_is_named_and_stops_nothing(alice, statement):
    for number in range(2):
        with transaction.atomic():
            record(actor=alice, action="test.note", about=alice, after={"n": number})
        seal_events()
    tamper(statement, "no digest at all")
    verdict = verify_events()
    assert verdict.seals == 2
    assert any(str(Seal.objects.first().pk) in problem for problem in verdict.problems)


def note(alice, count, **values):
    with transaction.atomic():
        return [record(actor=alice, action="test.note", about=alice, after={"n": n}, **values) for n in range(count)]


def commit_late(alice, number):
    """What a transaction that began earlier leaves: an event with a lower id than those that are sealed."""
    [late] = note(alice, 1)
    tamper("UPDATE events_event SET id = %s WHERE id = %s", number, late.pk)


def test_an_event_with_a_lower_id_that_commits_later_is_sealed_as_well(alice):
    note(alice, 3)
    newest = Event.objects.order_by("id").last()
    tamper("UPDATE events_event SET id = %s WHERE id = %s", newest.pk + 10, newest.pk)
    seal_events()
    commit_late(alice, newest.pk + 5)
    assert [seal.size for seal in seal_events()] == [1]
    assert verify_events().sealed == 4


def sealed_two_days_ago(alice, count):
    note(alice, count)
    tamper("UPDATE events_event SET id = id + %s", 100)
    seal_events()
    tamper("UPDATE events_seal SET at = %s", timezone.now() - timedelta(days=2))


def test_sealing_asks_only_for_what_came_after_all_that_was_sealed_long_ago(alice):
    sealed_two_days_ago(alice, 5)
    newest = Event.objects.order_by("id").last().pk
    commit_late(alice, newest + 1)
    with CaptureQueriesContext(connection) as queries:
        assert [seal.size for seal in seal_events()] == [1]
    asked = [query["sql"] for query in queries if "NOT EXISTS" in query["sql"] or "NOT (EXISTS" in query["sql"]]
    assert asked
    assert all(" IN (SELECT" not in sql for sql in asked)
    assert all(f"> {newest}" in sql or f"> {newest + 1}" in sql for sql in asked)


def test_looking_from_the_first_finds_what_is_older_than_any_transaction(alice):
    sealed_two_days_ago(alice, 3)
    oldest = Event.objects.order_by("id").first().pk
    commit_late(alice, oldest - 1)
    assert seal_events() == []
    assert [seal.size for seal in seal_events(from_the_first=True)] == [1]


def test_many_events_are_sealed_in_one_go_in_batches(alice, monkeypatch):
    monkeypatch.setattr("zichtlijn.platform.events.sealing.BATCH", 4)
    note(alice, 10)
    assert [seal.size for seal in seal_events()] == [4, 4, 2]
    assert SealedEvent.objects.count() == Event.objects.count() == 10
    assert verify_events().whole
