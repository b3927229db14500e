"""Own evaluations, weighings, incident files and drafts through the API. All pairs: tests/project/test_steps.py."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.supervision.signals.api_calling import Caller, notification
from zichtlijn.platform.casefiles.models import FileAccess, Reading
from zichtlijn.supervision.signals.actions import incidents, weighing
from zichtlijn.supervision.signals.models import IncidentWeighing, OwnEvaluation, Signal, SignalState

pytestmark = pytest.mark.django_db
FOUND = {
    name: {"score": 2, "onderbouwing": f"Over {name}."}
    for name in ("feiten", "oorzaken", "betrokkenen", "maatregelen", "leren")
}


@pytest.fixture
def evaluation(came_in: Any, prison: Any) -> OwnEvaluation:
    """Handed in, and not judged yet."""
    signal = came_in(organisation=prison, state=SignalState.IN_TRIAGE)
    due_on = timezone.localdate() + timedelta(days=5)
    return OwnEvaluation.objects.create(
        signal=signal, organisation=prison, question="Wat?", due_on=due_on, text="Verslag", state="handed_in"
    )


def address_of(evaluation: OwnEvaluation) -> str:
    return f"signalen/{evaluation.signal.reference}/eigen-evaluaties/{evaluation.pk}"


def test_an_evaluation_is_judged_by_every_norm(evaluation: OwnEvaluation, bob: Any) -> None:
    body = {"stap": "beoordelen", "bevindingen": FOUND, "oordeel": "Overtuigend."}
    answer = Caller(bob).post(f"{address_of(evaluation)}/stappen", body)
    assert answer.status_code == 200, answer.content
    told = Caller(bob).get(address_of(evaluation)).json()
    assert told == answer.json()
    assert (told["toestand"], told["oordeel"], told["stappen"]) == ("beoordeeld", "Overtuigend.", ["heropenen"])
    assert told["bevindingen"] == FOUND
    signal = evaluation.signal.reference
    assert Caller(bob).get(f"signalen/{signal}/eigen-evaluaties").json() == {"eigenEvaluaties": [told]}


def test_a_finding_without_evidence_is_pointed_at(evaluation: OwnEvaluation, bob: Any) -> None:
    address = f"{address_of(evaluation)}/stappen"
    body = {"stap": "beoordelen", "oordeel": "Goed.", "bevindingen": FOUND | {"leren": {"score": 4}}}
    refused = Caller(bob).post(address, body)
    assert refused.status_code == 400
    places = {fault["location"]["pointer"] for fault in refused.json()["errors"]}
    assert places == {"/bevindingen/leren/score", "/bevindingen/leren/onderbouwing"}
    body = {"stap": "beoordelen", "oordeel": "Goed.", "bevindingen": FOUND | {"leren": {"score": 1}, "moed": {}}}
    assert Caller(bob).post(address, body).status_code == 400
    evaluation.refresh_from_db()
    assert (evaluation.state, evaluation.norms.count()) == ("handed_in", 0)


def test_a_step_that_the_state_does_not_allow_is_told_in_the_words_of_the_api(
    evaluation: OwnEvaluation, bob: Any
) -> None:
    body = {"stap": "intrekken", "reden": "Daarom."}
    answer = Caller(bob).post(f"{address_of(evaluation)}/stappen", body)
    assert answer.status_code == 409
    assert "intrekken" in answer.json()["detail"]
    assert "ingeleverd" in answer.json()["detail"]


def test_an_evaluation_is_found_with_its_own_signal_only(evaluation: OwnEvaluation, came_in: Any, bob: Any) -> None:
    other = came_in(organisation=evaluation.organisation)
    for wrong in (f"signalen/{other.reference}/eigen-evaluaties/{evaluation.pk}", f"{address_of(evaluation)}0", "x"):
        assert Caller(bob).get(wrong).status_code == 404


def test_what_is_about_a_restricted_signal_is_for_named_people_and_leaves_a_reading(
    evaluation: OwnEvaluation, bob: Any, bart: Any
) -> None:
    signal = evaluation.signal
    weighed = IncidentWeighing.objects.create(signal=signal, added_value="kanarie")
    Signal.objects.filter(pk=signal.pk).update(access="restricted", audience="")
    signal.refresh_from_db()
    signal.save()
    FileAccess.objects.create(file_key=signal.file_key, user=bob, purpose="Onderzoek")
    addresses = [address_of(evaluation), f"incidentwegingen/{weighed.pk}", "incidentwegingen"]
    hidden = [Caller(bart).get(address) for address in addresses]
    assert [answer.status_code for answer in hidden] == [404, 404, 200]
    assert hidden[2].json()["incidentwegingen"] == []
    steps = [(addresses[0], {"stap": "heropenen", "reden": "x"}), (addresses[1], {"stap": "voorleggen", "revisie": 1})]
    assert [Caller(bart).post(f"{at}/stappen", body).status_code for at, body in steps] == [404, 404]
    assert not Reading.objects.exists()
    for number, address in enumerate(addresses, start=1):
        assert Caller(bob).get(address).status_code == 200
        assert Reading.objects.filter(kind="api", purpose="Onderzoek").count() >= number


def test_a_weighing_is_scored_in_parts_and_decided_by_somebody_else(came_in: Any, alice: Any, carol: Any) -> None:
    signal = came_in(state=SignalState.IN_TRIAGE)
    weighed = weighing.start_weighing(actor=alice, about=signal)
    maker, address = Caller(alice), f"incidentwegingen/{weighed.pk}"
    assert maker.get(address).json()["stappen"] == [
        *("scoren", "onderbouwing-koppelen", "onderbouwing-ontkoppelen", "voorleggen", "stoppen"),
    ]
    score = {"score": 3, "onderbouwing": "Zie het verslag."}
    first = maker.post(
        f"{address}/stappen",
        {"stap": "scoren", "revisie": 1, "scores": {"ernst": score}, "meerwaarde": "Ja.", "titel": "Brand"},
    ).json()
    assert (first["scores"], first["revisie"]) == ({"ernst": score}, 2)
    missing = maker.post(f"{address}/stappen", {"stap": "voorleggen", "revisie": 2})
    assert missing.status_code == 422
    assert len(missing.json()["errors"]) == 3
    rest = {"zelfreflectie": score, "stelsel": score}
    body = {"stap": "scoren", "revisie": 2, "scores": rest, "zonderEvaluatie": "Haast."}
    second = maker.post(f"{address}/stappen", body).json()
    assert (set(second["scores"]), second["meerwaarde"]) == ({"ernst", "zelfreflectie", "stelsel"}, "Ja.")
    assert maker.post(f"{address}/stappen", {"stap": "voorleggen", "revisie": 2}).status_code == 409
    assert maker.post(f"{address}/stappen", {"stap": "voorleggen", "revisie": 3}).status_code == 200
    assert maker.post(f"{address}/stappen", body | {"revisie": 4}).status_code == 409
    decision = {"stap": "niet-onderzoeken", "revisie": 4, "reden": "Geen meerwaarde."}
    assert maker.post(f"{address}/stappen", decision).status_code == 403
    decided = Caller(carol).post(f"{address}/stappen", decision).json()
    assert (decided["toestand"], decided["reden"], decided["stappen"]) == ("geen-onderzoek", "Geen meerwaarde.", [])
    signal.refresh_from_db()
    assert signal.state == SignalState.IN_TRIAGE


def test_evidence_without_a_score_is_pointed_at(came_in: Any, bob: Any) -> None:
    weighed = weighing.start_weighing(actor=bob, about=came_in(state=SignalState.IN_TRIAGE))
    body = {"stap": "scoren", "revisie": 1, "scores": {"stelsel": {"score": None, "onderbouwing": "Zie."}}}
    answer = Caller(bob).post(f"incidentwegingen/{weighed.pk}/stappen", body)
    assert answer.status_code == 422
    assert [each["location"]["pointer"] for each in answer.json()["errors"]] == ["/scores/stelsel/score"]


def test_an_incident_file_is_weighed_and_closes(came_in: Any, prison: Any, bob: Any) -> None:
    signal = came_in(organisation=prison)
    incident = incidents.open_incident(actor=bob, title="Brand", signals=[signal])
    caller, address = Caller(bob), f"incidentdossiers/{incident.pk}"
    (line,) = caller.get("incidentdossiers?toestand=open").json()["incidentdossiers"]
    assert (line["titel"], line["kenmerk"]) == ("Brand", str(incident))
    assert caller.get(address).json()["signalen"] == [signal.reference]
    begun = caller.post(f"{address}/stappen", {"stap": "incidentweging-beginnen", "revisie": incident.revision}).json()
    (number,) = begun["incidentwegingen"]
    weighed = caller.get(f"incidentwegingen/{number}").json()
    assert weighed["over"] == {"signaal": None, "incidentdossier": incident.pk}
    closing = {"stap": "sluiten", "revisie": begun["revisie"]}
    assert caller.post(f"{address}/stappen", closing).status_code == 422
    stopped = {"stap": "stoppen", "revisie": weighed["revisie"], "reden": "Al bekend."}
    assert caller.post(f"incidentwegingen/{number}/stappen", stopped).json()["toestand"] == "gestopt"
    closed = caller.post(f"{address}/stappen", closing).json()
    assert (closed["toestand"], closed["stappen"]) == ("gesloten", ["heropenen"])
    again = {"stap": "incidentweging-beginnen", "revisie": closed["revisie"]}
    assert caller.post(f"{address}/stappen", again).status_code == 409


@pytest.mark.parametrize("address", ["incidentwegingen", "incidentdossiers"])
def test_the_number_of_queries_of_a_list_does_not_grow(came_in: Any, bob: Any, prison: Any, address: str) -> None:
    caller = Caller(bob)

    def one_more() -> None:
        signal = came_in(organisation=prison, state=SignalState.IN_TRIAGE)
        incidents.open_incident(actor=None, title="Brand", signals=[signal])
        weighing.start_weighing(actor=None, about=signal)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert caller.get(address).status_code == 200
        return len(captured)

    one_more()
    queries()
    few = queries()
    for _each in range(5):
        one_more()
    assert queries() == few
    assert caller.get(f"{address}?toestand=weg").status_code == 400


def test_a_draft_is_seen_by_nobody_else_until_it_is_sent_in(categories: None, spokeswoman: Any, bob: Any) -> None:
    caller = Caller(spokeswoman)
    item = notification("A-1", omschrijving="")
    first, again = (caller.post("meldingconcepten", item, key="k1") for _time in range(2))
    assert (first.status_code, again.content) == (201, first.content)
    draft = first.json()
    assert (draft["toestand"], draft["stappen"]) == ("concept", ["insturen", "weggooien"])
    assert not Signal.objects.visible_to(bob).exists()
    address = f"meldingen/{draft['kenmerk']}/stappen"
    empty = caller.post(address, {"stap": "insturen", "revisie": draft["revisie"]})
    assert empty.status_code == 422
    assert [each["location"]["pointer"] for each in empty.json()["errors"]] == ["/omschrijving"]
    Signal.objects.update(text="Een jeugdige viel.")
    assert caller.post(address, {"stap": "insturen", "revisie": 9}).status_code == 409
    sent = caller.post(address, {"stap": "insturen", "revisie": draft["revisie"]}).json()
    assert (sent["toestand"], sent["revisie"], sent["stappen"]) == ("ontvangen", None, [])
    assert sent["eindmeldingUiterlijk"] is not None
    assert Signal.objects.visible_to(bob).get().reference == draft["kenmerk"]
    assert caller.post(address, {"stap": "weggooien", "revisie": 2}).status_code == 409


def test_a_draft_needs_a_reference_or_a_key_and_an_organisation_of_ones_own(
    categories: None, spokeswoman: Any, shelter: Any
) -> None:
    caller = Caller(spokeswoman)
    assert caller.post("meldingconcepten", notification()).status_code == 400
    assert caller.post("meldingconcepten", notification("A-1", organisatie=shelter.pk)).status_code == 422
    assert caller.post("meldingconcepten", notification("A-1")).status_code == 201
    assert caller.post("meldingconcepten", notification("A-1")).status_code == 422
    assert Signal.objects.count() == 1
