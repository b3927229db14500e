"""What sender and inspectorate say to each other, and what the sender reads about his report."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from django.db import connection

from tests.supervision.signals.sending import form_of, send, stranger
from zichtlijn.platform.accounts.sender import Sender
from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.signals.actions.sending import add_to_signal
from zichtlijn.supervision.signals.for_senders import OUTCOMES, STANDINGS
from zichtlijn.supervision.signals.models import Direction, Message, Outcome, Signal, SignalState
from zichtlijn.supervision.signals.stepping import take_step

pytestmark = pytest.mark.django_db


def asked(bob: Any, signal: Signal, question: str = "Welke deur was het?") -> Signal:
    """The signal, taken up and with a question to its sender."""
    for step in ("take_up", "ask_sender"):
        signal = take_step(actor=bob, signal=signal, step=step)
    Message.objects.create(signal=signal, direction=Direction.TO_SENDER, text=question, asks=True, author=bob)
    return signal


def say(client: Any, where: str, text: str, **values: Any) -> Any:
    given = {"submission": form_of(client, "/report/conversation"), "text": text} | values
    return client.post(f"/report/conversation/{where}", given, follow=True)


@pytest.fixture
def client() -> Any:
    """The browser of somebody who just sent something in."""
    made = stranger()
    send(made)
    return made


def test_the_answer_to_a_question_takes_the_report_back_to_triage(client: Any, bob: Any) -> None:
    signal = asked(bob, Signal.objects.get())
    page = client.get("/report/conversation")
    assert "Welke deur was het?" in page.content.decode()
    answer = say(client, "answer", "De achterste.")
    signal.refresh_from_db()
    assert signal.state == SignalState.IN_TRIAGE
    message = signal.messages.get(direction=Direction.FROM_SENDER)
    assert (message.text, message.answers.text) == ("De achterste.", "Welke deur was het?")
    assert "De achterste." in answer.content.decode()
    event = Event.objects.get(action="signals.answer")
    assert (event.actor_name, event.actor_id) == ("sender", None)
    assert "achterste" not in event.after + event.before


def test_an_answer_that_nobody_waits_for_any_more_is_kept_all_the_same(client: Any, bob: Any) -> None:
    signal = asked(bob, Signal.objects.get())
    submission = form_of(client, "/report/conversation")
    take_step(actor=bob, signal=signal, step="stop_waiting", reason="Duurt te lang.")
    client.post("/report/conversation/answer", {"submission": submission, "text": "De achterste."})
    signal.refresh_from_db()
    assert signal.state == SignalState.IN_TRIAGE
    assert signal.messages.filter(text="De achterste.").exists()
    assert Event.objects.filter(action="signals.add_to_signal").count() == 1


def test_an_answer_sent_twice_counts_once(client: Any, bob: Any) -> None:
    asked(bob, Signal.objects.get())
    given = {"submission": form_of(client, "/report/conversation"), "text": "De achterste."}
    for _number in range(2):
        client.post("/report/conversation/answer", given)
    assert Message.objects.filter(text="De achterste.").count() == 1


def test_more_can_be_told_in_every_stage_and_the_stage_stays(client: Any, bob: Any) -> None:
    signal = take_step(actor=bob, signal=Signal.objects.get(), step="take_up")
    signal = take_step(actor=bob, signal=signal, step="take_no_action", outcome=Outcome.NO_ACTION, reason="Bekend.")
    say(client, "add", "Het gebeurt nog steeds.")
    signal.refresh_from_db()
    assert (signal.state, signal.outcome) == (SignalState.CLOSED, Outcome.NO_ACTION)
    assert signal.messages.get().text == "Het gebeurt nog steeds."


def test_a_colleague_who_decides_on_what_he_saw_before_the_addition_is_told_so(client: Any, bob: Any) -> None:
    signal = Signal.objects.get()
    say(client, "add", "Het gebeurt nog steeds.")
    with pytest.raises(Exception, match="changed"):
        take_step(actor=bob, signal=signal, step="take_up", revision=signal.revision)


def test_an_empty_answer_is_refused_at_its_field(client: Any) -> None:
    answer = say(client, "add", "  ")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["text"]
    assert not Message.objects.exists()


def test_what_passes_between_inspectorate_and_organisation_is_not_shown(client: Any) -> None:
    signal = Signal.objects.get()
    for direction in Direction:
        Message.objects.create(signal=signal, direction=direction, text=f"woorden {direction}")
    page = client.get("/report/conversation").content.decode()
    assert "woorden to_sender" in page
    assert "woorden from_sender" in page
    assert "woorden from_organisation" not in page
    assert "woorden to_organisation" not in page


def test_opening_the_conversation_marks_what_we_said_as_read(client: Any) -> None:
    said = Message.objects.create(signal=Signal.objects.get(), direction=Direction.TO_SENDER, text="Dank u.")
    client.get("/report/conversation")
    said.refresh_from_db()
    assert said.read_at is not None


def test_the_holder_of_one_code_cannot_speak_about_another_report(client: Any) -> None:
    mine = Signal.objects.get()
    other = Signal.objects.create(channel="form", subject="x", text="x")
    with pytest.raises(Exception, match="add_to_signal"):
        add_to_signal(actor=Sender(mine.pk), signal=other, text="Hallo.", submission=uuid.uuid4())
    assert not Message.objects.exists()


def test_the_reason_of_a_step_and_who_took_it_are_not_shown(client: Any, bob: Any) -> None:
    signal = take_step(actor=bob, signal=Signal.objects.get(), step="take_up")
    take_step(actor=bob, signal=signal, step="take_no_action", outcome=Outcome.NO_ACTION, reason="Onzin.")
    page = client.get("/report/conversation").content.decode()
    assert str(OUTCOMES[Outcome.NO_ACTION].title) in page
    assert "Onzin." not in page
    assert "Bob" not in page


def test_every_stage_and_outcome_has_words_for_the_sender() -> None:
    assert set(STANDINGS) | {"closed", "draft", "discarded"} == set(SignalState.values)
    assert set(OUTCOMES) == set(Outcome.values)


@pytest.mark.django_db(transaction=True)
def test_the_same_addition_from_several_connections_at_once_counts_once(client: Any) -> None:
    signal, submission = Signal.objects.get(), uuid.uuid4()
    start = threading.Barrier(4)
    outcomes: list[object] = []

    def once() -> None:
        try:
            start.wait()
            said = add_to_signal(actor=Sender(signal.pk), signal=signal, text="Nog iets.", submission=submission)
            outcomes.append(said.pk)
        except Exception as error:  # noqa: BLE001 - a failure of a thread must fail the test
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=once) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 4
    assert len(set(outcomes)) == 1, outcomes
    assert Message.objects.count() == 1
