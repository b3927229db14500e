"""Triage: each step changes the state, keeps its reason with the signal, and says nothing of it in an event."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.signals.actions import triage
from zichtlijn.supervision.signals.models import Signal

pytestmark = pytest.mark.django_db


def step_address(signal: Signal, step: str) -> str:
    return reverse("signals:signal-step", args=[signal.pk, step])


def posted(client: Any, signal: Signal, step: str, **values: Any) -> Any:
    signal.refresh_from_db()
    return client.post(step_address(signal, step), {"revision": signal.revision} | values)


def test_the_main_path_goes_through_pages(bob: Any, client_of: Any, came_in: Any) -> None:
    signal, client = came_in(subject="Te weinig toezicht"), client_of(bob)
    assert "Te weinig toezicht" in client.get(reverse("signals:work-list")).content.decode()
    page = client.get(signal.get_absolute_url()).content.decode()
    assert step_address(signal, "take_up") in page
    assert client.post(step_address(signal, "take_up")).status_code == 302
    assert posted(client, signal, "ask_sender", question="Wanneer was het?").status_code == 302
    assert posted(client, signal, "stop_waiting", reason="Geen antwoord na twee weken.").status_code == 302
    closing = {"ground": "not_concrete", "reason": "Te weinig om mee verder te gaan."}
    assert posted(client, signal, "take_no_action", **closing).status_code == 302
    signal.refresh_from_db()
    assert (signal.state, signal.outcome, signal.assignee) == ("closed", "no_action", bob)
    page = client.get(signal.get_absolute_url()).content.decode()
    assert "Te weinig om mee verder te gaan." in page
    assert "Wanneer was het?" in page


def test_words_of_people_are_in_no_event(bob: Any, came_in: Any) -> None:
    signal = came_in(subject="kanarie-onderwerp", text="kanarie-tekst")
    triage.take_up(actor=bob, signal=signal)
    triage.ask_sender(actor=bob, signal=signal, question="kanarie-vraag")
    triage.stop_waiting(actor=bob, signal=signal, reason="kanarie-reden")
    triage.pass_on(actor=bob, signal=signal, recipient="kanarie-ontvanger", reason="kanarie-r", message="kanarie-m")
    told = [
        " ".join(map(str, (each.object_label, each.reason, each.before_values, each.after_values)))
        for each in Event.objects.all()
    ]
    assert len(told) == 5
    assert not any("kanarie" in words for words in told)


@pytest.mark.parametrize(
    ("step", "values"),
    [("take_no_action", {"ground": "known"}), ("take_no_action", {"reason": "x"}), ("pass_on", {"reason": "x"})],
)
def test_closing_without_ground_reason_or_recipient_is_refused(
    step: str, values: dict[str, str], bob: Any, client_of: Any, came_in: Any
) -> None:
    signal = came_in(state="in_triage")
    assert posted(client_of(bob), signal, step, **values).status_code == 422
    signal.refresh_from_db()
    assert signal.state == "in_triage"
    assert not signal.steps.exists()
    assert not Event.objects.exists()


def test_who_saw_an_earlier_revision_is_told_and_changes_nothing(bob: Any, client_of: Any, came_in: Any) -> None:
    signal = came_in(state="in_triage")
    seen = signal.revision
    triage.assign(actor=bob, signal=signal, assignee=bob)
    answer = client_of(bob).post(step_address(signal, "put_back"), {"reason": "vol", "revision": seen})
    assert answer.status_code == 422
    signal.refresh_from_db()
    assert signal.state == "in_triage"


def test_nobody_is_given_work_that_they_may_not_see(bob: Any, bart: Any, came_in: Any, team: Any) -> None:
    signal = came_in(state="in_triage", access="team", team=team)
    with pytest.raises(ValidationError):
        triage.assign(actor=bob, signal=signal, assignee=bart)
    with pytest.raises(PermissionDenied):
        triage.take_no_action(actor=bart, signal=signal, ground="known", reason="x")


def test_a_signal_of_another_team_is_not_there(bart: Any, client_of: Any, came_in: Any, team: Any) -> None:
    signal, client = came_in(access="team", team=team, subject="kanarie"), client_of(bart)
    assert client.get(signal.get_absolute_url()).status_code == 404
    assert client.get(step_address(signal, "take_up")).status_code == 404
    assert client.post(step_address(signal, "take_up")).status_code == 404
    assert "kanarie" not in client.get(reverse("signals:work-list"), {"whose": "all"}).content.decode()


def test_the_preview_shows_what_the_sender_reads_and_takes_no_step(bob: Any, client_of: Any, came_in: Any) -> None:
    signal = came_in(state="in_triage")
    text = {"text": "Uw kenmerk is {{ reference }}."}
    page = posted(client_of(bob), signal, "reply", **text, preview="1").content.decode()
    assert f"Uw kenmerk is {signal.reference}." in page
    assert not signal.messages.exists()
    assert posted(client_of(bob), signal, "reply", **text).status_code == 302
    assert signal.messages.get().text == f"Uw kenmerk is {signal.reference}."


def test_a_blank_that_nobody_knows_is_refused(bob: Any, client_of: Any, came_in: Any) -> None:
    signal = came_in(state="in_triage")
    answer = posted(client_of(bob), signal, "reply", text="Beste {{ naam }}")
    assert answer.status_code == 422
    assert "naam" in answer.content.decode()
    assert not signal.messages.exists()


def test_an_administrator_sees_it_and_takes_no_step(dave: Any, client_of: Any, came_in: Any) -> None:
    signal, client = came_in(), client_of(dave)
    page = client.get(signal.get_absolute_url())
    assert page.status_code == 200
    assert "/steps/" not in page.content.decode()
    assert client.get(step_address(signal, "take_up")).status_code == 403


def test_reopening_takes_back_the_outcome(bob: Any, came_in: Any) -> None:
    signal = came_in(state="in_triage")
    triage.take_no_action(actor=bob, signal=signal, ground="known", reason="x")
    triage.reopen(actor=bob, signal=signal, reason="Er kwam meer binnen.")
    signal.refresh_from_db()
    assert (signal.state, signal.outcome, signal.closed_at) == ("in_triage", "", None)


def test_who_is_second_to_take_it_up_is_told_and_takes_nothing(
    bob: Any, bart: Any, client_of: Any, came_in: Any
) -> None:
    signal = came_in()
    assert client_of(bob).post(step_address(signal, "take_up")).status_code == 302
    second = client_of(bart)
    assert second.post(step_address(signal, "take_up")).url == signal.get_absolute_url()
    assert second.get(signal.get_absolute_url()).context["request"].user == bart
    signal.refresh_from_db()
    assert signal.assignee == bob
    assert signal.steps.count() == 1
