"""Sealing while others seal, and verifying a record of which the seals themselves were tampered with."""

import threading

import pytest
from django.db import connection, transaction

from tests.platform.events.test_verification import tamper
from zichtlijn.platform.events.models import Seal
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
