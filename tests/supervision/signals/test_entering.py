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
from zichtlijn.supervision.signals.actions import triage
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


def letter() -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("brief.txt", b"Geachte inspectie, het is nog steeds zo.", "text/plain")


def test_a_letter_is_entered_with_its_scan(bob: Any, client_of: Any) -> None:
    assert client_of(bob).post(reverse("signals:enter"), told(channel="letter", files=[letter()])).status_code == 302
    attachment = Signal.objects.get().attachments.get()
    assert (attachment.name, attachment.is_shared) == ("brief.txt", False)


def test_a_file_of_another_kind_is_refused_and_nothing_is_entered(bob: Any, client_of: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    program = SimpleUploadedFile("brief.pdf", b"MZ\x90\x00" + b"\x00" * 200, "application/pdf")
    answer = client_of(bob).post(reverse("signals:enter"), told(channel="letter", files=[program]))
    assert answer.status_code == 422
    assert not Signal.objects.exists()


def test_what_the_sender_tells_by_telephone_ends_the_waiting(bob: Any, client_of: Any, came_in: Any) -> None:
    signal = came_in(state="in_triage")
    triage.ask_sender(actor=bob, signal=signal, question="Wanneer was het?")
    sent = {"text": "Vorige week.", "submission": str(uuid.uuid4()), "files": [letter()]}
    address = reverse("signals:told", args=[signal.pk])
    assert client_of(bob).post(address, sent).status_code == 302
    assert client_of(bob).post(address, sent | {"files": [letter()]}).status_code == 302  # sent twice, kept once
    signal.refresh_from_db()
    assert signal.state == "in_triage"
    question, answered = signal.messages.all()
    assert (answered.text, answered.answers, answered.author) == ("Vorige week.", question, bob)
    assert signal.attachments.get().message == answered


def test_what_is_told_later_leaves_the_stage_as_it_is(bob: Any, client_of: Any, came_in: Any) -> None:
    signal = came_in(state="closed", outcome="no_action")
    sent = {"text": "Er is nog iets.", "submission": str(uuid.uuid4())}
    assert client_of(bob).post(reverse("signals:told", args=[signal.pk]), sent).status_code == 302
    signal.refresh_from_db()
    assert (signal.state, signal.messages.count()) == ("closed", 1)
