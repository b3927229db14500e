"""The weighing of an incident: evidence, an own evaluation judged or not awaited, and a decision by somebody else."""

from __future__ import annotations

import html

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from zichtlijn.platform.events.models import Event
from zichtlijn.platform.events.transitions import StepRefused
from zichtlijn.supervision.programme.models import Activity, Perspective, Programme
from zichtlijn.supervision.signals.actions import weighing as actions
from zichtlijn.supervision.signals.models import IncidentWeighing, OwnEvaluation
from zichtlijn.supervision.signals.norms import INCIDENT_CRITERIA

EVIDENCE = {code: (2, f"Zie bijlage bij {code}") for code in INCIDENT_CRITERIA}
WORDS = {
    "added_value": "Niemand anders ziet de keten als geheel.",
    "without_evaluation": "De organisatie bestaat niet meer.",
    "proposed_title": "Overlijdens na uitplaatsing",
}


@pytest.fixture
def programme(db):
    """The decided programme of this year."""
    year = timezone.localdate().year
    perspective = Perspective.objects.create(title="Perspectief", first_year=year, last_year=year)
    return Programme.objects.create(
        title="Programma", year=year, slug=str(year), perspective=perspective, state="decided"
    )


@pytest.fixture
def weighing(bob, came_in, prison):
    """Begun by Bob about a signal in triage."""
    signal = came_in(state="in_triage", organisation=prison, subject="Val in de doucheruimte")
    return actions.start_weighing(actor=bob, about=signal)


@pytest.fixture
def submitted(bob, weighing):
    """Scored and laid before who decides."""
    actions.score(actor=bob, weighing=weighing, scores=EVIDENCE, words=WORDS)
    return actions.submit_weighing(actor=bob, weighing=weighing)


def url(weighing, step=""):
    return reverse("signals:weighing-step", args=[weighing.pk, step]) if step else weighing.get_absolute_url()


def test_a_signal_that_is_weighed_waits_for_its_weighing(weighing, bob):
    assert weighing.signal.state == "weighing"
    assert list(weighing.makers.all()) == [bob]
    with pytest.raises(StepRefused):
        actions.start_weighing(actor=bob, about=weighing.signal)


def test_a_signal_that_nobody_took_up_is_not_weighed(bob, came_in):
    with pytest.raises(StepRefused):
        actions.start_weighing(actor=bob, about=came_in())


@pytest.mark.parametrize(
    ("score", "evidence", "wrong"), [(2, " ", "impact_evidence"), (None, "Gezien", "impact_score")]
)
def test_a_score_and_its_evidence_go_together(weighing, bob, score, evidence, wrong):
    with pytest.raises(ValidationError) as refused:
        actions.score(actor=bob, weighing=weighing, scores={"impact": (score, evidence)})
    assert list(refused.value.message_dict) == [wrong]
    assert not weighing.scores.exists()


def test_a_score_that_is_taken_back_is_gone(weighing, bob):
    actions.score(actor=bob, weighing=weighing, scores=EVIDENCE)
    actions.score(actor=bob, weighing=weighing, scores={"impact": (None, "")})
    assert set(weighing.scores.values_list("criterion", flat=True)) == set(INCIDENT_CRITERIA) - {"impact"}


def test_what_is_not_complete_is_not_laid_before_who_decides(weighing, bob):
    with pytest.raises(ValidationError) as refused:
        actions.submit_weighing(actor=bob, weighing=weighing)
    assert len(refused.value.messages) == 5
    weighing.refresh_from_db()
    assert weighing.state == "open"


@pytest.mark.parametrize(
    ("states", "enough"), [(["judged"], True), (["handed_in"], False), (["judged", "asked"], False)]
)
def test_an_own_evaluation_is_judged_or_it_is_said_why_not(weighing, bob, states, enough):
    for state in states:
        OwnEvaluation.objects.create(
            signal=weighing.signal,
            organisation=weighing.signal.organisation,
            state=state,
            question="Wat ging er mis?",
            due_on=timezone.localdate(),
        )
    actions.score(actor=bob, weighing=weighing, scores=EVIDENCE, words=WORDS | {"without_evaluation": ""})
    if enough:
        assert actions.submit_weighing(actor=bob, weighing=weighing).state == "submitted"
    else:
        with pytest.raises(ValidationError, match=r"eigen evaluatie|own evaluation"):
            actions.submit_weighing(actor=bob, weighing=weighing)


