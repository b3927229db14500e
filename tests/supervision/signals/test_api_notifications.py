"""What an organisation does through the API with its own notifications, and that it sees nothing else."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.supervision.signals.api_calling import Caller, notification
from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field.models import OrganisationAccount
from zichtlijn.supervision.signals.actions import evaluating, triage
from zichtlijn.supervision.signals.models import (
    EvaluationState,
    Message,
    OwnEvaluation,
    Signal,
    SignalAttachment,
    SignalState,
)

LONG_AGO = base64.urlsafe_b64encode(b"0001-01-01T00:00:00+02:00|5").decode().rstrip("=")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]


@pytest.fixture
def caller(spokeswoman: Any) -> Caller:
    return Caller(spokeswoman)


@pytest.fixture
def other(pia: Any, shelter: Any) -> Caller:
    """Somebody who speaks for another organisation."""
    pia.role = "organisation"
    pia.save()
    OrganisationAccount.objects.create(user=pia, organisation=shelter, since="2020-01-01")
    return Caller(pia)


@pytest.fixture
def sent(caller: Caller) -> Signal:
    assert caller.post("meldingen", notification("A-1")).status_code == 201
    return Signal.objects.get()


def test_a_notification_is_received_at_once(caller: Caller, bob: Any) -> None:
    response = caller.post("meldingen", notification("A-1"), key="k1")
    assert response.status_code == 201, response.content
    signal = Signal.objects.visible_to(bob).get()
    told = response.json()
    assert (told["kenmerk"], told["toestand"], told["teLaat"]) == (signal.reference, "ontvangen", False)
    assert told["uiterlijkMelden"] is not None


def test_the_same_notification_again_is_the_same_one(caller: Caller) -> None:
    item = notification("A-1")
    first, again = (caller.post("meldingen", item, key="k1") for _time in range(2))
    assert again.content == first.content
    without_key = caller.post("meldingen", item)
    assert without_key.status_code == 200
    assert without_key.json() == first.json()
    assert caller.post("meldingen", item | {"omschrijving": "Anders."}).status_code == 409
    assert Signal.objects.count() == 1


def test_without_a_reference_and_a_key_nobody_could_tell_it_from_the_same_sent_again(caller: Caller) -> None:
    assert caller.post("meldingen", notification()).status_code == 400
    first, again = (caller.post("meldingen", notification(ontdektOp="2026-01-05T10:00:00Z"), key="k1") for _i in "ab")
    assert (first.status_code, again.content) == (201, first.content)
    assert Signal.objects.count() == 1


def test_all_faults_come_at_once_and_the_key_is_free_again(caller: Caller) -> None:
    wrong = notification("A-1", ontdektOp="2026-01-01T10:00:00", omschrijving=" ", kleur="rood")
    response = caller.post("meldingen", wrong, key="k1")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    places = {fault["location"]["pointer"] for fault in response.json()["errors"]}
    assert places == {"/ontdektOp", "/omschrijving", "/kleur"}
    assert caller.post("meldingen", notification("A-1"), key="k1").status_code == 201


def test_what_the_rules_refuse_is_told_under_the_names_of_the_api(caller: Caller) -> None:
    to_come = (timezone.now() + timedelta(days=1)).isoformat()
    response = caller.post("meldingen", notification("A-1", ontdektOp=to_come))
    assert response.status_code == 422
    assert [fault["location"]["pointer"] for fault in response.json()["errors"]] == ["/ontdektOp"]
    assert not Signal.objects.exists()


def test_an_organisation_cannot_name_another_one(caller: Caller, shelter: Any) -> None:
    assert caller.post("meldingen", notification("A-1", organisatie=shelter.pk)).status_code == 422
    assert not Signal.objects.exists()


def test_one_reads_back_what_one_sent(caller: Caller, sent: Signal) -> None:
    listed = caller.get("meldingen").json()
    assert [line["kenmerk"] for line in listed["meldingen"]] == [sent.reference]
    assert listed["volgende"] is None
    whole = caller.get(f"meldingen/{sent.reference}").json()
    assert (whole["omschrijving"], whole["eigenKenmerk"]) == (sent.text, "A-1")


def test_another_organisation_finds_nothing_of_it(other: Caller, sent: Signal, bob: Any, prison: Any) -> None:
    triage.take_up(actor=bob, signal=sent)
    due_on = timezone.localdate() + timedelta(days=7)
    evaluating.ask_evaluation(actor=bob, signal=sent, question="Wat?", due_on=due_on)
    before = Event.objects.count(), Message.objects.count()
    assert other.get("meldingen").json()["meldingen"] == []
    address = f"meldingen/{sent.reference}"
    answers = [
        other.get(address),
        other.get(f"{address}/eigen-evaluaties"),
        other.post(f"{address}/aanvullingen", {"tekst": "Hallo"}),
        other.post(f"{address}/eigen-evaluaties", {"tekst": "Hallo"}),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert not any(sent.subject.encode() in answer.content for answer in answers)
    assert (Event.objects.count(), Message.objects.count()) == before


@pytest.mark.parametrize("reference", ["M-2020-0000001", "1", "S-2026-0000001", "x", "M-2026-99999999999999999999"])
def test_only_the_exact_reference_opens_it(caller: Caller, sent: Signal, reference: str) -> None:
    assert caller.get(f"meldingen/{reference}").status_code == 404


def test_an_organisation_does_not_see_signals_about_it(caller: Caller, came_in: Any, prison: Any) -> None:
    about = came_in(organisation=prison)
    assert caller.get("meldingen").json()["meldingen"] == []
    assert caller.get(f"meldingen/{about.reference}").status_code == 404
    assert caller.get("signalen").status_code == 403


def test_the_lists_go_on_by_place(caller: Caller) -> None:
    items = [notification(f"A-{number}") for number in range(5)]
    caller.post("meldingreeksen", {"meldingen": items}, key="k1")
    seen, address, pages = [], "meldingen?aantal=2", 0
    while address:
        told = caller.get(address).json()
        seen += [line["eigenKenmerk"] for line in told["meldingen"]]
        address, pages = told["volgende"], pages + 1
    assert sorted(seen) == [f"A-{number}" for number in range(5)]
    assert pages == 3


@pytest.mark.parametrize(
    "asked", ["aantal=0", "aantal=201", "aantal=x", "na=x", "na=é", f"na={LONG_AGO}", "toestand=weg"]
)
def test_a_wrong_parameter_is_said(caller: Caller, asked: str) -> None:
    response = caller.get(f"meldingen?{asked}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["location"] == {"name": asked.partition("=")[0]}


def test_a_question_is_answered_once(caller: Caller, sent: Signal, bob: Any) -> None:
    triage.take_up(actor=bob, signal=sent)
    triage.ask_sender(actor=bob, signal=sent, question="Hoe gaat het nu?")
    whole = caller.get(f"meldingen/{sent.reference}").json()
    assert whole["toestand"] == "vraag-aan-u"
    assert [(said["van"], said["vraagtAntwoord"]) for said in whole["berichten"]] == [("inspectie", True)]
    address = f"meldingen/{sent.reference}/aanvullingen"
    first, again = (caller.post(address, {"tekst": "Beter."}, key="k2") for _time in range(2))
    assert (first.status_code, again.content) == (201, first.content)
    sent.refresh_from_db()
    assert sent.state == SignalState.IN_TRIAGE
    assert Message.objects.filter(direction="from_organisation").count() == 1
    assert caller.post(address, {"tekst": " "}).status_code == 400


def with_files(caller: Caller, sent: Signal, key: str, *files: Any, **more: Any) -> Any:
    body = {"tekst": "Zie de bijlagen.", "bijlagen": list(files)} | more
    headers = caller.headers | {"idempotency-key": key}
    return Client().post(f"/api/v1/meldingen/{sent.reference}/aanvullingen", body, headers=headers)


def note(text: bytes = b"Wat er gebeurde.", name: str = "verslag.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text, "text/plain")


def test_files_come_along_once(caller: Caller, sent: Signal) -> None:
    first = with_files(caller, sent, "k1", note(), note(b"Nog iets.", "meer.txt"))
    again = with_files(caller, sent, "k1", note(), note(b"Nog iets.", "meer.txt"))
    assert (first.status_code, again.content) == (201, first.content), first.content
    assert [each.name for each in SignalAttachment.objects.all()] == ["verslag.txt", "meer.txt"]
    assert {each.file.sha256 for each in SignalAttachment.objects.all()} == {
        hashlib.sha256(text).hexdigest() for text in (b"Wat er gebeurde.", b"Nog iets.")
    }
    assert with_files(caller, sent, "k1", note(b"Anders.")).status_code == 422


def test_a_file_that_is_refused_leaves_nothing(caller: Caller, sent: Signal) -> None:
    for wrong in (note(b"<svg onload=x>", "x.svg"), "not a file"):
        answer = with_files(caller, sent, "k1", wrong)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["location"] == {"pointer": "/bijlagen"}
    assert with_files(caller, sent, "k1", note(), kleur="rood").status_code == 400
    assert not Message.objects.exists()
    assert not SignalAttachment.objects.exists()


def test_far_too_much_is_refused_before_it_is_read(caller: Caller, sent: Signal, monkeypatch: Any) -> None:
    monkeypatch.setattr("zichtlijn.supervision.signals.intake.MOST_OF_REQUEST", 100)
    assert with_files(caller, sent, "k1", note(b"x" * 200)).status_code == 413


def test_that_an_investigation_is_weighed_is_not_told(caller: Caller, sent: Signal) -> None:
    Signal.objects.update(state=SignalState.WEIGHING)
    assert caller.get("meldingen").json()["meldingen"][0]["toestand"] == "in-behandeling"
    Signal.objects.update(state=SignalState.CLOSED, outcome="investigation")
    told = caller.get(f"meldingen/{sent.reference}").json()
    assert (told["toestand"], told["uitkomst"]) == ("gesloten", "meegenomen")


def test_an_own_evaluation_is_handed_in(caller: Caller, sent: Signal, bob: Any) -> None:
    triage.take_up(actor=bob, signal=sent)
    due_on = timezone.localdate() + timedelta(days=7)
    evaluating.ask_evaluation(actor=bob, signal=sent, question="Wat ging er mis?", due_on=due_on)
    address = f"meldingen/{sent.reference}/eigen-evaluaties"
    (asked,) = caller.get(address).json()["eigenEvaluaties"]
    assert (asked["vraag"], asked["toestand"]) == ("Wat ging er mis?", "gevraagd")
    assert caller.post(address, {"tekst": ""}).status_code == 400
    first, again = (caller.post(address, {"tekst": "Dit."}, key="k3") for _time in range(2))
    assert (first.status_code, again.content) == (201, first.content)
    assert OwnEvaluation.objects.get().state == EvaluationState.HANDED_IN
    assert caller.post(address, {"tekst": "Nog eens."}).status_code == 422
    assert caller.post(address, {"tekst": "Nog eens.", "nummer": asked["nummer"]}).status_code == 409


def test_an_evaluation_about_a_citizens_signal_shows_nothing_of_the_signal(
    caller: Caller, came_in: Any, prison: Any, bob: Any
) -> None:
    signal = came_in(organisation=prison, state=SignalState.IN_TRIAGE, subject="kanarie", text="kanarie")
    due_on = timezone.localdate() + timedelta(days=7)
    evaluating.ask_evaluation(actor=bob, signal=signal, question="Wat?", due_on=due_on)
    response = caller.get(f"meldingen/{signal.reference}/eigen-evaluaties")
    assert [each["vraag"] for each in response.json()["eigenEvaluaties"]] == ["Wat?"]
    assert b"kanarie" not in response.content
    assert caller.get(f"meldingen/{signal.reference}").status_code == 404


def test_the_categories_of_a_day(caller: Caller) -> None:
    today = caller.get("meldcategorieen").json()["meldcategorieen"]
    one = next(row for row in today if row["code"] == "jeugd-calamiteit")
    assert one["termijn"] == {"aantal": 3, "eenheid": "werkdagen"}
    before = caller.get("meldcategorieen?datum=2016-05-02").json()["meldcategorieen"]
    assert next(row for row in before if row["code"] == "jeugd-calamiteit")["termijn"] is None
    assert caller.get("meldcategorieen?datum=gisteren").status_code == 400
    english = caller.get("meldcategorieen", **{"accept-language": "en"}).json()["meldcategorieen"]
    assert {row["naam"] for row in english} != {row["naam"] for row in today}
