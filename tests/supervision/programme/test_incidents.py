"""What the programme takes over from the intake: a decided investigation, as a candidate of any programme."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field.models import Organisation
from zichtlijn.supervision.programme import actions, queries
from zichtlijn.supervision.programme.incidents import take_incident
from zichtlijn.supervision.programme.models import Activity, Programme
from zichtlijn.supervision.signals.handing_on import is_target, target_named, target_value
from zichtlijn.supervision.signals.models import IncidentFile, IncidentWeighing, Signal


@pytest.fixture
def this_year(monkeypatch):
    """The year of the programmes here."""
    monkeypatch.setattr("zichtlijn.supervision.programme.incidents.localdate", lambda: date(2026, 6, 1))


@pytest.fixture
def weighed(bob, this_year):
    """``weighed(**values)`` is a weighing of a signal about an organisation, with a title."""

    def make(**values):
        organisation = Organisation.objects.create(name="Prison")
        given = {"channel": "telephone", "subject": "Kanarie", "text": "Kanarie", "organisation": organisation}
        signal = Signal.objects.create(**given | values)
        return IncidentWeighing.objects.create(
            signal=signal, proposed_title="Falls", made_by=bob, decision_reason="Kanarie", decided_by_name="Carol"
        )

    return make


def test_a_draft_takes_it_as_any_candidate(draft, weighed, carol, alice):
    activity = take_incident(actor=carol, weighing=weighed())
    assert (activity.programme, activity.state, activity.kind) == (draft, "candidate", "investigation")
    assert actions.choose_activity(actor=alice, activity=activity).state == "chosen"


def test_a_decided_programme_takes_a_candidate_beside_it(decided, weighed, carol):
    before = queries.overview(decided, carol)
    activity = take_incident(actor=carol, weighing=weighed())
    after = queries.overview(decided, carol)
    assert activity.code == "2026-003"
    assert (after.count, after.fte, after.budget) == (before.count, before.fte, before.budget)
    assert after.proposed == (activity,)
    assert decided.versions.count() == 1


def test_a_draft_goes_before_a_decided_programme(decided, weighed, carol, perspective):
    other = Programme.objects.create(perspective=perspective, year=2026, title="Other", slug="other", inspectorate="B")
    assert take_incident(actor=carol, weighing=weighed()).programme == other


def test_without_a_programme_nothing_is_taken(perspective, weighed, carol):
    with pytest.raises(ValidationError) as refused:
        take_incident(actor=carol, weighing=weighed())
    assert refused.value.code == "no-programme"


@pytest.mark.parametrize(("years", "takes"), [((2024, 2025, 2027), 2025), ((2027, 2028), 2027), ((2024, 2026), 2026)])
def test_a_year_without_a_programme_has_the_newest_one(perspective, weighed, carol, years, takes):
    for year in years:
        Programme.objects.create(perspective=perspective, year=year, title="P", slug=str(year), state="decided")
    assert take_incident(actor=carol, weighing=weighed()).programme.year == takes


@pytest.mark.parametrize("person", ["anna", "bob", "frank", "dave", "erin", "olga", "pia"])
def test_only_who_decides_hands_it_over(decided, weighed, person, request):
    with pytest.raises(PermissionDenied):
        take_incident(actor=request.getfixturevalue(person), weighing=weighed())


def test_a_restricted_file_gives_its_title_and_nothing_else(decided, weighed, carol):
    activity = take_incident(actor=carol, weighing=weighed(access="restricted"))
    assert activity.title == "Falls"
    assert not activity.organisations.exists()
    assert activity.domain is None


def test_an_incident_file_gives_its_organisations(decided, weighed, carol, field):
    incident = IncidentFile.objects.create(title="Falls")
    incident.organisations.set([field.water, field.police])
    weighing = weighed()
    weighing.signal, weighing.incident = None, incident
    weighing.save()
    activity = take_incident(actor=carol, weighing=weighing)
    assert set(activity.organisations.all()) == {field.water, field.police}


def test_an_amendment_takes_it_in(decided, weighed, alice, carol):
    activity = take_incident(actor=carol, weighing=weighed())
    amendment = actions.prepare_amendment(actor=alice, programme=decided, title="Falls", reason="An incident")
    values = {"title": "Falls in cells", "fte": 1}
    actions.change_amendment(actor=alice, amendment=amendment, kind="admit", activity=activity, values=values)
    actions.propose_amendment(actor=alice, amendment=amendment)
    version = actions.decide_amendment(actor=carol, amendment=amendment)
    activity.refresh_from_db()
    assert (activity.state, activity.title, activity.fte) == ("chosen", "Falls in cells", 1)
    assert activity.pk in [item["id"] for item in version.frozen["activities"]]
    assert activity.decided_in == version
    assert not queries.overview(decided, carol).proposed


def test_an_amendment_that_takes_in_changes_the_totals(decided, weighed, alice, carol):
    from zichtlijn.supervision.programme.amending import effect_of

    activity = take_incident(actor=carol, weighing=weighed())
    amendment = actions.prepare_amendment(actor=alice, programme=decided, title="Falls", reason="An incident")
    actions.change_amendment(actor=alice, amendment=amendment, kind="admit", activity=activity, values={"fte": 1})
    effect = effect_of(amendment)
    assert (effect.added("activities"), effect.added("fte")) == (1, 1)


def test_only_a_candidate_is_taken_in(decided, alice):
    amendment = actions.prepare_amendment(actor=alice, programme=decided, title="Falls", reason="An incident")
    chosen = decided.activities.filter(state="chosen").first()
    with pytest.raises(ValidationError):
        actions.change_amendment(actor=alice, amendment=amendment, kind="admit", activity=chosen)


def test_an_amendment_can_drop_a_candidate(decided, weighed, alice, carol):
    activity = take_incident(actor=carol, weighing=weighed())
    amendment = actions.prepare_amendment(actor=alice, programme=decided, title="Falls", reason="Elsewhere")
    actions.change_amendment(actor=alice, amendment=amendment, kind="drop", activity=activity)
    actions.propose_amendment(actor=alice, amendment=amendment)
    actions.decide_amendment(actor=carol, amendment=amendment)
    activity.refresh_from_db()
    assert activity.state == "dropped"


def test_a_candidate_of_a_decided_programme_does_not_simply_become_chosen(decided, weighed, alice, carol):
    activity = take_incident(actor=carol, weighing=weighed())
    with pytest.raises(ValidationError):
        actions.choose_activity(actor=alice, activity=activity)
    with pytest.raises(ValidationError):
        actions.edit_activity(actor=alice, activity=activity, values={"title": "Other"})


def test_it_is_taken_in_through_the_pages(client_of, decided, weighed, alice, carol):
    activity = take_incident(actor=carol, weighing=weighed())
    browser = client_of(alice)
    page = browser.get(decided.get_absolute_url()).content.decode()
    assert activity.title in page.split('id="proposed"')[1].split("</section>")[0]
    begin = reverse("programme:amendment-add", args=[decided.slug]) + f"?activity={activity.pk}"
    assert begin in browser.get(activity.get_absolute_url()).content.decode()
    went = browser.post(begin, {"title": "Falls", "reason": "An incident"})
    assert f"/admit/?activity={activity.pk}" in went.url
    assert browser.get(went.url).status_code == 200
    sent = {"title": "Falls", "kind": "investigation", "status": "new", "fte": "1", "hours": ""}
    assert browser.post(went.url, sent).status_code == 302
    assert decided.amendments.get().changes.get().kind == "admit"


def test_a_reader_sees_no_candidate_of_a_decided_programme(client_of, decided, weighed, carol, erin):
    activity = take_incident(actor=carol, weighing=weighed())
    assert activity.title not in client_of(erin).get(decided.get_absolute_url()).content.decode()
    assert client_of(erin).get(activity.get_absolute_url()).status_code == 404


@pytest.mark.usefixtures("decided")
def test_the_weighing_is_shown_only_to_who_may_see_it(client_of, weighed, bart, bob, team):
    weighing = weighed(access="team", team=team)
    activity = take_incident(actor=None, weighing=weighing)
    hidden = client_of(bart).get(activity.get_absolute_url()).content.decode()
    shown = client_of(bob).get(activity.get_absolute_url()).content.decode()
    for words in (str(weighing), "Kanarie", weighing.get_absolute_url()):
        assert words not in hidden
        assert words in shown
    for address in (
        reverse("events:history", args=["programme.activity", activity.pk]),
        reverse("trace:sight", args=["programme.activity", activity.pk]),
    ):
        page = client_of(bart).get(address).content.decode()
        assert str(weighing) not in page
        assert weighing.signal.reference not in page


def test_the_line_of_sight_runs_from_signal_to_activity(client_of, decided, weighed, carol, bob):
    weighing = weighed()
    activity = take_incident(actor=carol, weighing=weighing)
    page = client_of(bob).get(reverse("trace:sight", args=["programme.activity", activity.pk])).content.decode()
    assert str(weighing) in page
    assert weighing.signal.get_absolute_url() in page


def test_the_event_names_no_weighing(decided, weighed, carol):
    weighing = weighed(access="restricted")
    take_incident(actor=carol, weighing=weighing)
    event = Event.objects.get(action="programme.take_incident")
    assert "weighing" not in event.after
    assert "Kanarie" not in event.after


def test_signals_are_added_to_what_is_under_way_in_a_decided_programme(decided, bob):
    chosen = decided.activities.filter(state="chosen").first()
    assert target_named(bob, target_value(chosen)) == chosen
    Activity.objects.filter(pk=chosen.pk).update(state="done")
    assert not is_target(chosen, bob)
    with pytest.raises(ValidationError):
        target_named(bob, target_value(chosen))
