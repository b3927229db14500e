"""What leaves a list as a file or in print is read: of every restricted file in it a reading."""

from __future__ import annotations

import pytest

from zichtlijn.platform.casefiles import actions
from zichtlijn.platform.casefiles.models import FileAccess, Reading
from zichtlijn.supervision.signals.models import IncidentFile

LIST = "/signals/incidents/"


@pytest.fixture
def files(bob):
    """Two incident files, the first restricted to bob."""
    first, second = (IncidentFile.objects.create(title=title) for title in ("Brand", "Lekkage"))
    actions.restrict_file(actor=bob, file=first, purpose="brand")
    return first, second


@pytest.mark.parametrize("wanted", ["csv", "xlsx", "print"])
def test_a_list_that_is_taken_along_leaves_a_reading_of_the_restricted_file_in_it(wanted, files, bob, client_of):
    answer = client_of(bob).get(LIST, {"format": wanted})
    assert answer.status_code == 200
    [reading] = Reading.objects.all()
    assert (reading.kind, reading.object_id) == ("export", files[0].pk)


def test_looking_at_the_list_leaves_nothing(files, bob, client_of):
    client_of(bob).get(LIST)
    assert not Reading.objects.exists()


def test_who_does_not_see_the_file_takes_nothing_along_and_leaves_nothing(files, bart, client_of):
    answer = client_of(bart).get(LIST, {"format": "csv"})
    assert "Brand" not in b"".join(answer.streaming_content).decode()
    assert not Reading.objects.exists()


def test_a_partner_leaves_a_reading_of_all_that_is_taken_along(files, pia, client_of):
    FileAccess.objects.create(file_key=files[1].file_key, user=pia, purpose="samen")
    client_of(pia).get(LIST, {"format": "csv"})
    assert [reading.object_id for reading in Reading.objects.all()] == [files[1].pk]
