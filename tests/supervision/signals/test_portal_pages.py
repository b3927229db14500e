"""The pages of an organisation, from the draft to the judged own evaluation."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.platform.files import pictures
from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field.models import OrganisationAccount
from zichtlijn.supervision.signals import intake
from zichtlijn.supervision.signals.actions import notifying, triage
from zichtlijn.supervision.signals.actions.evaluating import ask_evaluation
from zichtlijn.supervision.signals.models import EvaluationState, OwnEvaluation, Signal, SignalAttachment, SignalState
from zichtlijn.supervision.signals.norms import EVALUATION_NORMS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
CANARY = "kanariegeel"


def in_form(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def values(**more: Any) -> dict[str, Any]:
    hour_ago = timezone.now() - timedelta(hours=1)
    return {
        "category": "detentie-overlijden",
        "discovered_at": in_form(hour_ago),
        "subject": "Overlijden op de afdeling",
        "text": "Bij de ronde aangetroffen.",
        "submission": str(uuid.uuid4()),
    } | more


@pytest.fixture
def draft(spokeswoman: Any, prison: Any) -> Signal:
    given = values() | {"discovered_at": timezone.now() - timedelta(hours=1)}
    return notifying.start_notification(actor=spokeswoman, organisation=prison, values=given)


@pytest.fixture
def sent(draft: Signal, spokeswoman: Any) -> Signal:
    return notifying.submit_notification(actor=spokeswoman, signal=draft)


def step_url(signal: Signal, step: str) -> str:
    return reverse("signals:notification-step", args=[signal.pk, step])


def test_from_a_draft_to_a_judged_own_evaluation_through_the_pages(
    client_of: Any, spokeswoman: Any, bob: Any, prison: Any
) -> None:
    olga, handler = client_of(spokeswoman), client_of(bob)
    kept = olga.post(reverse("signals:notification-new"), values())
    signal = Signal.objects.get()
    assert kept.status_code == 302
    assert (signal.state, signal.organisation, signal.channel) == ("draft", prison, "account")
    assert handler.get(reverse("signals:signal", args=[signal.pk])).status_code == 404, "a draft is the writer's own"

    olga.post(step_url(signal, "submit"), {"revision": signal.revision})
    signal.refresh_from_db()
    assert signal.state == "received"
    assert signal.submitted_at is not None

    triage.take_up(actor=bob, signal=signal)
    due_on = timezone.localdate() + timedelta(weeks=6)
    asking = reverse("signals:signal-step", args=[signal.pk, "ask_evaluation"])
    assert handler.get(asking).status_code == 200
    signal.refresh_from_db()
    handler.post(asking, {"question": "Zoek uit wat er gebeurde.", "due_on": due_on, "revision": signal.revision})
    evaluation = OwnEvaluation.objects.get()
    signal.refresh_from_db()
    assert (signal.state, evaluation.state, evaluation.organisation) == ("waiting_organisation", "asked", prison)

    assert "Zoek uit wat er gebeurde." in olga.get(evaluation.get_absolute_url()).text
    hand_in = reverse("signals:evaluation-step", args=[evaluation.pk, "hand_in"])
    assert olga.get(hand_in).status_code == 200
    olga.post(hand_in, {"text": "Dit hebben wij gevonden.", "submission": str(uuid.uuid4())})
    evaluation.refresh_from_db()
    signal.refresh_from_db()
    assert (signal.state, evaluation.state) == ("in_triage", "handed_in")

    judge = reverse("signals:evaluation-step", args=[evaluation.pk, "judge"])
    answers = {f"score_{norm}": 2 for norm in EVALUATION_NORMS}
    answers |= {f"evidence_{norm}": f"zie {norm}" for norm in EVALUATION_NORMS}
    assert olga.get(judge).status_code == 403
    handler.post(judge, answers | {"conclusion": "Grotendeels goed onderzocht."})
    evaluation.refresh_from_db()
    assert evaluation.state == EvaluationState.JUDGED
    assert evaluation.norms.count() == len(EVALUATION_NORMS)
    page = olga.get(evaluation.get_absolute_url()).text
    assert "Grotendeels goed onderzocht." in page
    assert "zie facts" not in page, "the scores and their evidence stay with the inspectorate"
    assert "zie facts" in handler.get(evaluation.get_absolute_url()).text


def test_the_list_shows_what_is_asked_and_which_notifications_there_are(
    client_of: Any, spokeswoman: Any, bob: Any, sent: Signal
) -> None:
    asked = ask(bob, sent)
    page = client_of(spokeswoman).get(reverse("signals:portal"))
    assert page.status_code == 200
    assert sent.subject in page.text
    assert asked.get_absolute_url() in page.text
    for which in ("drafts", "open", "closed", "unheard-of"):
        shown = client_of(spokeswoman).get(reverse("signals:portal"), {"which": which})
        assert (sent.subject in shown.text) == (which in ("open", "unheard-of"))


def ask(bob: Any, signal: Signal) -> OwnEvaluation:
    taken = triage.take_up(actor=bob, signal=signal)
    due_on = timezone.localdate() + timedelta(days=10)
    return ask_evaluation(actor=bob, signal=taken, question="Wat gebeurde er?", due_on=due_on)


def test_another_organisation_finds_nothing(client_of: Any, pia: Any, sent: Signal, shelter: Any, bob: Any) -> None:
    asked = ask(bob, sent)
    other = type(pia).objects.create(username="otto", role="organisation")
    OrganisationAccount.objects.create(user=other, organisation=shelter, since=timezone.localdate())
    client = client_of(other)
    addresses = [
        reverse("signals:notification", args=[sent.pk]),
        reverse("signals:notification-add", args=[sent.pk]),
        step_url(sent, "report-closing"),
        asked.get_absolute_url(),
        reverse("signals:evaluation-step", args=[asked.pk, "hand_in"]),
    ]
    for address in addresses:
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"text": "x"}).status_code in (404, 405), address
    assert sent.subject not in client.get(reverse("signals:portal")).text


@pytest.mark.parametrize("who", ["bob", "dave", "erin", "pia"])
def test_only_organisations_have_a_portal(
    who: str, request: pytest.FixtureRequest, client_of: Any, sent: Signal
) -> None:
    client = client_of(request.getfixturevalue(who))
    for address in (
        reverse("signals:portal"),
        reverse("signals:notification-new"),
        reverse("signals:notification", args=[sent.pk]),
    ):
        assert client.get(address).status_code == 403, address


def test_somebody_who_speaks_for_nobody_cannot_notify(client_of: Any, olga: Any) -> None:
    client = client_of(olga)
    assert client.get(reverse("signals:portal")).status_code == 200
    client.post(reverse("signals:notification-new"), values())
    assert not Signal.objects.exists()


def test_an_account_of_two_organisations_chooses(client_of: Any, spokeswoman: Any, prison: Any, shelter: Any) -> None:
    OrganisationAccount.objects.create(user=spokeswoman, organisation=shelter, since=timezone.localdate())
    client = client_of(spokeswoman)
    refused = client.post(reverse("signals:notification-new"), values())
    assert refused.status_code == 422
    assert "organisation" in refused.context["form"].errors
    client.post(reverse("signals:notification-new"), values(organisation=shelter.pk))
    assert Signal.objects.get().organisation == shelter


def test_what_is_wrong_stands_at_its_field(client_of: Any, spokeswoman: Any) -> None:
    client = client_of(spokeswoman)
    tomorrow = timezone.now() + timedelta(days=1)
    for wrong, field in (
        ({"subject": ""}, "subject"),
        ({"category": ""}, "category"),
        ({"discovered_at": in_form(tomorrow)}, "discovered_at"),
        ({"phoned_at": in_form(tomorrow)}, "phoned_at"),
        ({"category": "jeugd-geweld", "discovered_at": "2013-05-01T10:00"}, "category"),
    ):
        answer = client.post(reverse("signals:notification-new"), values(**wrong))
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
    assert not Signal.objects.exists()


def test_a_draft_edited_by_two_is_not_overwritten(client_of: Any, spokeswoman: Any, draft: Signal) -> None:
    client = client_of(spokeswoman)
    client.post(step_url(draft, "edit"), values(subject="Eerste", revision=draft.revision))
    second = client.post(step_url(draft, "edit"), values(subject="Tweede", revision=draft.revision))
    assert second.status_code == 422
    draft.refresh_from_db()
    assert draft.subject == "Eerste"


def test_sending_in_needs_what_happened_and_says_so(client_of: Any, spokeswoman: Any, draft: Signal) -> None:
    Signal.objects.filter(pk=draft.pk).update(text="")
    refused = client_of(spokeswoman).post(step_url(draft, "submit"), {"revision": draft.revision})
    assert refused.status_code == 422
    draft.refresh_from_db()
    assert draft.state == SignalState.DRAFT


def test_a_draft_thrown_away_can_be_opened_no_more_steps(client_of: Any, spokeswoman: Any, draft: Signal) -> None:
    client = client_of(spokeswoman)
    client.post(step_url(draft, "discard"), {"revision": draft.revision})
    draft.refresh_from_db()
    assert draft.state == SignalState.DISCARDED
    assert client.post(step_url(draft, "submit"), {"revision": draft.revision}).status_code in (302, 404)
    draft.refresh_from_db()
    assert draft.state == SignalState.DISCARDED


def test_additions_answers_and_the_closing_report(client_of: Any, spokeswoman: Any, bob: Any, sent: Signal) -> None:
    client, add = client_of(spokeswoman), reverse("signals:notification-add", args=[sent.pk])
    client.post(add, {"text": "Nog dit.", "submission": str(uuid.uuid4())})
    assert client.post(add, {"text": " "}).status_code == 422
    taken = triage.take_up(actor=bob, signal=sent)
    triage.ask_sender(actor=bob, signal=taken, question="Hoe laat was het?")
    assert "Hoe laat was het?" in client.get(add).text
    client.post(add, {"text": "Om drie uur.", "submission": str(uuid.uuid4())})
    sent.refresh_from_db()
    assert sent.state == SignalState.IN_TRIAGE
    page = client.get(reverse("signals:notification", args=[sent.pk])).text
    assert "Nog dit." in page
    assert "Om drie uur." in page
    assert "Bob" not in page, "the organisation reads the inspectorate, not the name of who handles it"
    client.post(step_url(sent, "report-closing"), {"text": "Zo liep het af."})
    assert client.post(step_url(sent, "report-closing"), {"text": "Toch anders."}).status_code == 422
    sent.notification.refresh_from_db()
    assert sent.notification.closing_report == "Zo liep het af."


@pytest.mark.parametrize(
    ("one", "other"),
    [(("weighing", ""), ("in_triage", "")), (("closed", "investigation"), ("closed", "added"))],
)
def test_an_organisation_does_not_read_what_is_being_weighed(
    client_of: Any, spokeswoman: Any, sent: Signal, one: tuple[str, str], other: tuple[str, str]
) -> None:
    client, address = client_of(spokeswoman), reverse("signals:notification", args=[sent.pk])
    pages = []
    for state, outcome in (one, other):
        Signal.objects.filter(pk=sent.pk).update(state=state, outcome=outcome)
        pages.append(re.sub(r'csrf\S*Token": "\w+"|value="\w{64}"', "", client.get(address).text, flags=re.IGNORECASE))
    assert pages[0] == pages[1]


def test_the_number_of_queries_does_not_grow_with_the_notifications(
    client_of: Any, spokeswoman: Any, prison: Any, bob: Any
) -> None:
    client, counts = client_of(spokeswoman), []
    for number in (1, 4):
        for _ in range(number):
            given = values() | {"discovered_at": timezone.now()}
            made = notifying.start_notification(actor=spokeswoman, organisation=prison, values=given)
            ask(bob, notifying.submit_notification(actor=spokeswoman, signal=made))
        client.get(reverse("signals:portal"))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(reverse("signals:portal"))
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_no_word_of_an_organisation_is_in_an_event(client_of: Any, spokeswoman: Any, bob: Any) -> None:
    client = client_of(spokeswoman)
    words = dict.fromkeys(("subject", "text", "place", "people_involved", "first_measures", "sender_reference"), CANARY)
    client.post(reverse("signals:notification-new"), values(**words))
    signal = Signal.objects.get()
    client.post(step_url(signal, "submit"), {"revision": signal.revision})
    client.post(reverse("signals:notification-add", args=[signal.pk]), {"text": CANARY})
    asked = ask(bob, signal)
    client.post(reverse("signals:evaluation-step", args=[asked.pk, "hand_in"]), {"text": CANARY})
    client.post(step_url(signal, "report-closing"), {"text": CANARY})
    told = Event.objects.filter(object_type__startswith="signals.")
    assert told.count() >= 7
    for event in told:
        assert CANARY not in f"{event.before}{event.after}{event.reason}{event.object_label}"


@pytest.fixture
def _store_of_its_own(settings: Any, tmp_path: Any) -> None:
    settings.ZICHTLIJN_FILES = tmp_path / "files"


@pytest.mark.usefixtures("_store_of_its_own")
def test_files_go_along_with_a_draft_an_addition_and_an_own_evaluation(
    client_of: Any, spokeswoman: Any, bob: Any
) -> None:
    client = client_of(spokeswoman)
    client.post(reverse("signals:notification-new"), values(files=[pdf("een.pdf"), pdf("fout.pdf")]))
    signal = Signal.objects.get()
    assert not SignalAttachment.objects.visible_to(bob).exists(), "files of a draft are the writer's own"
    wrong = signal.attachments.get(name="fout.pdf")
    remove = reverse("signals:notification-remove-file", args=[signal.pk, wrong.uid])
    client.post(remove)
    client.post(step_url(signal, "edit"), values(revision=signal.revision, files=[pdf("twee.pdf")]))
    signal.refresh_from_db()
    client.post(step_url(signal, "submit"), {"revision": signal.revision})
    left = signal.attachments.get(name="een.pdf")
    client.post(reverse("signals:notification-remove-file", args=[signal.pk, left.uid]))
    client.post(reverse("signals:notification-add", args=[signal.pk]), {"text": "Zie.", "files": [pdf("drie.pdf")]})
    asked = ask(bob, signal)
    hand_in = reverse("signals:evaluation-step", args=[asked.pk, "hand_in"])
    client.post(hand_in, {"text": "Zie de bijlage.", "files": [pdf("vier.pdf")]})
    named = {"een.pdf", "twee.pdf", "drie.pdf", "vier.pdf"}
    assert {file.name for file in SignalAttachment.objects.visible_to(bob)} == named
    assert {file.name for file in SignalAttachment.objects.visible_to(spokeswoman)} == named
    assert "vier.pdf" in client.get(asked.get_absolute_url()).text
    assert "drie.pdf" in client.get(reverse("signals:notification", args=[signal.pk])).text


@pytest.mark.usefixtures("_store_of_its_own")
def test_a_file_of_an_unknown_kind_is_refused_at_its_field_and_nothing_is_kept(
    client_of: Any, spokeswoman: Any
) -> None:
    refused = client_of(spokeswoman).post(
        reverse("signals:notification-new"), values(files=[SimpleUploadedFile("foto.jpg", b"<svg/>")])
    )
    assert refused.status_code == 422
    assert "foto.jpg" in str(refused.context["form"].errors["files"])
    assert not Signal.objects.exists()


@pytest.mark.usefixtures("_store_of_its_own")
def test_a_disk_that_is_full_is_said_and_leaves_nothing_half(
    client_of: Any, spokeswoman: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zichtlijn.supervision.signals.intake.keep", full)
    refused = client_of(spokeswoman).post(reverse("signals:notification-new"), values(files=[pdf("een.pdf")]))
    assert refused.status_code == 422
    assert "files" in refused.context["form"].errors
    assert not Signal.objects.exists()


def test_a_request_that_is_far_too_large_is_refused_before_it_is_read(
    client_of: Any, spokeswoman: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MOST_OF_REQUEST", 100)
    refused = client_of(spokeswoman).post(reverse("signals:notification-new"), values())
    assert refused.status_code == 413
    assert not Signal.objects.exists()


def test_a_form_from_elsewhere_is_refused(spokeswoman: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(spokeswoman, backend="zichtlijn.platform.accounts.backends.LocalAccounts")
    assert client.post(reverse("signals:notification-new"), values()).status_code == 403
    assert not Signal.objects.exists()


def pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pictures.PDF + name.encode(), "application/pdf")


def test_the_queries_of_a_notification_do_not_grow_with_what_was_said(
    client_of: Any, spokeswoman: Any, sent: Signal
) -> None:
    client, counts = client_of(spokeswoman), []
    for number in (1, 4):
        for turn in range(number):
            notifying.add_to_notification(actor=spokeswoman, signal=sent, text=f"Nog iets {turn}.")
        client.get(reverse("signals:notification", args=[sent.pk]))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("signals:notification", args=[sent.pk]))
        counts.append(len(caught))
    assert counts[0] == counts[1]
