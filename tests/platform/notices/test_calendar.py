"""The calendar of one person: opened by its secret address alone, and only as long as that person may see it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.platform.notices.ics_parser import parse
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.notices import deadlines
from zichtlijn.platform.notices.deadlines import Day, Deadline, register_deadlines
from zichtlijn.platform.notices.models import Notice, NoticeSetting
from zichtlijn.platform.notices.warning import warn_of_terms

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 11)


@pytest.fixture
def terms(monkeypatch, team):
    """``terms[username] = [(day, kind)]``: what ends for whom, on which days; asked for within the right days."""
    monkeypatch.setattr(deadlines, "_given", {})
    given: dict[str, list[tuple[date, type[Deadline]]]] = {}

    def give(user, since, until):
        for day, kind in given.get(user.username, []):
            if since <= day <= until:
                yield kind("term-1", day, "eindmelding", team, str(team), "/accounts/me")

    register_deadlines("test", give)
    return given


def new_address(browser) -> str:
    page = browser.post("/notices/calendar/renew").content.decode()
    found = re.search(r'value="http://testserver(/notices/calendar/[^"]+\.ics)"', page)
    assert found, page
    return found[1]


def test_the_address_gives_the_calendar_to_who_is_not_signed_in(bob, client_of, terms, settings):
    from django.utils.timezone import localdate

    settings.PUBLIC_ADDRESS = "https://zichtlijn.example"
    terms["bob"] = [(localdate() + timedelta(days=20), Deadline)]
    answer = Client().get(new_address(client_of(bob)))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    [event] = parse(answer.content).parts
    assert event.values["SUMMARY"] == "Sanctietoepassing: eindmelding"
    assert event.values["UID"] == "term-1@zichtlijn.example"
    assert event.values["URL"] == "https://zichtlijn.example/accounts/me"


def test_the_address_is_not_kept_and_not_told_in_the_history(bob, client_of, terms):
    token = new_address(client_of(bob)).rpartition("/")[2].removesuffix(".ics")
    assert len(token) >= 43, "256 bits"
    assert token not in str(list(NoticeSetting.objects.values())) + str(list(Event.objects.values()))
    assert NoticeSetting.objects.get().calendar_token not in str(list(Event.objects.values()))


def test_a_renewed_address_ends_the_earlier_one(bob, client_of, terms):
    browser = client_of(bob)
    first, second = new_address(browser), new_address(browser)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    browser.post("/notices/calendar/stop")
    assert Client().get(second).status_code == 404


def test_a_person_who_is_gone_has_no_calendar(bob, client_of, terms):
    address = new_address(client_of(bob))
    bob.is_active = False
    bob.save()
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("token", ["", "unknown", "a" * 300])
def test_no_other_address_opens_anything(token, bob, terms):
    NoticeSetting.objects.create(user=bob)  # without a calendar
    assert Client().get(f"/notices/calendar/{token}.ics").status_code == 404


def test_a_term_that_is_near_is_told_once_and_again_when_it_has_passed(bob, alice, terms):
    terms["bob"] = [(TODAY + timedelta(days=3), Deadline)]
    assert warn_of_terms(TODAY - timedelta(days=1)) == 0
    assert [warn_of_terms(TODAY), warn_of_terms(TODAY), warn_of_terms(TODAY + timedelta(days=3))] == [1, 0, 0]
    assert [warn_of_terms(TODAY + timedelta(days=days)) for days in (4, 5)] == [1, 0]
    assert list(Notice.objects.order_by("id").values_list("user__username", "kind")) == [
        ("bob", "notices.term_near"),
        ("bob", "notices.term_passed"),
    ]


def test_a_term_that_moves_is_told_anew(bob, terms):
    terms["bob"] = [(TODAY + timedelta(days=1), Deadline)]
    assert warn_of_terms(TODAY) == 1
    terms["bob"] = [(TODAY + timedelta(days=2), Deadline)]
    assert warn_of_terms(TODAY) == 1


def test_of_a_day_that_is_no_term_nobody_is_warned(bob, terms):
    terms["bob"] = [(TODAY + timedelta(days=1), Day)]
    assert warn_of_terms(TODAY) == 0
