"""How often something can be sent in, and that nothing is kept of who did."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from tests.supervision.signals.sending import FILLED, form_of, send, stranger
from zichtlijn.supervision.signals import rate_limits
from zichtlijn.supervision.signals.models import Message, RateCount, RateSalt, Signal
from zichtlijn.supervision.signals.rate_limits import TooManyError, client_address, key_of

pytestmark = pytest.mark.django_db


def test_from_one_address_no_more_than_the_limit_and_the_words_stay(settings: Any) -> None:
    settings.ZICHTLIJN_REPORTS_PER_ADDRESS = 2
    settings.ZICHTLIJN_REPORT_PHONE = "070 000 00 00"
    for _number in range(2):
        assert send(stranger()).status_code == 200
    refused = send(stranger())
    assert refused.status_code == 429
    assert FILLED["text"].encode() in refused.content
    assert b"070 000 00 00" in refused.content
    assert Signal.objects.count() == 2


def test_another_address_can_still_send(settings: Any) -> None:
    settings.ZICHTLIJN_REPORTS_PER_ADDRESS = 1
    send(stranger("192.0.2.1"))
    assert send(stranger("192.0.2.2")).status_code == 200


def test_all_together_no_more_than_the_limit(settings: Any) -> None:
    settings.ZICHTLIJN_REPORTS_PER_HOUR = 2
    statuses = [send(stranger(f"192.0.2.{number}")).status_code for number in range(3)]
    assert statuses == [200, 200, 429]


def test_in_the_next_hour_it_works_again(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ZICHTLIJN_REPORTS_PER_ADDRESS = 1
    send(stranger())
    now = timezone.now()
    monkeypatch.setattr(rate_limits.timezone, "now", lambda: now + timedelta(hours=1))
    assert send(stranger()).status_code == 200


def test_a_form_with_a_mistake_does_not_count_and_the_same_form_again_neither(settings: Any) -> None:
    settings.ZICHTLIJN_REPORTS_PER_ADDRESS = 1
    assert send(stranger(), text="").status_code == 422
    client = stranger()
    given = FILLED | {"submission": form_of(client)}
    assert [client.post("/report/new", given).status_code for _number in range(3)] == [302, 302, 302]


def test_tries_of_a_code_are_limited(settings: Any) -> None:
    settings.ZICHTLIJN_CODES_PER_ADDRESS = 3
    statuses = [stranger().post("/report/code", {"code": "0000-0000-0000-0000"}).status_code for _number in range(4)]
    assert statuses == [422, 422, 422, 429]


def test_additions_to_one_report_are_limited(settings: Any) -> None:
    settings.ZICHTLIJN_ADDITIONS_PER_HOUR = 1
    client = stranger()
    send(client)
    statuses = []
    for number in range(2):
        given = {"submission": form_of(client, "/report/conversation"), "text": f"Ook nog {number}."}
        statuses.append(client.post("/report/conversation/add", given).status_code)
    assert statuses == [302, 429]
    assert Message.objects.count() == 1


def test_no_address_is_kept() -> None:
    send(stranger("203.0.113.77"))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "203.0.113.77" not in str(cursor.fetchall()), table


def test_tomorrow_the_same_address_has_another_key_and_that_of_today_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    today = key_of("192.0.2.7")
    assert key_of("192.0.2.7") == today
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(rate_limits.timezone, "localdate", lambda: tomorrow)
    assert key_of("192.0.2.7") != today
    assert RateSalt.objects.get().day == tomorrow


def test_counts_of_hours_that_are_over_are_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    send(stranger())
    now = timezone.now()
    monkeypatch.setattr(rate_limits.timezone, "now", lambda: now + timedelta(hours=4))
    send(stranger())
    assert RateCount.objects.filter(window__lt=now + timedelta(hours=1)).count() == 0
    assert RateCount.objects.exists()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
    ],
)
def test_a_network_of_one_household_counts_as_one(one: str, other: str, same: bool) -> None:
    assert (key_of(one) == key_of(other)) is same


def test_what_a_browser_says_of_its_address_counts_only_behind_our_own_proxy(settings: Any) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 192.0.2.7")
    settings.BEHIND_TLS = False
    assert client_address(request) == "10.0.0.1"
    settings.BEHIND_TLS = True
    assert client_address(request) == "192.0.2.7"


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_get_through_than_the_limit() -> None:
    start = threading.Barrier(6)
    outcomes: list[str] = []

    def once() -> None:
        try:
            start.wait()
            rate_limits._take("send", "k", 3)
            outcomes.append("through")
        except TooManyError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=once) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 3 + ["through"] * 3
