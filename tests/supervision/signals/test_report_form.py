"""Somebody without an account reports something: what is kept, what is not, and once only."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.supervision.signals.sending import FILLED, form_of, send, stranger
from zichtlijn.platform.accounts.sender import Sender as Stranger
from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.signals.actions.sending import send_signal
from zichtlijn.supervision.signals.models import Sender, Signal
from zichtlijn.supervision.signals.receipts import read_submission

pytestmark = pytest.mark.django_db


def test_what_was_filled_in_comes_in_by_the_form() -> None:
    send(stranger(), happened_on="2026-03-02")
    signal = Signal.objects.get()
    assert (signal.channel, signal.state, signal.kind, signal.language) == ("form", "received", "signal", "en")
    assert signal.organisation_as_told == FILLED["organisation_as_told"]
    assert (signal.text, signal.place, signal.happened_as_told) == (FILLED["text"], "Dijkzicht", "begin maart")
    assert str(signal.happened_on) == "2026-03-02"
    assert signal.subject.startswith("Penitentiaire inrichting Dijkzicht: De deur")


def test_only_what_happened_must_be_filled_in() -> None:
    client = stranger()
    client.post("/report/new", {"submission": form_of(client), "kind": "signal", "who": "anonymous", "text": "Lek."})
    assert Signal.objects.get().subject == "Lek."


def test_an_empty_form_says_at_the_field_what_is_missing_and_keeps_nothing() -> None:
    client = stranger()
    answer = client.post("/report/new", {"submission": form_of(client), "kind": "signal", "who": "anonymous"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["text"]
    assert b'aria-invalid="true"' in answer.content
    assert not Signal.objects.exists()


def test_a_day_that_is_still_to_come_is_refused() -> None:
    answer = send(stranger(), happened_on=str(timezone.localdate() + timedelta(days=1)))
    assert list(answer.context["form"].errors) == ["happened_on"]


def test_who_stays_unknown_leaves_no_name() -> None:
    send(stranger(), relation="Ik werk er")
    sender = Sender._base_manager.get()
    assert sender.is_anonymous
    assert (sender.name, sender.email, sender.phone, sender.relation) == ("", "", "", "Ik werk er")


def test_who_wants_to_be_known_is_kept_apart_from_the_report_and_out_of_the_events() -> None:
    send(stranger(), who="known", name="Fatima Testman", email="fatima@example.org", phone="0612345678")
    sender = Sender._base_manager.get()
    assert not sender.is_anonymous
    assert (sender.name, sender.email) == ("Fatima Testman", "fatima@example.org")
    told = " ".join(str(value) for row in Event.objects.values() for value in row.values())
    for word in ("Fatima", "fatima", "0612345678", "luchtplaats", "Dijkzicht"):
        assert word not in told
    assert Event.objects.get(action="signals.send").actor_name == "sender"


def test_a_name_with_the_choice_to_stay_unknown_is_asked_about_and_not_kept() -> None:
    answer = send(stranger(), name="Fatima Testman")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["who"]
    assert not Sender._base_manager.exists()


def test_the_same_form_sent_twice_gives_one_report_and_one_code() -> None:
    client = stranger()
    given = FILLED | {"submission": form_of(client)}
    first, second = (client.post("/report/new", given, follow=True) for _number in range(2))
    assert Signal.objects.count() == 1
    assert first.content.split(b"data-receipt-code")[1][:30] == second.content.split(b"data-receipt-code")[1][:30]


def test_a_form_that_this_installation_did_not_give_out_is_refused_and_gets_a_fresh_one() -> None:
    client = stranger()
    answer = client.post("/report/new", FILLED | {"submission": "00000000-0000-0000-0000-000000000000"})
    assert answer.status_code == 422
    fresh = answer.context["form"]["submission"].value()
    assert read_submission(fresh)
    assert FILLED["text"].encode() in answer.content
    assert client.post("/report/new", FILLED | {"submission": fresh}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_the_same_form_from_several_connections_at_once_gives_one_report() -> None:
    submission = read_submission(form_of(stranger()))
    assert submission
    start = threading.Barrier(4)
    outcomes: list[object] = []

    def once() -> None:
        try:
            start.wait()
            done = send_signal(actor=Stranger(), values={"text": "Het lekt.", "kind": "signal"}, submission=submission)
            outcomes.append((done.signal.pk, done.code))
        except Exception as error:  # noqa: BLE001 - a failure of a thread must fail the test
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=once) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(outcomes)) == 1, outcomes
    assert Signal.objects.count() == 1


def test_no_cookie_is_set_but_those_of_session_and_form() -> None:
    client = stranger()
    answer = send(client)
    client.get("/report/conversation")
    assert answer.status_code == 200
    assert set(client.cookies) <= {"sessionid", "csrftoken"}


@pytest.mark.parametrize("path", ["/report/", "/report/new", "/report/code", "/report/sent", "/report/conversation"])
def test_no_page_is_kept_by_the_browser(path: str) -> None:
    client = stranger()
    send(client)
    assert "no-store" in client.get(path)["Cache-Control"]


def test_the_form_is_protected_against_forms_of_other_sites() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/report/new", FILLED).status_code == 403
    assert not Signal.objects.exists()


def test_somebody_who_is_signed_in_reports_as_anybody(bob, client_of) -> None:
    client = client_of(bob)
    send(client)
    assert Signal.objects.get().entered_by is None
    assert "bob" not in " ".join(Event.objects.filter(action="signals.send").values_list("actor_name", flat=True))
