"""What an organisation does with its own notifications."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from zichtlijn.platform.events.models import Event
from zichtlijn.platform.events.transitions import StepRefused
from zichtlijn.supervision.field.models import OrganisationAccount
from zichtlijn.supervision.signals.actions import notifying, triage
from zichtlijn.supervision.signals.models import Message, Signal, SignalState
from zichtlijn.supervision.signals.queries.portal import open_questions
from zichtlijn.supervision.signals.stepping import Stale

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
HERE = ZoneInfo("Europe/Amsterdam")


def values(**more: Any) -> dict[str, Any]:
    return {
        "category": "jeugd-calamiteit",
        "discovered_at": timezone.now() - timedelta(hours=2),
        "subject": "Val van de trap",
        "text": "Een jeugdige viel.",
    } | more


@pytest.fixture
def draft(spokeswoman: Any, prison: Any) -> Signal:
    return notifying.start_notification(actor=spokeswoman, organisation=prison, values=values())


@pytest.fixture
def sent(draft: Signal, spokeswoman: Any) -> Signal:
    return notifying.submit_notification(actor=spokeswoman, signal=draft)


def actions_told() -> list[str]:
    told = Event.objects.filter(object_type__startswith="signals.").order_by("pk")
    return [event.action.removeprefix("signals.") for event in told]


def test_a_draft_is_seen_by_the_organisation_only(draft: Signal, spokeswoman: Any, bob: Any, dave: Any) -> None:
    assert Signal.objects.visible_to(spokeswoman).get() == draft
    for other in (bob, dave):
        assert not Signal.objects.visible_to(other).exists()


def test_sending_in_computes_the_terms_and_makes_it_visible(draft: Signal, spokeswoman: Any, bob: Any) -> None:
    sent = notifying.submit_notification(actor=spokeswoman, signal=draft)
    assert sent.state == SignalState.RECEIVED
    assert Signal.objects.visible_to(bob).get() == sent
    assert sent.submitted_at == sent.received_at
    notification = sent.notification
    assert notification.due_at is not None
    assert notification.closing_due_at is not None
    assert not notification.was_late
    assert sent.term_at == notification.closing_due_at
    assert actions_told() == ["start_notification", "submit"]


def test_a_notification_after_its_term_says_that_it_was_late(spokeswoman: Any, prison: Any) -> None:
    long_ago = timezone.now() - timedelta(days=20)
    late = notifying.start_notification(actor=spokeswoman, organisation=prison, values=values(discovered_at=long_ago))
    assert not late.notification.was_late, "it was not sent in yet"
    late = notifying.submit_notification(actor=spokeswoman, signal=late)
    assert late.notification.was_late


def test_the_terms_are_those_of_the_day_of_discovery(spokeswoman: Any, prison: Any) -> None:
    in_2016 = datetime(2016, 5, 2, 10, 0, tzinfo=HERE)
    old = notifying.start_notification(actor=spokeswoman, organisation=prison, values=values(discovered_at=in_2016))
    assert old.notification.due_at is None
    changed = notifying.edit_notification(
        actor=spokeswoman, signal=old, values={"discovered_at": datetime(2020, 5, 1, 10, 0, tzinfo=HERE)}
    )
    assert changed.notification.due_at == datetime(2020, 5, 8, tzinfo=HERE), "without 5 May"


def test_an_organisation_cannot_notify_for_another(spokeswoman: Any, shelter: Any) -> None:
    with pytest.raises(PermissionDenied):
        notifying.start_notification(actor=spokeswoman, organisation=shelter, values=values())


def test_an_account_that_ended_can_do_nothing_more(draft: Signal, spokeswoman: Any, prison: Any) -> None:
    OrganisationAccount.objects.update(ended_on=timezone.localdate())
    assert not Signal.objects.visible_to(spokeswoman).exists()
    with pytest.raises(PermissionDenied):
        notifying.submit_notification(actor=spokeswoman, signal=draft)
    with pytest.raises(PermissionDenied):
        notifying.start_notification(actor=spokeswoman, organisation=prison, values=values())


def test_staff_and_strangers_send_nothing_in_for_an_organisation(draft: Signal, bob: Any, pia: Any) -> None:
    for other in (bob, pia):
        with pytest.raises(PermissionDenied):
            notifying.submit_notification(actor=other, signal=draft)


def test_the_same_form_sent_twice_makes_one_draft(spokeswoman: Any, prison: Any) -> None:
    token = uuid.uuid4()
    made = [
        notifying.start_notification(actor=spokeswoman, organisation=prison, values=values(), submission=token).pk
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert Signal.objects.count() == 1


def test_two_drafts_under_one_reference_at_the_same_moment_become_one(
    spokeswoman: Any, prison: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    own: dict[str, Any] = {"actor": spokeswoman, "organisation": prison, "values": values(sender_reference="INC-7")}
    first, look = notifying.start_notification(**own), notifying._check_reference
    looks = iter([lambda _draft: None, look])  # the other one was not there yet at the first look

    def look_twice(draft: Signal) -> None:
        next(looks)(draft)

    monkeypatch.setattr(notifying, "_check_reference", look_twice)
    with pytest.raises(ValidationError) as refused:
        notifying.start_notification(**own)
    assert "sender_reference" in refused.value.message_dict
    assert Signal.objects.get() == first


def test_an_own_reference_is_used_once_by_each_organisation(
    draft: Signal, spokeswoman: Any, prison: Any, shelter: Any
) -> None:
    own = {"sender_reference": "INC-7"}
    notifying.edit_notification(actor=spokeswoman, signal=draft, values=own)
    with pytest.raises(ValidationError) as refused:
        notifying.start_notification(actor=spokeswoman, organisation=prison, values=values(**own))
    assert "sender_reference" in refused.value.message_dict
    OrganisationAccount.objects.create(user=spokeswoman, organisation=shelter, since=timezone.localdate())
    notifying.start_notification(actor=spokeswoman, organisation=shelter, values=values(**own))


def test_what_was_sent_in_is_not_changed_or_sent_again(sent: Signal, spokeswoman: Any) -> None:
    with pytest.raises(ValidationError):
        notifying.edit_notification(actor=spokeswoman, signal=sent, values={"text": "Anders."})
    for step in (notifying.submit_notification, notifying.discard_notification):
        with pytest.raises(StepRefused):
            step(actor=spokeswoman, signal=sent)
    sent.refresh_from_db()
    assert sent.text == "Een jeugdige viel."


def test_a_stale_draft_is_not_sent_in(draft: Signal, spokeswoman: Any) -> None:
    notifying.edit_notification(actor=spokeswoman, signal=draft, values={"text": "Nieuw."})
    with pytest.raises(Stale):
        notifying.submit_notification(actor=spokeswoman, signal=draft, revision=1)


@pytest.mark.parametrize("state", [SignalState.DRAFT, SignalState.DISCARDED])
def test_nothing_is_added_to_what_was_not_sent_in(draft: Signal, spokeswoman: Any, state: str) -> None:
    Signal.objects.filter(pk=draft.pk).update(state=state)
    for act in (notifying.add_to_notification, notifying.report_closing):
        with pytest.raises(ValidationError):
            act(actor=spokeswoman, signal=draft, text="Meer.")
    assert not Message.objects.exists()


def test_an_addition_after_closing_is_kept_and_changes_no_stage(sent: Signal, spokeswoman: Any, bob: Any) -> None:
    taken = triage.take_up(actor=bob, signal=sent)
    triage.take_no_action(actor=bob, signal=taken, ground="known", reason="Loopt al.")
    token = uuid.uuid4()
    for _ in range(2):
        notifying.add_to_notification(actor=spokeswoman, signal=sent, text="Nog iets.", submission=token)
    assert Message.objects.get().text == "Nog iets."
    sent.refresh_from_db()
    assert sent.state == SignalState.CLOSED
    assert actions_told()[-1] == "add_to_notification"


def test_an_answer_brings_it_back_into_triage(sent: Signal, spokeswoman: Any, bob: Any) -> None:
    taken = triage.take_up(actor=bob, signal=sent)
    triage.ask_sender(actor=bob, signal=taken, question="Hoe laat?")
    said = notifying.add_to_notification(actor=spokeswoman, signal=sent, text="Drie uur.")
    sent.refresh_from_db()
    assert sent.state == SignalState.IN_TRIAGE
    assert said.answers is not None
    assert said.answers.text == "Hoe laat?"


def test_the_closing_report_ends_its_term(sent: Signal, spokeswoman: Any) -> None:
    assert sent.term_at is not None
    reported = notifying.report_closing(actor=spokeswoman, signal=sent, text="Hersteld.")
    assert reported.term_at is None
    with pytest.raises(ValidationError):
        notifying.report_closing(actor=spokeswoman, signal=sent, text="Nog eens.")


def test_a_question_nobody_waits_for_any_more_is_not_asked_on(sent: Signal, spokeswoman: Any, bob: Any) -> None:
    taken = triage.take_up(actor=bob, signal=sent)
    triage.ask_sender(actor=bob, signal=taken, question="Hoe laat?")
    sent.refresh_from_db()
    assert open_questions(spokeswoman).get().signal == sent
    triage.stop_waiting(actor=bob, signal=sent, reason="Gevonden.")
    sent.refresh_from_db()
    assert notifying.open_question(sent) is None
    assert not open_questions(spokeswoman).exists()
