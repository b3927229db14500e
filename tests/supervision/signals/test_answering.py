"""Answers to senders: from a standard text in their language, filled in, looked at first, then sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from zichtlijn.supervision.signals.models import Sender, StandardText
from zichtlijn.supervision.signals.norms import NO_ACTION_GROUNDS
from zichtlijn.supervision.signals.reference import load_reference
from zichtlijn.supervision.signals.standard_texts import filled, texts_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _texts(db: None) -> None:
    load_reference()


def sent(client: Any, signal: Any, step: str, **values: Any) -> Any:
    signal.refresh_from_db()
    address = reverse("signals:signal-step", args=[signal.pk, step])
    return client.post(address, {"revision": signal.revision} | values)


def test_only_texts_in_the_language_of_the_sender_that_hold_today(bob: Any, came_in: Any) -> None:
    from datetime import timedelta

    from django.utils.timezone import localdate

    ended = StandardText.objects.filter(code="question", language="en")
    ended.update(valid_until=localdate() - timedelta(days=1))
    found = texts_for(came_in(language="en"), bob)
    assert {text.language for text in found} == {"en"}
    assert "question" not in {text.code for text in found}
    assert "question" in {text.code for text in texts_for(came_in(), bob)}


def test_there_is_a_text_for_every_ground_and_outcome() -> None:
    wanted = {f"no-action-{ground}" for ground in NO_ACTION_GROUNDS} | {"passed_on", "added", "question"}
    for language in ("nl", "en"):
        assert wanted <= set(StandardText.objects.filter(language=language).values_list("code", flat=True))


def test_every_text_can_be_filled_in(came_in: Any, prison: Any) -> None:
    signal = came_in(organisation=prison)
    for text in StandardText.objects.all():
        words = filled(text.body, signal)
        assert "{{" not in words


def test_a_chosen_text_is_put_in_filled_previewed_and_sent(bob: Any, client_of: Any, came_in: Any) -> None:
    signal, client = came_in(state="in_triage"), client_of(bob)
    Sender.objects.create(signal=signal)
    text = StandardText.objects.get(code="received", language="nl")
    put_in = sent(client, signal, "reply", standard=text.pk, fill="1")
    assert put_in.status_code == 200
    words = put_in.context["form"].initial["text"]
    assert signal.reference in words
    assert 'name="preview"' in put_in.content.decode()
    preview = sent(client, signal, "reply", text=words, preview="1")
    assert preview.context["preview"] == words.strip()
    assert not signal.messages.exists()
    assert sent(client, signal, "reply", text=words).status_code == 302
    assert signal.messages.get().text == words.strip()


def test_the_text_of_the_ground_is_put_in_and_nothing_else_is_lost(bob: Any, client_of: Any, came_in: Any) -> None:
    signal = came_in(state="in_triage")
    given = {"ground": "no_task", "reason": "Is voor de gemeente."}
    page = sent(client_of(bob), signal, "take_no_action", fill="1", **given)
    form = page.context["form"]
    assert form.initial["reason"] == "Is voor de gemeente."
    assert "niet onder ons toezicht" in form.initial["message"]
    assert 'value="no_task"' in page.content.decode()
    signal.refresh_from_db()
    assert signal.state == "in_triage"


def test_closing_can_tell_the_sender_at_once(bob: Any, client_of: Any, came_in: Any) -> None:
    signal = came_in(state="in_triage")
    given = {"ground": "no_task", "reason": "x", "message": "Wij doen niets met {{ reference }}."}
    assert sent(client_of(bob), signal, "take_no_action", **given).status_code == 302
    said = signal.messages.get()
    assert (said.text, said.direction) == (f"Wij doen niets met {signal.reference}.", "to_sender")


def test_an_organisation_is_answered_on_its_own_page(bob: Any, client_of: Any, came_in: Any, prison: Any) -> None:
    signal = came_in(kind="notification", channel="account", organisation=prison, state="in_triage")
    assert sent(client_of(bob), signal, "reply", text="Dank u.").status_code == 302
    assert signal.messages.get().direction == "to_organisation"


def test_without_a_choice_there_is_nothing_to_put_in(bob: Any, client_of: Any, came_in: Any) -> None:
    signal = came_in(state="in_triage")
    page = sent(client_of(bob), signal, "reply", text="Begin", fill="1")
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["standard"]
    assert "Begin" in page.content.decode()
