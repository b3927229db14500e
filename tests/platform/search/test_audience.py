"""Searching among what only some may know of, and counts that stop in time."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zichtlijn.platform.accounts.models import Team, TeamMember
from zichtlijn.platform.casefiles import actions
from zichtlijn.platform.casefiles.models import Reading
from zichtlijn.platform.search import queries
from zichtlijn.platform.search.asking import understand
from zichtlijn.platform.search.models import SearchEntry
from zichtlijn.platform.search.queries import counts, find, found_keys
from zichtlijn.supervision.field.models import Organisation
from zichtlijn.supervision.signals.models import Signal

SIGNAL = "signals.signal"


@pytest.fixture(autouse=True)
def searchable(settings):
    """What the product itself makes findable."""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def came_in(db):
    def made(subject="Lekkage", **values):
        return Signal.objects.create(**{"channel": "telephone", "subject": subject, "text": "Het dak lekt."} | values)

    return made


def titles(user, asked, **values):
    return [str(result.title).replace("<mark>", "").replace("</mark>", "") for result in find(
        user, understand(asked), **values)]  # fmt: skip


def numbers(user, asked):
    return {each.label: str(each.shown) for each in counts(user, understand(asked))}


def test_staff_finds_what_is_open_their_teams_files_and_files_opened_to_them_by_name(came_in, bob, bart, team):
    came_in("Open")
    came_in("Team", access="team", team=team)
    secret = came_in("Geheim")
    actions.restrict_file(actor=bob, file=secret, purpose="dak")
    assert sorted(titles(bob, "lekt")) == ["Geheim", "Open", "Team"]
    assert titles(bart, "lekt") == ["Open"]
    assert (numbers(bob, "lekt"), numbers(bart, "lekt")) == ({SIGNAL: "3"}, {SIGNAL: "1"})


def test_readers_and_outsiders_find_nothing_that_came_in(came_in, erin, olga, pia):
    came_in()
    for user in (erin, olga, pia):
        assert titles(user, "lekt") == []
        assert found_keys(user, "lekt", SIGNAL) == []


def test_what_is_not_sent_in_yet_is_found_by_nobody(came_in, bob):
    came_in(state="draft")
    assert titles(bob, "lekt") == []


def test_a_restricted_file_is_found_without_a_passage_and_searching_leaves_no_reading(came_in, bob, client_of):
    secret = came_in()
    actions.restrict_file(actor=bob, file=secret, purpose="dak")
    [result] = find(bob, understand("lekkage"))
    assert (str(result.passage), result.is_restricted) == ("", True)
    page = client_of(bob).get("/search/?q=lekkage").content.decode()
    assert "Het dak" not in page
    assert not Reading.objects.exists()


def test_a_word_that_is_everywhere_in_signals_hides_no_other_type(came_in, bob, monkeypatch):
    monkeypatch.setattr(queries, "MOST_FOUND", 3)
    Organisation.objects.create(name="Opvang Lekkage")
    for number in range(5):
        came_in(f"Lekkage {number}")
    assert numbers(bob, "lekkage") == {SIGNAL: "3+", "field.organisation": "1"}
    assert "Opvang Lekkage" in titles(bob, "lekkage", kind="field.organisation")
    assert sorted(titles(bob, "lekkage", kind=SIGNAL)) == ["Lekkage 2", "Lekkage 3", "Lekkage 4"]


def test_exactly_as_many_as_are_counted_is_no_more(came_in, bob, monkeypatch):
    monkeypatch.setattr(queries, "MOST_FOUND", 3)
    for _number in range(3):
        came_in()
    assert numbers(bob, "lekkage") == {SIGNAL: "3"}


def test_a_filter_of_a_list_gets_the_newest_keys_that_the_user_may_see(came_in, bob, bart, monkeypatch):
    monkeypatch.setattr(queries, "MOST_FOUND", 2)
    made = [came_in() for _number in range(4)]
    actions.restrict_file(actor=bob, file=made[3], purpose="dak")
    assert found_keys(bart, "lekkage", SIGNAL) == [made[2].pk, made[1].pk]
    assert found_keys(bob, "lekkage", SIGNAL) == [made[3].pk, made[2].pk]
    assert found_keys(bob, "", SIGNAL) == []


def test_the_page_takes_as_many_queries_for_more_results_teams_and_names(came_in, bob, client_of):
    browser = client_of(bob)
    came_in()
    with CaptureQueriesContext(connection) as one:
        browser.get("/search/?q=lekkage")
    for number in range(5):
        TeamMember.objects.create(user=bob, team=Team.objects.create(name=f"Team {number}"))
        actions.restrict_file(actor=bob, file=came_in(), purpose="dak")
    with CaptureQueriesContext(connection) as many:
        browser.get("/search/?q=lekkage")
    assert len(one) == len(many)


def test_an_entry_keeps_the_audience_of_its_record_also_when_the_index_is_made_anew(came_in, team):
    from zichtlijn.platform.search.indexing import rebuild

    signal = came_in(access="team", team=team)
    SearchEntry.objects.filter(model_label=SIGNAL).update(audience="staff")
    rebuild()
    assert SearchEntry.objects.get(model_label=SIGNAL).audience == signal.audience == f"team:{team.pk}"


def test_what_is_rare_among_the_newest_is_found_further_back(came_in, bob, monkeypatch):
    from zichtlijn.platform.search.engines import postgres

    monkeypatch.setattr(postgres, "LOOKED_BACK", (2, 3))
    for number in range(6):
        came_in(f"Brand {number}" if number < 3 else f"Lekkage {number}")
    assert sorted(titles(bob, "brand")) == ["Brand 0", "Brand 1", "Brand 2"]
    assert sorted(titles(bob, '"het dak"')) == ["Brand 0", "Brand 1", "Brand 2", "Lekkage 3", "Lekkage 4", "Lekkage 5"]
