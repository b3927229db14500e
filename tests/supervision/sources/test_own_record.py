"""Our own record of events as a dataset: what the user may see, without names, for that user alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field.actions import register_organisation
from zichtlijn.supervision.sources import actions
from zichtlijn.supervision.sources.choosing import accept_report
from zichtlijn.supervision.sources.dataset_jobs import read_own_record
from zichtlijn.supervision.sources.models import Dataset, DatasetState
from zichtlijn.supervision.sources.own_events import events_visible_to

from .dataset_steps import Told, do_prepare, fresh, prepared, uploaded


def opened(actor: Any) -> Dataset:
    """A log of what the actor may see, with its load report."""
    dataset = actions.open_own_record(actor=actor)
    read_own_record(Told(actor, dataset), dataset=dataset.pk)
    return fresh(dataset)


def test_it_becomes_a_log_prepared_as_any_other(alice: Any) -> None:
    register_organisation(actor=alice, name="Meldpunt")
    dataset = opened(alice)
    assert dataset.state == DatasetState.MAPPED
    accept_report(actor=alice, dataset=dataset)
    dataset = do_prepare(alice, fresh(dataset))
    log = dataset.open_prepared()
    assert dataset.has_figures
    assert log.manifest.events == dataset.events
    assert len(log.values("activity")) > 1


def test_no_name_of_a_person_is_in_it(alice: Any) -> None:
    alice.full_name = "Johanna Onvindbaar"
    alice.save()
    register_organisation(actor=alice, name="Geheim Bureau")
    dataset = opened(alice)
    held = b"".join(path.read_bytes() for path in dataset.folder.rglob("*") if path.is_file())
    for words in (b"Onvindbaar", b"Geheim"):
        assert words not in held


def test_only_events_about_what_the_user_sees_are_in_it(alice: Any, anna: Any, dave: Any) -> None:
    hidden = opened(anna)
    register_organisation(actor=alice, name="Meldpunt")
    seen = set(events_visible_to(alice).values_list("pk", flat=True))
    about_hidden = set(Event.objects.about(hidden).values_list("pk", flat=True))
    assert not seen & about_hidden
    assert seen == {event.pk for event in Event.objects.filter(object_type="field.organisation")}
    assert set(events_visible_to(dave).values_list("pk", flat=True)) == set(Event.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("name", ["alice", "dave", "erin"])
def test_nobody_else_sees_it(name: str, anna: Any, client_of: Any, request: pytest.FixtureRequest) -> None:
    dataset, other = opened(anna), request.getfixturevalue(name)
    assert client_of(other).get(dataset.get_absolute_url()).status_code == 404
    assert dataset.title not in client_of(other).get(reverse("sources:dataset-list")).content.decode()
    with pytest.raises(PermissionDenied):
        actions.withdraw_dataset(actor=other, dataset=dataset, reason="x")


def test_the_page_asks_first_and_then_starts(anna: Any, erin: Any, client_of: Any) -> None:
    address = reverse("sources:own-record")
    assert client_of(anna).get(address).status_code == 200
    assert not Dataset.objects.exists()
    assert client_of(anna).post(address)["Location"] == Dataset.objects.get().job.get_absolute_url()
    assert client_of(erin).post(address).status_code == 403


def test_the_log_of_someone_who_did_nothing_holds_its_own_making(bob: Any) -> None:
    dataset = actions.open_own_record(actor=bob)
    read_own_record(Told(bob, dataset), dataset=dataset.pk)
    assert fresh(dataset).state == DatasetState.MAPPED
    assert fresh(dataset).report["events_kept"] >= 1  # its own making


def test_work_on_a_dataset_is_in_the_log_of_who_may_see_it(anna: Any) -> None:
    prepared(anna)
    uploaded(anna, title="Nog een")
    dataset = opened(anna)
    assert dataset.events is not None
    assert dataset.events > 6
