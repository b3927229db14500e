"""Whoever opens a restricted file leaves a reading, once; an open file leaves none; nobody takes one out."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.utils.timezone import localdate

from zichtlijn.platform.casefiles import actions
from zichtlijn.platform.casefiles.models import Reading
from zichtlijn.platform.casefiles.opening import note_readings, open_record
from zichtlijn.platform.comments import registry
from zichtlijn.platform.comments.actions import add_comment
from zichtlijn.supervision.signals.models import Message, Signal


def test_opening_a_restricted_record_is_written_once_with_the_purpose_of_the_access(restricted, bob):
    assert open_record(bob, Signal, pk=restricted.pk) == restricted
    reading = Reading.objects.get()
    assert (reading.user, reading.kind, reading.purpose) == (bob, "page", "onderzoek naar het dak")
    assert (reading.object_label, reading.object_id) == (restricted.reference, restricted.pk)


def test_opening_an_open_record_leaves_nothing(file, bob):
    open_record(bob, Signal.objects, pk=file.pk)
    assert not Reading.objects.exists()


def test_who_does_not_see_it_gets_nothing_and_leaves_nothing(restricted, bart, dave, erin, olga):
    for user in (bart, dave, erin, olga):
        with pytest.raises(Http404):
            open_record(user, Signal, pk=restricted.pk)
    assert not Reading.objects.exists()


def test_opening_a_part_is_reading_its_file(restricted, bob, monkeypatch):
    monkeypatch.setattr(registry, "_commentable", {"signals.signal"})
    message = Message.objects.create(signal=restricted, direction="from_sender", text="Nog iets")
    comment = add_comment(actor=bob, about=restricted, text="Even bellen")
    for record in (message, comment):
        open_record(bob, type(record), pk=record.pk, kind="history")
    assert [(each.object_id, each.kind) for each in Reading.objects.all()] == [(restricted.pk, "history")] * 2


def test_a_list_with_several_records_of_a_file_is_one_reading_of_each_file(
    restricted, came_in, bob, django_assert_num_queries
):
    messages = [Message.objects.create(signal=restricted, direction="from_sender", text="x") for _ in range(3)]
    others = [came_in() for _ in range(5)]
    with django_assert_num_queries(2):
        note_readings(bob, [*messages, *others], kind="export")
    assert Reading.objects.count() == 1


def test_what_a_partner_reads_of_a_shared_file_leaves_a_trace_also_when_staff_sees_it_freely(file, bob, pia):
    actions.share_with_partner(actor=bob, file=file, user=pia, purpose="samen", until=localdate())
    open_record(pia, Signal, pk=file.pk)
    assert (Reading.objects.get().user, Reading.objects.get().purpose) == (pia, "samen")


def test_the_trail_is_for_the_owner_of_the_file_and_the_administrator(restricted, bob, bart, dave, erin):
    actions.give_access(actor=bob, file=restricted, user=bart, purpose="bouwkunde")
    open_record(bart, Signal, pk=restricted.pk)
    seen = [Reading.objects.visible_to(user).count() for user in (bob, dave, bart, erin)]
    assert seen == [1, 1, 0, 0]


@pytest.mark.parametrize("statement", ["UPDATE casefiles_reading SET user_name = 'x'", "DELETE FROM casefiles_reading"])
def test_the_database_itself_refuses_to_change_or_delete_a_reading(statement, restricted, bob):
    open_record(bob, Signal, pk=restricted.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Reading.objects.count() == 1


def test_history_and_line_of_sight_are_readings_too(restricted, bob, bart, client_of):
    for address in (f"/events/signals.signal/{restricted.pk}", f"/line-of-sight/signals.signal/{restricted.pk}"):
        assert client_of(bart).get(address).status_code == 404
        assert client_of(bob).get(address).status_code in (200, 404)
    assert {reading.user for reading in Reading.objects.all()} == {bob}
    assert "history" in set(Reading.objects.values_list("kind", flat=True))