def test_the_makers_do_not_decide(submitted, alice, carol, programme):
    IncidentWeighing.objects.filter(pk=submitted.pk).update(state="open")
    actions.score(actor=carol, weighing=submitted, scores=EVIDENCE)
    actions.submit_weighing(actor=carol, weighing=submitted)
    with pytest.raises(PermissionDenied):
        actions.investigate(actor=carol, weighing=submitted, reason="Ja")
    assert actions.investigate(actor=alice, weighing=submitted, reason="Ja").state == "investigate"


@pytest.mark.parametrize("person", ["anna", "frank", "dave", "erin", "olga", "pia"])
def test_only_who_is_entitled_decides(submitted, person, request):
    for act in (actions.investigate, actions.decline, actions.send_back):
        with pytest.raises(PermissionDenied):
            act(actor=request.getfixturevalue(person), weighing=submitted, reason="Ja")


def test_no_height_of_the_scores_decides(weighing, bob, carol, programme):
    for score in (0, 3):
        IncidentWeighing.objects.filter(pk=weighing.pk).update(state="open")
        given = dict.fromkeys(INCIDENT_CRITERIA, (score, "Gezien"))
        actions.score(actor=bob, weighing=weighing, scores=given, words=WORDS)
        assert actions.submit_weighing(actor=bob, weighing=weighing).state == "submitted"
    assert actions.decline(actor=carol, weighing=weighing, reason="Elders belegd").state == "no_investigation"


def test_declining_keeps_the_weighing_and_puts_the_signal_back(submitted, carol):
    decided = actions.decline(actor=carol, weighing=submitted, reason="De organisatie leert er zelf van")
    assert (decided.state, decided.decided_by, decided.decision_reason) == (
        "no_investigation",
        carol,
        "De organisatie leert er zelf van",
    )
    assert decided.signal.steps.last().step == "stop_weighing"
    decided.signal.refresh_from_db()
    assert decided.signal.state == "in_triage"
    assert decided.scores.count() == 3


def test_sent_back_and_decided_again_keeps_both_reasons(submitted, bob, carol, programme):
    actions.send_back(actor=carol, weighing=submitted, reason="Wie is er gehoord?")
    actions.submit_weighing(actor=bob, weighing=submitted)
    actions.investigate(actor=carol, weighing=submitted, reason="Nu is het duidelijk")
    reasons = list(submitted.steps.exclude(reason="").values_list("reason", flat=True))
    assert reasons == ["Wie is er gehoord?", "Nu is het duidelijk"]


@pytest.mark.parametrize("act", [actions.investigate, actions.decline, actions.send_back])
def test_a_decision_says_why(submitted, carol, programme, act):
    with pytest.raises(ValidationError):
        act(actor=carol, weighing=submitted, reason=" ")
    submitted.refresh_from_db()
    assert submitted.state == "submitted"


def test_the_database_holds_no_decision_without_a_reason(submitted):
    with pytest.raises(IntegrityError), transaction.atomic():
        IncidentWeighing.objects.filter(pk=submitted.pk).update(state="investigate", decision_reason="")


def test_an_investigation_closes_the_signal_and_becomes_a_candidate(submitted, carol, programme, prison):
    decided = actions.investigate(actor=carol, weighing=submitted, reason="Ernstig", title="Veilig douchen")
    decided.signal.refresh_from_db()
    assert (decided.signal.state, decided.signal.outcome) == ("closed", "investigation")
    activity = Activity.objects.get(weighing=decided)
    assert (activity.title, activity.state, activity.programme) == ("Veilig douchen", "candidate", programme)
    assert list(activity.organisations.all()) == [prison]


def test_without_a_programme_nothing_is_decided(submitted, carol):
    with pytest.raises(ValidationError):
        actions.investigate(actor=carol, weighing=submitted, reason="Ernstig")
    submitted.refresh_from_db()
    assert (submitted.state, submitted.signal.state) == ("submitted", "weighing")


def test_stopping_puts_the_signal_back_and_a_new_weighing_can_begin(weighing, bob):
    stopped = actions.stop_weighing(actor=bob, weighing=weighing, reason="Toch bekend")
    assert stopped.state == "withdrawn"
    stopped.signal.refresh_from_db()
    assert actions.start_weighing(actor=bob, about=stopped.signal).state == "open"


