"""Who sees what, for any mix of teams, names, days and accounts: the same as a plain reckoning says."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zichtlijn.platform.accounts.access import STAFF
from zichtlijn.platform.accounts.models import Team, TeamMember, User
from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.casefiles.checking import wrong_audiences
from zichtlijn.platform.casefiles.models import FileAccess
from zichtlijn.platform.search.models import SearchEntry
from zichtlijn.supervision.signals.models import IncidentFile, Signal

PEOPLE, TEAMS, FILES = 4, 2, 4
number = st.integers
people = st.lists(st.tuples(st.sampled_from(Role.values), st.booleans()), min_size=PEOPLE, max_size=PEOPLE)
members = st.sets(st.tuples(number(0, PEOPLE - 1), number(0, TEAMS - 1), st.booleans()), max_size=4)
files = st.lists(
    st.tuples(st.sampled_from(["open", "team", "restricted"]), number(0, TEAMS - 1)), min_size=FILES, max_size=FILES
)
accesses = st.dictionaries(
    st.tuples(number(0, PEOPLE - 1), number(0, FILES - 1)),
    st.tuples(st.sampled_from([None, -1, 0, 1]), st.booleans()),
    max_size=8,
)


def oracle(user, file, memberships, held):
    """May this user know of this file? Said once more, with nothing of the product."""
    if not user.is_active:
        return False
    named = any(
        person == user and key == file.file_key and not ended and (days is None or days >= 0)
        for person, key, days, ended in held
    )
    if user.role in STAFF:
        if file.access == "open":
            return True
        if file.access == "team":
            return any(person == user and team == file.team and running for person, team, running in memberships)
        return named
    return user.role == Role.PARTNER and named


def build(people, members, files, accesses):
    users = [User.objects.create(username=uuid.uuid4().hex, role=role, is_active=active) for role, active in people]
    teams = [Team.objects.create(name=uuid.uuid4().hex) for _ in range(TEAMS)]
    memberships = []
    for person, team, running in members:
        ended = None if running else localdate()
        TeamMember.objects.create(user=users[person], team=teams[team], ended_on=ended)
        memberships.append((users[person], teams[team], running))
    made = [_file(index, access, teams[team]) for index, (access, team) in enumerate(files)]
    held = []
    for (person, file), (days, ended) in accesses.items():
        until = None if days is None else localdate() + timedelta(days=days)
        FileAccess.objects.create(
            user=users[person], file_key=made[file].file_key, purpose="x", until=until,
            ended_at="2024-01-01T00:00Z" if ended else None,
        )  # fmt: skip
        held.append((users[person], made[file].file_key, days, ended))
    return users, made, memberships, held


def _file(index, access, team):
    values = {"access": access, "team": team}
    if index % 2:
        return IncidentFile.objects.create(title="Brand", **values)
    return Signal.objects.create(channel="telephone", subject="Lekkage", text="x", **values)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=people, members=members, files=files, accesses=accesses)
def test_scope_and_search_are_what_a_plain_reckoning_says(people, members, files, accesses):
    users, made, memberships, held = build(people, members, files, accesses)
    for user in users:
        expected = {(type(file), file.pk) for file in made if oracle(user, file, memberships, held)}
        seen = {
            (model, key)
            for model in (Signal, IncidentFile)
            for key in model.objects.visible_to(user).filter(pk__in=[f.pk for f in made if type(f) is model])
            .values_list("pk", flat=True)
        }  # fmt: skip
        assert seen == expected
        if user.role in STAFF and user.is_active:
            entries = SearchEntry.objects.visible_to(user).filter(
                model_label="signals.signal", object_id__in=[f.pk for f in made if type(f) is Signal]
            )
            found = {(Signal, key) for key in entries.values_list("object_id", flat=True)}
            assert found == {pair for pair in expected if pair[0] is Signal}
    assert wrong_audiences() == []
    for model in (Signal, IncidentFile):
        model._base_manager.filter(pk__in=[f.pk for f in made if type(f) is model]).delete()


@pytest.mark.django_db
def test_the_number_of_queries_does_not_depend_on_teams_and_names(bob, django_assert_num_queries):
    for _index in range(5):
        TeamMember.objects.create(user=bob, team=Team.objects.create(name=uuid.uuid4().hex))
        FileAccess.objects.create(user=bob, file_key=uuid.uuid4(), purpose="x")
    with django_assert_num_queries(3):
        list(Signal.objects.visible_to(bob))


@pytest.mark.django_db
def test_an_audience_that_does_not_follow_from_access_is_named_by_verify(team):
    signal = Signal.objects.create(channel="telephone", subject="Lekkage", text="x", access="team", team=team)
    assert wrong_audiences() == []
    Signal.objects.update(audience="staff")
    record, entry = wrong_audiences()
    assert signal.reference in record
    assert f"signals.signal {signal.pk}" in entry
    Signal.objects.update(audience=f"team:{team.pk}")
    SearchEntry.objects.update(audience="staff")
    assert len(wrong_audiences()) == 1
