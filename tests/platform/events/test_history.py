"""The history of an object reads like Dutch or English, not like a database."""

import pytest
from django.urls import reverse
from django.utils import translation

from zichtlijn.platform.accounts import actions
from zichtlijn.platform.events.actions import ACTIONS
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.events.wording import entries, named_actions


@pytest.fixture
def changed(dave, bob):
    actions.change_role(actor=dave, user=bob, role="analyst", reason="new work")
    return bob


def test_every_action_has_a_name_in_the_history():
    assert set(ACTIONS) <= named_actions()


def test_it_says_who_what_why_and_before_and_after_in_words(changed):
    with translation.override("nl"):
        (line,) = entries(list(Event.objects.about(changed)))
        assert (line.who, line.reason, str(line.what)) == ("Dave", "new work", "rol gewijzigd")
        (change,) = line.changes
        assert (str(change.label), str(change.before), str(change.after)) == ("rol", "inspecteur", "analist")


def test_dates_are_written_out(dave, bob):
    from django.db import transaction

    from zichtlijn.platform.events.recording import record, snapshot

    with transaction.atomic():
        event = record(actor=dave, action="accounts.add", about=bob, after=snapshot(bob, fields=["date_joined"]))
    with translation.override("en"):
        (change,) = entries([event])[0].changes
    assert "T" not in str(change.after).replace("Time", "")
    assert str(bob.date_joined.year) in str(change.after)


def test_the_number_of_queries_does_not_grow_with_the_events(dave, bob, django_assert_num_queries):
    for number in range(6):
        actions.change_role(actor=dave, user=bob, role=("analyst", "editor")[number % 2], reason="x")
    events = list(Event.objects.about(bob))
    with django_assert_num_queries(0):
        entries(events)


def test_the_history_page_is_paged_and_for_those_who_may_see_it(client_of, dave, erin, changed):
    address = reverse("events:history", args=["accounts.user", changed.pk])
    assert client_of(dave).get(address).status_code == 200
    assert client_of(erin).get(address).status_code == 404


@pytest.mark.parametrize(
    "path", ["nonsense/1", "accounts.user/x", "accounts.user/99999", "no.such/1", "auth.permission/1"]
)
def test_the_history_of_nothing_is_not_found(client_of, dave, path):
    assert client_of(dave).get(f"/events/{path}").status_code == 404


def test_the_record_is_for_administrators(client_of, dave, alice, changed):
    assert "rol gewijzigd" in client_of(dave).get(reverse("events:event-list")).content.decode()
    assert client_of(alice).get(reverse("events:event-list")).status_code == 403


def test_numbers_and_codes_are_written_as_people_write_them(dave, bob, monkeypatch):
    from django.db import models, transaction

    from zichtlijn.platform.events import wording
    from zichtlijn.platform.events.recording import record

    monkeypatch.setattr(wording, "_field", lambda _model, name: models.DecimalField() if name == "fte" else None)
    monkeypatch.setattr(wording, "_codes", {"match": {"text_absent": "text not imported"}})
    with transaction.atomic():
        event = record(actor=dave, action="accounts.add", about=bob, after={"fte": "2.60", "match": "text_absent"})
    with translation.override("nl"):
        assert [str(change.after) for change in entries([event])[0].changes] == ["2,6", "text not imported"]