def test_no_word_of_a_weighing_stands_in_an_event(submitted, carol, programme):
    actions.investigate(actor=carol, weighing=submitted, reason="Geheime reden", title="Open titel")
    events = Event.objects.exclude(object_type="programme.activity")
    told = " ".join(f"{event.before}{event.after}{event.reason}{event.object_label}" for event in events)
    for words in ("Zie bijlage", "keten als geheel", "bestaat niet meer", "Geheime reden", "doucheruimte"):
        assert words not in told


def test_from_signal_to_candidate_through_the_pages(client_of, bob, carol, came_in, programme):
    signal = came_in(state="in_triage")
    browser = client_of(bob)
    start = reverse("signals:signal-step", args=[signal.pk, "start_weighing"])
    assert start in browser.get(signal.get_absolute_url()).content.decode()
    page = browser.post(start)
    weighing = IncidentWeighing.objects.get()
    assert page.url == url(weighing)
    assert browser.get(url(weighing)).status_code == 200
    sent = {f"{code}_{what}": value for code in INCIDENT_CRITERIA for what, value in (("score", 3), ("evidence", "Ja"))}
    answer = browser.post(url(weighing, "score"), sent | WORDS | {"revision": weighing.revision})
    assert answer.url == url(weighing)
    browser.post(url(weighing, "submit"))
    weighing.refresh_from_db()
    assert weighing.state == "submitted"

    decider = client_of(carol)
    assert decider.get(url(weighing, "investigate")).status_code == 200
    given = {"reason": "Ernstig", "title": "Onderzoek", "revision": weighing.revision}
    assert decider.post(url(weighing, "investigate"), given).url == url(weighing)
    activity = Activity.objects.get()
    assert activity.weighing == weighing
    assert decider.get(activity.get_absolute_url()).status_code == 200


def test_a_wrong_form_comes_back_with_what_was_written(client_of, bob, weighing):
    sent = {"impact_evidence": "Drie gewonden", "revision": weighing.revision}
    page = client_of(bob).post(url(weighing, "score"), sent)
    assert page.status_code == 422
    assert "Drie gewonden" in page.content.decode()
    assert "impact_score" in page.context["form"].errors


def test_a_weighing_that_somebody_changed_meanwhile_is_not_overwritten(client_of, bob, anna, weighing):
    actions.score(actor=anna, weighing=weighing, scores={"impact": (1, "Van Anna")})
    sent = {"impact_score": 3, "impact_evidence": "Van Bob", "revision": 1}
    assert client_of(bob).post(url(weighing, "score"), sent).status_code == 422
    assert weighing.scores.get().evidence == "Van Anna"


def test_what_is_missing_is_said_on_the_page(client_of, bob, weighing):
    page = client_of(bob).post(url(weighing, "submit"), follow=True).content.decode()
    weighing.refresh_from_db()
    assert weighing.state == "open"
    assert str(actions.what_is_missing(weighing)[0].messages[0]) in html.unescape(page)


def test_who_made_it_is_told_that_somebody_else_decides(client_of, carol, submitted):
    submitted.makers.add(carol)
    page = client_of(carol).get(url(submitted)).content.decode()
    assert url(submitted, "investigate") not in page
    assert client_of(carol).get(url(submitted, "investigate")).status_code == 403


def test_a_weighing_of_a_restricted_signal_is_not_there_for_others(client_of, bob, bart, carol, submitted):
    signal = submitted.signal
    signal.access = "restricted"
    signal.save()
    for person in (bob, bart, carol):
        for address in (url(submitted), url(submitted) + "?format=print", url(submitted, "decline")):
            assert client_of(person).get(address).status_code == 404
        assert str(submitted) not in client_of(person).get(reverse("signals:weighing-list")).content.decode()


def test_the_print_shows_the_decision_and_no_buttons(client_of, carol, submitted):
    actions.decline(actor=carol, weighing=submitted, reason="Elders belegd")
    page = client_of(carol).get(url(submitted) + "?format=print").content.decode()
    assert "Elders belegd" in page
    assert "Zie bijlage bij system" in page
    assert "/steps/" not in page
