"""The receipt code: what it is, what is kept of it, and what it opens."""

from __future__ import annotations

import time
import uuid

import pytest
from django.contrib.sessions.models import Session

from tests.supervision.signals.sending import code_on, send, stranger
from zichtlijn.supervision.signals import receipts
from zichtlijn.supervision.signals.models import Sender, Signal

pytestmark = pytest.mark.django_db


def test_the_code_has_eighty_bits_in_signs_that_cannot_be_mistaken() -> None:
    codes = {receipts.code_of(uuid.uuid4()) for _number in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {19}
    assert set("".join(codes)) == set(receipts.ALPHABET) | {"-"}


def test_only_a_digest_of_the_code_is_kept() -> None:
    code = code_on(send(stranger()))
    kept = Sender._base_manager.get().receipt_sha256
    assert kept == receipts.digest_of(code)
    sessions = [str(each.get_decoded()) for each in Session.objects.all()]
    assert all(code not in each and code.replace("-", "") not in each for each in sessions)


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")])
def test_the_code_is_read_as_people_type_it(change) -> None:
    code = code_on(send(stranger()))
    client = stranger()
    assert client.post("/report/code", {"code": change(code)})["Location"] == "/report/conversation"
    assert client.get("/report/conversation").status_code == 200


def test_letters_that_look_like_digits_are_read_as_those() -> None:
    assert receipts.digest_of("OIL0-0000-0000-0000") == receipts.digest_of("0110-0000-0000-0000") != ""


def test_a_wrong_code_and_an_unknown_one_get_the_same_answer() -> None:
    send(stranger())
    pages = []
    for code in ("0000-0000-0000-0000", "hallo"):
        answer = stranger().post("/report/code", {"code": code})
        assert answer.status_code == 422
        pages.append(str(answer.context["form"].errors["code"]))
    assert pages[0] == pages[1]


def test_the_code_opens_the_one_report_it_belongs_to() -> None:
    code = code_on(send(stranger(), text="Dit is van mij."))
    send(stranger(), text="Dit is van een ander.")
    client = stranger()
    client.post("/report/code", {"code": code})
    page = client.get("/report/conversation").content.decode()
    assert "Dit is van mij." in page
    assert "Dit is van een ander." not in page


@pytest.mark.parametrize("path", ["conversation", "conversation/answer", "conversation/add", "sent"])
def test_without_a_code_the_conversation_is_closed(path: str) -> None:
    send(stranger())
    assert stranger().get(f"/report/{path}")["Location"] == "/report/code"
    if path not in {"sent", "conversation"}:
        assert stranger().post(f"/report/{path}", {"text": "x"})["Location"] == "/report/code"


def test_after_half_an_hour_without_a_page_the_code_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    client = stranger()
    send(client)
    now = time.time()
    monkeypatch.setattr(receipts.time, "time", lambda: now + receipts.SECONDS_HELD - 5)
    assert client.get("/report/conversation").status_code == 200
    monkeypatch.setattr(receipts.time, "time", lambda: now + 2 * receipts.SECONDS_HELD)
    assert client.get("/report/conversation")["Location"] == "/report/code"


def test_leaving_closes_the_conversation_and_keeps_no_session() -> None:
    client = stranger()
    send(client)
    client.post("/report/conversation/leave")
    assert client.get("/report/conversation")["Location"] == "/report/code"
    assert not Session.objects.exists()


def test_leaving_does_not_sign_a_colleague_out(bob, client_of) -> None:
    client = client_of(bob)
    send(client)
    client.post("/report/conversation/leave")
    assert "_auth_user_id" in client.session
    assert receipts.HELD not in client.session


def test_giving_the_code_starts_a_new_session() -> None:
    code = code_on(send(stranger()))
    client = stranger()
    send(client)
    before = client.session.session_key
    client.post("/report/code", {"code": code})
    assert client.session.session_key != before


def test_who_came_back_with_the_code_is_not_shown_it_again() -> None:
    code = code_on(send(stranger()))
    client = stranger()
    client.post("/report/code", {"code": code})
    assert client.get("/report/sent")["Location"] == "/report/conversation"
    assert code.encode() not in client.get("/report/conversation").content


def test_a_report_that_is_gone_asks_for_a_code_again() -> None:
    client = stranger()
    send(client)
    Signal.objects.all().delete()
    assert client.get("/report/conversation")["Location"] == "/report/code"


def test_a_code_that_no_longer_opens_the_report_is_not_shown() -> None:
    client = stranger()
    send(client)
    Sender._base_manager.update(receipt_sha256=receipts.digest_of("0000-0000-0000-0000"))
    assert client.get("/report/sent")["Location"] == "/report/conversation"
