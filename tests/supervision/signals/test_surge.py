"""Surge: who does what, for how many hours, and what that takes from the programme."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from zichtlijn.platform.accounts.models import User
from zichtlijn.platform.casefiles.models import FileAccess
from zichtlijn.supervision.programme.models import Activity, Perspective, Programme
from zichtlijn.supervision.signals.actions import incident_roles as roles
from zichtlijn.supervision.signals.actions import incidents
from zichtlijn.supervision.signals.handing_on import target_value


@pytest.fixture
def activity(db):
    """An activity under way of 2 fte, in a decided programme with 10 fte."""
    year = timezone.localdate().year
    perspective = Perspective.objects.create(title="Perspectief", first_year=year, last_year=year)
    programme = Programme.objects.create(
        title="Programma", year=year, slug=str(year), perspective=perspective, state="decided", available_fte=10
    )
    return Activity.objects.create(
        programme=programme, code="A-1", title="Toezicht op de keten", kind="monitoring", state="under_way", fte=2
    )


@pytest.fixture
def incident(bob, came_in, prison):
    """A file that is scaled up."""
    made = incidents.open_incident(actor=bob, title="Hitte", signals=[came_in(organisation=prison)])
    return incidents.scale_up(actor=bob, incident=made, reason="Veel pers")


def give(incident, user, hours, *, activity=None, role="investigator"):
    """Let Bob give somebody a role."""
    bob = User.objects.get(username="bob")
    return roles.set_role(actor=bob, incident=incident, user=user, role=role, hours=Decimal(hours), activity=activity)


def test_hours_are_counted_in_fte(incident, bob, anna, activity):
    give(incident, bob, 18, activity=activity, role="leader")
    give(incident, anna, 36, activity=activity)
    incident.refresh_from_db()
    assert incident.taken_fte == Decimal("1.50")


def test_another_number_of_hours_replaces_the_first(incident, bob, anna):
    give(incident, anna, 36)
    give(incident, anna, 9)
    incident.refresh_from_db()
    assert incident.taken_fte == Decimal("0.25")
    assert incident.roles.count() == 1


def test_a_role_that_ended_takes_nothing_and_is_kept(incident, bob, anna):
    given = give(incident, anna, 36)
    roles.end_role(actor=bob, incident=incident, role=given)
    incident.refresh_from_db()
    assert incident.taken_fte == 0
    assert incident.roles.get().ended_at is not None
    with pytest.raises(ValidationError):
        roles.end_role(actor=bob, incident=incident, role=given)


def test_closing_gives_everybody_back(incident, bob, anna, activity):
    give(incident, anna, 36, activity=activity)
    closed = incidents.close_incident(actor=bob, incident=incident)
    assert closed.taken_fte == 0
    assert not closed.roles.filter(ended_at__isnull=True).exists()


def test_what_cannot_be_is_refused(incident, anna, erin, olga, activity):
    for user, hours, role in ((anna, 61, "leader"), (anna, -1, "leader"), (anna, 8, "boss"), (olga, 8, "leader")):
        with pytest.raises(ValidationError):
            give(incident, user, hours, role=role)
    with pytest.raises(ValidationError):
        give(incident, erin, 8)
    Activity.objects.update(state="dropped")
    with pytest.raises(ValidationError):
        give(incident, anna, 8, activity=activity)
    assert not incident.roles.exists()


def test_who_may_not_see_the_file_gets_no_role_in_it(client_of, incident, bob, anna):
    incident.access = "restricted"
    incident.save()
    FileAccess.objects.create(file_key=incident.file_key, user=bob, purpose="Leiding")
    address = reverse("signals:incident-step", args=[incident.pk, "role"])
    answer = client_of(bob).post(address, {"user": anna.pk, "role": "leader", "hours": "8"})
    assert answer.status_code == 422
    assert "user" in answer.context["form"].errors
    assert not incident.roles.exists()


def test_each_change_of_people_stands_in_the_log(incident, bob, anna):
    given = give(incident, anna, 36)
    roles.end_role(actor=bob, incident=incident, role=given)
    assert incident.log.filter(kind="action", text__contains="Anna").count() == 2


def test_a_role_is_given_and_ended_through_the_pages(client_of, bob, anna, incident, activity):
    browser = client_of(bob)
    address = reverse("signals:incident-step", args=[incident.pk, "role"])
    sent = {"user": anna.pk, "role": "investigator", "hours": "18", "activity": target_value(activity)}
    assert browser.post(address, sent).url == incident.get_absolute_url()
    given = incident.roles.get()
    assert given.activity == activity
    page = browser.get(incident.get_absolute_url()).content.decode()
    assert activity.title in page
    end = reverse("signals:incident-step", args=[incident.pk, "end_role"]) + f"?role={given.pk}"
    assert end in page
    browser.post(end)
    given.refresh_from_db()
    assert given.ended_at is not None


def test_a_role_names_only_activities_that_are_open(client_of, bob, anna, incident, activity):
    address = reverse("signals:incident-step", args=[incident.pk, "role"])
    sent = {"user": anna.pk, "role": "leader", "hours": "18", "activity": target_value(activity)}
    Activity.objects.update(state="done")
    assert client_of(bob).post(address, sent).status_code == 422


def test_the_capacity_taken_is_shown_against_the_programme(client_of, bob, anna, incident, activity):
    give(incident, bob, 18, activity=activity, role="leader")
    give(incident, anna, 36, activity=activity)
    page = client_of(bob).get(incident.get_absolute_url())
    panel = page.content.decode().split('id="panel-capacity"')[1].split("</section>")[0]
    for number in ("1,5", "0,5", "10"):  # taken, left of the activity, available in the programme
        assert number in panel
    shown = client_of(bob).get(activity.get_absolute_url()).content.decode()
    assert str(incident) in shown.split('id="panel-capacity"')[1].split("</section>")[0]
    shown = client_of(bob).get(activity.programme.get_absolute_url()).content.decode()
    assert "1,5" in shown.split('id="panel-capacity"')[1].split("</section>")[0]


def test_capacity_of_a_hidden_incident_counts_for_nobody_else(client_of, bob, bart, incident, activity):
    give(incident, bob, 36, activity=activity)
    incident.access = "restricted"
    incident.save()
    FileAccess.objects.create(file_key=incident.file_key, user=bob, purpose="Leiding")
    for address in (activity.get_absolute_url(), activity.programme.get_absolute_url()):
        assert "panel-capacity" not in client_of(bart).get(address).content.decode()
        assert "panel-capacity" in client_of(bob).get(address).content.decode()
