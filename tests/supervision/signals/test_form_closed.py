"""An administrator closes the form: it says so, in both languages, and nothing comes in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.supervision.signals.sending import FILLED, code_on, form_of, send, stranger
from zichtlijn.platform.accounts.sender import Sender
from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.signals.actions.sending import close_form, open_form, send_signal
from zichtlijn.supervision.signals.intake import FormClosedError
from zichtlijn.supervision.signals.models import Signal
from zichtlijn.supervision.signals.receipts import new_submission, read_submission

pytestmark = pytest.mark.django_db
WORDS = {"text_nl": "Er is een storing.", "text_en": "Something is broken."}


def test_a_closed_form_shows_the_words_of_the_administrator(dave: Any) -> None:
    close_form(actor=dave, **WORDS)
    for path in ("/report/", "/report/new"):
        assert WORDS["text_en"] in stranger().get(path).content.decode()
        dutch = stranger().get(path, HTTP_ACCEPT_LANGUAGE="nl").content.decode()
        assert WORDS["text_nl"] in dutch
        assert WORDS["text_en"] not in dutch


def test_a_form_that_was_open_already_is_not_taken_but_its_words_stay(dave: Any) -> None:
    client = stranger()
    submission = form_of(client)
    close_form(actor=dave, **WORDS)
    answer = client.post("/report/new", FILLED | {"submission": submission})
    assert answer.status_code == 403
    assert FILLED["text"].encode() in answer.content
    assert not Signal.objects.exists()


def test_the_action_itself_refuses(dave: Any) -> None:
    close_form(actor=dave, **WORDS)
    submission = read_submission(new_submission())
    assert submission
    with pytest.raises(FormClosedError):
        send_signal(actor=Sender(), values={"text": "x"}, submission=submission)


def test_who_has_a_code_can_still_come_back_and_add(dave: Any) -> None:
    code = code_on(send(stranger()))
    close_form(actor=dave, **WORDS)
    client = stranger()
    client.post("/report/code", {"code": code})
    given = {"submission": form_of(client, "/report/conversation"), "text": "Nog iets."}
    assert client.post("/report/conversation/add", given).status_code == 302


def test_the_administrator_closes_and_opens_on_his_page(dave: Any, client_of: Any) -> None:
    client = client_of(dave)
    assert client.get("/report/closing").status_code == 200
    assert client.post("/report/closing", WORDS).status_code == 302
    assert b'name="text"' not in stranger().get("/report/new").content
    assert client.post("/report/closing/open").status_code == 302
    assert b'name="text"' in stranger().get("/report/new").content
    assert list(Event.objects.filter(object_type="signals.intakenotice").values_list("action", flat=True)[:2])
    assert {event.action for event in Event.objects.all()} >= {"signals.close_form", "signals.open_form"}


def test_closing_without_words_in_both_languages_is_refused(dave: Any, client_of: Any) -> None:
    answer = client_of(dave).post("/report/closing", {"text_nl": "Er is een storing."})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["text_en"]
    assert b'name="text"' in stranger().get("/report/new").content


@pytest.mark.parametrize("person", ["alice", "bob", "carol", "erin", "frank", "anna", "olga", "pia"])
def test_nobody_else_closes_or_opens_it(person: str, request: pytest.FixtureRequest, client_of: Any) -> None:
    client = client_of(request.getfixturevalue(person))
    assert client.get("/report/closing").status_code in (403, 404)
    assert client.post("/report/closing", WORDS).status_code in (403, 404)
    assert client.post("/report/closing/open").status_code in (403, 404)
    assert not Event.objects.exists()


def test_a_stranger_is_asked_to_sign_in() -> None:
    assert "/accounts/login" in stranger().get("/report/closing")["Location"]


def test_opening_keeps_the_words_for_a_next_time(dave: Any) -> None:
    close_form(actor=dave, **WORDS)
    notice = open_form(actor=dave)
    assert (notice.is_closed, notice.text_nl) == (False, WORDS["text_nl"])
