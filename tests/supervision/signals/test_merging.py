"""Merging keeps the other with its own sender and history, and can be undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.signals.actions import tying
from zichtlijn.supervision.signals.models import Message

pytestmark = pytest.mark.django_db


def test_merging_and_splitting_off_through_pages(bob: Any, client_of: Any, came_in: Any) -> None:
    signal, into, client = came_in(subject="Tweede bericht"), came_in(), client_of(bob)
    Message.objects.create(signal=signal, direction="from_sender", text="Er is nog iets.")
    address = reverse("signals:signal-step", args=[signal.pk, "merge"])
    assert into.reference in client.get(address, {"into": into.reference}).content.decode()
    sent = {"into": into.reference, "reason": "Dezelfde brand.", "revision": signal.revision}
    assert client.post(address, sent).status_code == 302
    signal.refresh_from_db()
    assert (signal.state, signal.merged_into) == ("merged", into)
    assert "Tweede bericht" in client.get(into.get_absolute_url()).content.decode()
    assert Event.objects.about(into).filter(action="signals.merged_in").exists()
    assert signal.messages.get().text == "Er is nog iets."
    apart = reverse("signals:signal-step", args=[signal.pk, "split_off"])
    assert client.post(apart, {"reason": "Toch een ander geval.", "revision": signal.revision}).status_code == 302
    signal.refresh_from_db()
    assert (signal.state, signal.merged_into) == ("in_triage", None)
    assert [step.step for step in signal.steps.all()] == ["merge", "split_off"]


def test_no_merging_into_itself_a_closed_one_or_an_invisible_one(bob: Any, bart: Any, came_in: Any, team: Any) -> None:
    signal = came_in()
    for into in (signal, came_in(state="closed", outcome="no_action")):
        with pytest.raises(ValidationError):
            tying.merge(actor=bob, signal=signal, into=into, reason="x")
    with pytest.raises(PermissionDenied):
        tying.merge(actor=bart, signal=signal, into=came_in(access="team", team=team), reason="x")


def test_merging_never_goes_round(bob: Any, came_in: Any) -> None:
    one, two = came_in(), came_in()
    tying.merge(actor=bob, signal=one, into=two, reason="x")
    with pytest.raises(ValidationError):
        tying.merge(actor=bob, signal=two, into=one, reason="x")


def test_the_notification_of_an_organisation_stays_its_own(bob: Any, came_in: Any, prison: Any, shelter: Any) -> None:
    notification = came_in(kind="notification", organisation=prison, channel="account")
    for into in (came_in(organisation=prison), came_in(kind="notification", organisation=shelter)):
        with pytest.raises(ValidationError):
            tying.merge(actor=bob, signal=notification, into=into, reason="x")
    again = came_in(kind="notification", organisation=prison, channel="account")
    assert tying.merge(actor=bob, signal=notification, into=again, reason="x").state == "merged"


def test_an_answer_goes_to_each_sender_alone(bob: Any, client_of: Any, came_in: Any) -> None:
    signal, into = came_in(), came_in(state="in_triage")
    tying.merge(actor=bob, signal=signal, into=into, reason="x")
    into.refresh_from_db()
    sent = {"text": "Over {{ reference }}.", "also_to": [signal.pk], "revision": into.revision}
    answer = client_of(bob).post(reverse("signals:signal-step", args=[into.pk, "reply"]), sent)
    assert answer.status_code == 302
    assert into.messages.get().text == f"Over {into.reference}."
    assert signal.messages.get().text == f"Over {signal.reference}."
