"""Teams: made and filled by the administrator, and what is open to a team is seen by who is in it now."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from zichtlijn.platform.accounts import teams
from zichtlijn.platform.accounts.demo import TEAMS, load_people
from zichtlijn.platform.accounts.models import Team, TeamMember
from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.signals.models import Signal


def test_the_administrator_makes_a_team_and_puts_somebody_in_and_out(dave, bart, client_of):
    browser = client_of(dave)
    browser.post("/accounts/teams/add", {"name": "Jeugd"})
    team = Team.objects.get()
    browser.post(f"/accounts/teams/{team.pk}/join", {"user": bart.pk})
    member = TeamMember.objects.get()
    assert "Bart" in browser.get(f"/accounts/teams/{team.pk}").content.decode()
    browser.post(f"/accounts/teams/members/{member.pk}/leave")
    member.refresh_from_db()
    assert member.ended_on is not None
    told = list(Event.objects.order_by("id").values_list("action", flat=True))
    assert told == ["accounts.add_team", "accounts.join_team", "accounts.leave_team"]


def test_who_leaves_a_team_sees_its_files_no_longer(team, bob, dave):
    signal = Signal.objects.create(channel="telephone", subject="Lek", text="x", access="team", team=team)
    assert signal in Signal.objects.visible_to(bob)
    teams.leave_team(actor=dave, member=TeamMember.objects.get(user=bob))
    assert signal not in Signal.objects.visible_to(bob)


@pytest.mark.parametrize("who", ["erin", "olga", "pia", "bob"])
def test_only_staff_joins_a_team_and_only_once(who, team, dave, request):
    with pytest.raises(ValidationError) as refused:
        teams.join_team(actor=dave, team=team, user=request.getfixturevalue(who))
    assert list(refused.value.error_dict) == ["user"]


def test_a_team_that_is_not_in_use_takes_nobody(team, bart, dave):
    teams.edit_team(actor=dave, team=team, name=team.name, is_active=False)
    with pytest.raises(ValidationError):
        teams.join_team(actor=dave, team=team, user=bart)


def test_somebody_who_left_can_come_back(team, bob, dave):
    teams.leave_team(actor=dave, member=TeamMember.objects.get(user=bob))
    teams.join_team(actor=dave, team=team, user=bob)
    assert TeamMember.objects.filter(user=bob).count() == 2


def test_only_the_administrator_changes_teams(team, bob, carol, client_of):
    for user in (bob, carol):
        with pytest.raises(PermissionDenied):
            teams.add_team(actor=user, name="Eigen team")
        assert client_of(user).get("/accounts/teams").status_code == 403


def test_a_name_that_is_taken_is_an_error_at_its_field(team, dave, client_of):
    answer = client_of(dave).post("/accounts/teams/add", {"name": team.name})
    assert answer.status_code == 422
    assert "id_name_error" in answer.content.decode()
    assert Team.objects.count() == 1


def test_demo_teams_are_made_once(db):
    load_people()
    load_people()
    assert set(Team.objects.values_list("name", flat=True)) == set(TEAMS)
    assert TeamMember.objects.count() == 3
