"""Incident files: what is put in them, who sees them, their log and their situation reports."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from zichtlijn.platform.casefiles.models import FileAccess, Reading
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.events.transitions import StepRefused
from zichtlijn.platform.search.models import SearchEntry
from zichtlijn.supervision.signals.actions import incident_roles as roles
from zichtlijn.supervision.signals.actions import incidents as actions
from zichtlijn.supervision.signals.actions import triage, weighing
from zichtlijn.supervision.signals.models import IncidentFile, LogEntry, Signal


@pytest.fixture
def incident(bob, came_in, prison, shelter):
    """A file with two notifications about two organisations."""
    found = [came_in(organisation=prison, subject="Hitte op afdeling B"), came_in(organisation=shelter)]
    return actions.open_incident(actor=bob, title="Hitte", signals=found)


def step(incident, name, **named):
    query = "&".join(f"{key}={value}" for key, value in named.items())
    return reverse("signals:incident-step", args=[incident.pk, name]) + (f"?{query}" if query else "")


def may_see(signal, *people):
    """Let these people see a signal that is restricted to them."""
    signal.access = "restricted"
    signal.save()
    for person in people:
        FileAccess.objects.create(file_key=signal.file_key, user=person, purpose="Behandeling")


def test_several_notifications_grow_into_one_file(incident, prison, shelter):
    assert set(incident.organisations.all()) == {prison, shelter}
    assert {signal.incident for signal in Signal.objects.all()} == {incident}
    assert {signal.file_key for signal in Signal.objects.all()} == {incident.file_key}


def test_each_keeps_its_own_stage(incident):
    assert set(Signal.objects.values_list("state", flat=True)) == {"received"}


def test_what_is_in_one_file_does_not_go_into_another(incident, bob):
    with pytest.raises(ValidationError) as refused:
        actions.open_incident(actor=bob, title="Nog eens", signals=list(Signal.objects.all()))
    assert refused.value.code == "in-another"
    assert IncidentFile.objects.count() == 1


@pytest.mark.parametrize("person", ["frank", "dave", "erin", "olga", "pia"])
def test_only_handlers_lead_an_incident(incident, person, request):
    actor = request.getfixturevalue(person)
    for act in (
        lambda: actions.open_incident(actor=actor, title="Hitte"),
        lambda: actions.log(actor=actor, incident=incident, text="Gezien"),
        lambda: actions.scale_up(actor=actor, incident=incident, reason="Druk"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_file_is_as_narrow_as_the_narrowest_thing_in_it(bob, bart, came_in):
    hidden, wide = came_in(), came_in()
    may_see(hidden, bob)
    made = actions.open_incident(actor=bob, title="Hitte", signals=[hidden, wide])
    assert (made.access, made.file_key) == ("restricted", hidden.file_key)
    assert list(Signal.objects.visible_to(bart)) == []
    assert set(Signal.objects.visible_to(bob)) == {hidden, wide}


def test_a_restricted_signal_does_not_go_into_a_wider_file(incident, bob, bart, came_in):
    hidden = came_in()
    may_see(hidden, bob)
    with pytest.raises(ValidationError) as refused:
        actions.put_in_incident(actor=bob, incident=incident, signals=[hidden])
    assert refused.value.code == "wider"
    assert not Signal.objects.visible_to(bart).filter(pk=hidden.pk).exists()


def test_a_signal_of_a_team_does_not_go_into_a_file_of_all(incident, bob, came_in, team):
    with pytest.raises(ValidationError) as refused:
        actions.put_in_incident(actor=bob, incident=incident, signals=[came_in(access="team", team=team)])
    assert refused.value.code == "wider"


def test_two_files_that_are_narrow_in_different_ways_do_not_become_one(bob, came_in):
    first, second = came_in(), came_in()
    may_see(first, bob)
    may_see(second, bob)
    with pytest.raises(ValidationError) as refused:
        actions.open_incident(actor=bob, title="Hitte", signals=[first, second])
    assert refused.value.code == "two-restricted"


def test_nobody_puts_in_what_they_do_not_see(incident, bob, anna, came_in):
    hidden = came_in()
    may_see(hidden, anna)
    with pytest.raises(PermissionDenied):
        actions.put_in_incident(actor=bob, incident=incident, signals=[hidden])


def test_what_is_taken_out_is_seen_by_the_same_people_of_the_inspectorate(bob, bart, pia, came_in):
    hidden = came_in()
    may_see(hidden, bob, pia)
    made = actions.open_incident(actor=bob, title="Hitte", signals=[hidden])
    out = actions.take_out_of_incident(actor=bob, incident=made, signal=hidden, reason="Ander gebouw")
    assert out.incident is None
    assert out.file_key != made.file_key
    assert Signal.objects.visible_to(bob).filter(pk=out.pk).exists()
    for person in (bart, pia):
        assert not Signal.objects.visible_to(person).filter(pk=out.pk).exists()
    assert IncidentFile.objects.visible_to(pia).exists()


def test_a_line_of_the_log_is_put_right_by_a_new_line(incident, bob):
    wrong = actions.log(actor=bob, incident=incident, text="Drie gewonden")
    right = actions.log(actor=bob, incident=incident, text="Twee gewonden", corrects=wrong)
    with pytest.raises(TypeError):
        wrong.save()
    assert list(wrong.corrected_by.all()) == [right]
    assert LogEntry.objects.get(pk=wrong.pk).text == "Drie gewonden"


def test_a_line_tells_no_future(incident, bob):
    later = timezone.now() + datetime.timedelta(hours=1)
    with pytest.raises(ValidationError):
        actions.log(actor=bob, incident=incident, text="Morgen", at=later)


def test_a_line_puts_right_only_its_own_log(incident, bob):
    other = actions.open_incident(actor=bob, title="Ander")
    line = actions.log(actor=bob, incident=other, text="Elders")
    with pytest.raises(ValidationError):
        actions.log(actor=bob, incident=incident, text="Hier", corrects=line)


def test_situation_reports_are_numbered_and_stay(incident, bob):
    first = actions.report_situation(actor=bob, incident=incident, known="Twee gewonden")
    second = actions.report_situation(actor=bob, incident=incident, known="Drie gewonden", next_steps="Bezoek")
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(TypeError):
        first.save()


def test_a_closed_file_is_left_alone_until_it_is_reopened(incident, bob, came_in):
    closed = actions.close_incident(actor=bob, incident=incident)
    assert closed.closed_at is not None
    for act in (
        lambda: actions.log(actor=bob, incident=incident, text="Toch nog"),
        lambda: actions.report_situation(actor=bob, incident=incident, known="Toch nog"),
        lambda: actions.put_in_incident(actor=bob, incident=incident, signals=[came_in()]),
        lambda: weighing.start_weighing(actor=bob, about=incident),
    ):
        with pytest.raises(ValidationError):
            act()
    with pytest.raises(ValidationError):
        actions.reopen_incident(actor=bob, incident=incident, reason="")
    reopened = actions.reopen_incident(actor=bob, incident=incident, reason="Nieuwe melding")
    assert (reopened.state, reopened.closed_at) == ("open", None)


def test_what_is_still_open_in_a_file_is_finished_with_it(incident, bob, came_in):
    received, in_triage = incident.signals.order_by("pk")
    triage.take_up(actor=bob, signal=in_triage)
    earlier = came_in(state="closed", outcome="passed_on")
    actions.put_in_incident(actor=bob, incident=incident, signals=[earlier])
    actions.close_incident(actor=bob, incident=incident)
    for signal in (received, in_triage, earlier):
        signal.refresh_from_db()
    assert [signal.outcome for signal in (received, in_triage, earlier)] == ["in_incident", "in_incident", "passed_on"]
    assert received.closed_at is not None
    assert received.steps.last().step == "finish_in_incident"
    assert not earlier.steps.exists()
    actions.reopen_incident(actor=bob, incident=incident, reason="Nieuwe melding")
    received.refresh_from_db()
    assert received.state == "closed"


def test_a_file_is_closed_with_all_that_is_in_it_or_not_at_all(incident, bob):
    first, second = incident.signals.order_by("pk")
    triage.take_up(actor=bob, signal=second)
    triage.ask_sender(actor=bob, signal=second, question="Wanneer?")
    with pytest.raises(ValidationError) as refused:
        actions.close_incident(actor=bob, incident=incident)
    assert (refused.value.code, refused.value.params["signal"]) == ("member", second)
    first.refresh_from_db()
    incident.refresh_from_db()
    assert (incident.state, first.state) == ("open", "received")


def test_one_is_finished_with_its_file_before_the_file_is_closed(client_of, bob, incident, came_in):
    signal, browser = incident.signals.first(), client_of(bob)
    address = reverse("signals:signal-step", args=[signal.pk, "finish_in_incident"])
    assert address in browser.get(signal.get_absolute_url()).content.decode()
    browser.post(address)
    signal.refresh_from_db()
    assert (signal.state, signal.outcome) == ("closed", "in_incident")
    elsewhere = came_in()
    with pytest.raises(ValidationError):
        triage.finish_in_incident(actor=bob, signal=elsewhere)
    elsewhere_page = browser.get(elsewhere.get_absolute_url()).content.decode()
    assert "finish_in_incident" not in elsewhere_page


def test_a_file_that_is_being_weighed_is_not_closed(incident, bob):
    weighing.start_weighing(actor=bob, about=incident)
    with pytest.raises(ValidationError):
        actions.close_incident(actor=bob, incident=incident)
    with pytest.raises(ValidationError) as refused:
        weighing.start_weighing(actor=bob, about=incident)
    assert refused.value.code == "weighed-already"


def test_what_people_wrote_stands_in_no_event(incident, bob):
    actions.log(actor=bob, incident=incident, text="Geheim in de logregel")
    actions.report_situation(actor=bob, incident=incident, known="Geheim in het beeld")
    actions.scale_up(actor=bob, incident=incident, reason="Geheime reden")
    told = " ".join(f"{each.before}{each.after}{each.reason}{each.object_label}" for each in Event.objects.all())
    assert "Gehei" not in told
    assert "Hitte" not in told


def test_the_steps_are_those_of_the_table(incident, bob):
    with pytest.raises(StepRefused):
        actions.scale_down(actor=bob, incident=incident)
    assert actions.scale_up(actor=bob, incident=incident, reason="Veel pers").state == "surge"
    assert actions.scale_down(actor=bob, incident=incident).state == "open"
    with pytest.raises(ValidationError):
        actions.scale_up(actor=bob, incident=incident, reason=" ")


def test_a_file_is_opened_and_worked_in_through_the_pages(client_of, bob, came_in, prison):
    first, second = came_in(organisation=prison), came_in(organisation=prison)
    browser = client_of(bob)
    address = reverse("signals:incident-open") + f"?signal={first.pk}"
    assert first.reference in browser.get(address).content.decode()
    browser.post(address, {"title": "Hitte", "signals": [first.pk]})
    made = IncidentFile.objects.get()
    assert browser.post(step(made, "put_in"), {"signals": [second.pk]}).url == made.get_absolute_url()
    log = reverse("signals:incident-log", args=[made.pk])
    browser.post(log, {"kind": "fact", "text": "Drie gewonden"})
    line = made.log.get()
    assert "Drie gewonden" in browser.get(f"{log}?corrects={line.pk}").content.decode()
    browser.post(f"{log}?corrects={line.pk}", {"kind": "fact", "text": "Twee gewonden", "corrects": line.pk})
    browser.post(step(made, "report"), {"known": "Het is warm"})
    browser.post(step(made, "scale_up"), {"reason": "Veel pers", "revision": made.revision})
    browser.post(step(made, "take_out", signal=second.pk), {"reason": "Ander gebouw"})
    page = browser.get(made.get_absolute_url()).content.decode()
    for words in (first.reference, "Drie gewonden", "Twee gewonden", "Het is warm", "Veel pers"):
        assert words in page
    made.refresh_from_db()
    assert made.state == "surge"
    assert list(made.signals.all()) == [first]
    for end in ("", "?format=print"):
        report = browser.get(reverse("signals:incident-report", args=[made.pk, 1]) + end)
        assert "Het is warm" in report.content.decode()


@pytest.mark.parametrize("name", ["edit", "put_in", "take_out", "role", "report", "scale_up", "close"])
def test_an_empty_form_says_what_is_missing(client_of, bob, incident, name):
    signal = incident.signals.first()
    answer = client_of(bob).post(step(incident, name, signal=signal.pk), {"revision": 0})
    assert answer.status_code == 422


def test_a_step_that_does_not_fit_is_refused(client_of, bob, incident):
    answer = client_of(bob).post(step(incident, "scale_down"), {"reason": "Rustig"})
    assert answer.url == incident.get_absolute_url()
    incident.refresh_from_db()
    assert incident.state == "open"


def test_a_partner_sees_the_shared_file_without_the_work_of_the_inspectorate(client_of, bob, pia, incident):
    browser = client_of(pia)
    assert browser.get(incident.get_absolute_url()).status_code == 404
    until = timezone.localdate() + datetime.timedelta(days=7)
    FileAccess.objects.create(file_key=incident.file_key, user=pia, purpose="Samen", until=until)
    actions.report_situation(actor=bob, incident=incident, known="Het is warm")
    weighing.start_weighing(actor=bob, about=incident)
    page = browser.get(incident.get_absolute_url()).content.decode()
    assert "Het is warm" in page
    assert "Hitte op afdeling B" in page
    assert "/steps/" not in page
    assert "/weighings/" not in page
    assert browser.get(reverse("signals:incident-report", args=[incident.pk, 1])).status_code == 200
    assert browser.get(reverse("signals:incident-log", args=[incident.pk])).status_code == 404
    FileAccess.objects.update(until=timezone.localdate() - datetime.timedelta(days=1))
    assert browser.get(incident.get_absolute_url()).status_code == 404


def test_a_restricted_file_is_not_there_for_others(client_of, bart, bob, came_in):
    hidden = came_in(subject="Kanarie")
    may_see(hidden, bob)
    made = actions.open_incident(actor=bob, title="Kanarie", signals=[hidden])
    actions.report_situation(actor=bob, incident=made, known="Kanarie")
    browser = client_of(bart)
    addresses = [
        made.get_absolute_url(),
        reverse("signals:incident-log", args=[made.pk]),
        reverse("signals:incident-report", args=[made.pk, 1]),
        step(made, "edit"),
    ]
    assert {browser.get(address).status_code for address in addresses} == {404}
    page = browser.get(reverse("signals:incident-list")).content.decode()
    assert "Kanarie" not in page
    assert str(made) not in page
    assert client_of(bob).get(made.get_absolute_url()).status_code == 200


def test_one_signal_opens_a_file_or_goes_into_one_from_its_own_page(client_of, bob, came_in):
    browser = client_of(bob)
    first, second = came_in(), came_in()
    address = reverse("signals:signal-step", args=[first.pk, "put_in_incident"])
    assert address in browser.get(first.get_absolute_url()).content.decode()
    assert browser.post(address, {}).status_code == 422
    browser.post(address, {"title": "Hitte"})
    made = IncidentFile.objects.get()
    browser.post(reverse("signals:signal-step", args=[second.pk, "put_in_incident"]), {"incident": made.pk})
    assert set(made.signals.all()) == {first, second}
    page = browser.get(first.get_absolute_url()).content.decode()
    assert address not in page
    assert str(made) in page


@pytest.mark.parametrize(("person", "status"), [("erin", 403), ("olga", 403), ("dave", 200), ("pia", 200)])
def test_the_list_is_for_staff_and_partners(client_of, request, person, status):
    user = request.getfixturevalue(person)
    assert client_of(user).get(reverse("signals:incident-list")).status_code == status


def test_an_export_of_what_is_restricted_stands_in_the_read_trail(client_of, bob, came_in):
    hidden = came_in(state="in_triage")
    may_see(hidden, bob)
    actions.open_incident(actor=bob, title="Hitte", signals=[hidden])
    weighing.start_weighing(actor=bob, about=hidden)
    for name in ("incident-list", "weighing-list"):
        client_of(bob).get(reverse(f"signals:{name}") + "?format=csv")
    kept = Reading.objects.filter(user=bob, kind="export")
    assert [reading.model_label for reading in kept.order_by("id")] == ["signals.incidentfile", "signals.signal"]


def test_what_goes_into_a_restricted_file_is_no_longer_found_by_others(bob, bart, came_in):
    hidden, wide = came_in(), came_in(subject="Kanarie")
    may_see(hidden, bob)
    actions.open_incident(actor=bob, title="Kanarie", signals=[hidden, wide])
    assert SearchEntry.objects.filter(title="Kanarie").count() == 2
    assert not SearchEntry.objects.visible_to(bart).filter(title="Kanarie").exists()
    assert SearchEntry.objects.visible_to(bob).filter(title="Kanarie").count() == 2


def test_pages_ask_as_much_for_one_as_for_many(client_of, bob, anna, incident, came_in, prison):  # noqa: PLR0917
    browser = client_of(bob)
    weighing.start_weighing(actor=bob, about=came_in(state="in_triage"))
    give_work(bob, incident, 1)
    counts = {address: queries(browser, address) for address in addresses_of(incident)}
    actions.put_in_incident(actor=bob, incident=incident, signals=[came_in(organisation=prison) for _ in range(4)])
    give_work(anna, incident, 5)
    for _ in range(4):
        weighing.start_weighing(actor=bob, about=came_in(state="in_triage"))
        actions.open_incident(actor=bob, title="Hitte", signals=[came_in()])
    assert {address: queries(browser, address) for address in addresses_of(incident)} == counts


def addresses_of(incident):
    """The pages that show several of something."""
    named = [reverse(f"signals:{name}") for name in ("incident-list", "weighing-list")]
    return [*named, incident.get_absolute_url(), reverse("signals:incident-log", args=[incident.pk])]


def give_work(user, incident, number):
    """Lines, reports, and a role."""
    roles.set_role(actor=None, incident=incident, user=user, role="investigator", hours=Decimal(8))
    for _ in range(number):
        actions.log(actor=user, incident=incident, text="Gezien")
        actions.report_situation(actor=user, incident=incident, known="Het is warm")


def queries(browser, address):
    """How many queries a page asks."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def test_several_chosen_in_the_work_list_become_one_file_or_none(client_of, bob, came_in):
    browser, fitting = client_of(bob), [came_in(), came_in()]
    sent = {"step": "open_incident", "confirmed": "1", "title": "Hitte"}
    made = browser.post(reverse("signals:bulk"), sent | {"selected": [signal.pk for signal in fitting]})
    incident = IncidentFile.objects.get()
    assert made.url == incident.get_absolute_url()
    assert incident.signals.count() == 2
    again = [came_in().pk, fitting[0].pk]
    assert browser.post(reverse("signals:bulk"), sent | {"selected": again}).status_code == 422
    assert IncidentFile.objects.count() == 1
