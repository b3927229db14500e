"""The start page: counts that stop in time, and changes that a burst of intake does not hide."""

from __future__ import annotations

import pytest
from django.db import transaction

from zichtlijn.platform.events.recording import Happening, record_many
from zichtlijn.platform.numbers import capped_count
from zichtlijn.project import start
from zichtlijn.supervision.field.models import Organisation
from zichtlijn.supervision.signals.models import Signal


@pytest.fixture
def burst(monkeypatch, db):
    """An organisation was added, and then many signals came in of which most people may not know."""
    monkeypatch.setattr(start, "LOOKED_AT", 5)
    organisation = Organisation.objects.create(name="Dijkzicht")
    signal = Signal.objects.create(channel="telephone", subject="Lekkage", text="x", access="restricted")
    with transaction.atomic():
        record_many(actor=None, happenings=[Happening("field.add_organisation", organisation)])
        record_many(actor=None, happenings=[Happening("signals.take_up", signal) for _ in range(20)])
    return organisation


def test_a_burst_of_intake_hides_nothing_else_from_who_may_not_see_it(burst, erin, bart):
    for user in (erin, bart):
        assert [str(burst) in str(entry.what) for entry in start.recent_changes(user)] == [True]


def test_what_came_in_and_may_be_seen_stands_among_the_changes(burst, bart):
    signal = Signal.objects.create(channel="telephone", subject="Brand", text="x")
    with transaction.atomic():
        record_many(actor=None, happenings=[Happening("signals.take_up", signal)])
    assert signal.reference in str(start.recent_changes(bart)[0].what)


def test_the_stages_stop_counting_and_say_so(erin, monkeypatch):
    monkeypatch.setattr(start, "capped_count", lambda rows: capped_count(rows, 2))
    Organisation.objects.bulk_create(Organisation(name=f"Organisatie {n}") for n in range(3))
    counts = {stage.icon: str(stage.count) for stage in start.line_stages(erin)}
    assert counts["organisation"] == "2+"
