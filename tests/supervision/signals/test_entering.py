"""What people tell by telephone and letter: entered once, with the sender kept apart."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from zichtlijn.platform.events.models import Event
from zichtlijn.platform.search.models import SearchEntry
from zichtlijn.supervision.signals.actions.entering import correct_facts
from zichtlijn.supervision.signals.models import Sender, Signal
from zichtlijn.supervision.signals.receipts import find_signal

pytestmark = pytest.mark.django_db


def told(**values: Any) -> dict[str, Any]:
    given = {
        "kind": "signal",
        "channel": "telephone",
        "received_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "subject": "Geen toezicht in de nacht",
        "text": "In de nacht is er niemand op de afdeling.",
        "language": "nl",
        "submission": str(uuid.uuid4()),
    }
    return given | values


@pytest.mark.parametrize("channel", ["telephone", "letter", "email", "media", "state_of_execution", "inspectorate"])
def test_each_way_in_is_entered(channel: str, bob: Any, client_of: Any) -> None:
    answer = client_of(bob).post(reverse("signals:enter"), told(channel=channel))
    signal = Signal.objects.get()
    assert answer.url == reverse("signals:entered", args=[signal.pk])
    assert (signal.channel, signal.entered_by, signal.state) == (channel, bob, "received")


@pytest.mark.parametrize("wrong", [{"channel": "form"}, {"kind": "notification"}, {"text": ""}, {"submission": "x"}])
def test_what_does_not_come_in_this_way_is_refused(wrong: dict[str, str], bob: Any, client_of: Any) -> None:
    assert client_of(bob).post(reverse("signals:enter"), told(**wrong)).status_code == 422
    assert not Signal.objects.exists()


def test_a_moment_that_is_still_to_come_is_refused(bob: Any, client_of: Any) -> None:
    later = (timezone.localtime() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    answer = client_of(bob).post(reverse("signals:enter"), told(received_at=later))
    assert answer.status_code == 422
    assert "received_at" in answer.context["form"].errors


def test_the_same_form_twice_is_one_signal(bob: Any, client_of: Any) -> None:
    form, client = told(), client_of(bob)
    assert client.post(reverse("signals:enter"), form).url == client.post(reverse("signals:enter"), form).url
    assert Signal.objects.count() == 1


def test_who_told_it_is_kept_apart(bob: Any, client_of: Any) -> None:
    sender = {"name": "kanarie-naam", "phone": "kanarie-06", "relation": "kanarie-buurvrouw"}
    client_of(bob).post(reverse("signals:enter"), told(**sender))
    kept = Sender.objects.get()
    assert (kept.name, kept.is_anonymous, kept.receipt_sha256) == ("kanarie-naam", False, None)
    assert not any("kanarie" in f"{each.after_values}{each.object_label}" for each in Event.objects.all())
    assert not any("kanarie" in f"{each.title}{each.body}" for each in SearchEntry.objects.all())


def test_a_sender_can_come_back_with_the_code_that_is_read_out(bob: Any, bart: Any, client_of: Any) -> None:
    answer = client_of(bob).post(reverse("signals:enter"), told(with_code="on"))
    page = client_of(bob).get(answer.url)
    code = page.context["code"]
    assert find_signal(code) == Signal.objects.get().pk
    assert page["Cache-Control"] == "no-store"
    assert client_of(bart).get(answer.url).status_code == 404


def test_without_asking_there_is_no_code(bob: Any, client_of: Any) -> None:
    answer = client_of(bob).post(reverse("signals:enter"), told())
    assert client_of(bob).get(answer.url).context["code"] == ""


def test_a_reader_enters_nothing(erin: Any, client_of: Any) -> None:
    assert client_of(erin).get(reverse("signals:enter")).status_code == 403


def test_correcting_the_facts_leaves_the_words_of_the_sender(bob: Any, came_in: Any, prison: Any) -> None:
    signal = came_in(organisation_as_told="de bajes", text="Zoals verteld.")
    changed = correct_facts(actor=bob, signal=signal, values={"organisation": prison, "text": "anders"})
    assert (changed.organisation, changed.organisation_as_told, changed.text) == (prison, "de bajes", "Zoals verteld.")
    assert Event.objects.about(signal).get().action == "signals.edit"
