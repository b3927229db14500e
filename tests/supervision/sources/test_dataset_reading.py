"""The file of a dataset is read in the background: what comes of it, what is refused, what a stopped worker leaves."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.sources import actions, dataset_computing
from zichtlijn.supervision.sources.dataset_jobs import read_dataset
from zichtlijn.supervision.sources.models import Dataset, DatasetState

from .dataset_steps import Told, do_read, folders, fresh, uploaded
from .logs import registration


def test_a_file_is_read_and_what_its_columns_mean_is_proposed(anna: Any) -> None:
    dataset = do_read(anna, uploaded(anna))
    assert dataset.state == DatasetState.READ
    assert dataset.events == len(registration().splitlines()) - 1
    assert dataset.proposed["mapping"]["roles"]["time"]["name"] == "tijd"
    assert folders(dataset) == {dataset.raw_folder}


def test_reading_is_told_step_by_step(anna: Any) -> None:
    dataset = uploaded(anna)
    told = Told(anna, dataset)
    read_dataset(told, dataset=dataset.pk)
    assert told.steps[-1] == "Er wordt bekeken wat de kolommen betekenen" or "columns" in told.steps[-1]
    actions_told = list(Event.objects.about(dataset).values_list("action", flat=True))
    assert actions_told == ["sources.finish_reading", "sources.read_dataset", "sources.add_dataset"]


def test_a_broken_line_is_told_with_its_number_and_nothing_is_kept_half(anna: Any) -> None:
    lines = registration().splitlines()
    lines[20] = b'Z-0006;"aanvraag;2031-02-01'
    dataset = uploaded(anna, b"\n".join(lines))
    with pytest.raises(ValidationError) as refused:
        read_dataset(Told(anna, dataset), dataset=dataset.pk)
    dataset = fresh(dataset)
    assert dataset.state == DatasetState.FAILED
    assert dataset.error_texts == refused.value.messages
    assert any("21" in sentence for sentence in dataset.error_texts)
    assert not folders(dataset)


def test_a_full_disk_is_told_and_the_file_can_be_read_again(anna: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = uploaded(anna)

    def full(*_given: Any, **_named: Any) -> Any:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("zichtlijn.supervision.sources.dataset_jobs.read_into", full)
        with pytest.raises(ValidationError):
            read_dataset(Told(anna, dataset), dataset=dataset.pk)
    dataset = fresh(dataset)
    assert dataset.state == DatasetState.FAILED
    assert "No space left on device" in dataset.error_texts[0]
    actions.read_dataset(actor=anna, dataset=dataset)
    assert do_read(anna, fresh(dataset)).state == DatasetState.READ


def test_an_error_of_the_software_is_noted_at_the_dataset_and_goes_to_the_log(
    anna: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = uploaded(anna)
    monkeypatch.setattr(dataset_computing, "proposal_as_json", lambda _proposed: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        read_dataset(Told(anna, dataset), dataset=dataset.pk)
    dataset = fresh(dataset)
    assert dataset.state == DatasetState.FAILED
    assert dataset.error_texts
    assert not folders(dataset)


def test_what_a_killed_worker_left_goes_when_the_work_is_done_again(anna: Any) -> None:
    dataset = uploaded(anna)
    left = dataset.folder / "raw-of-a-killed-worker"
    left.mkdir(parents=True)
    (left / "events-00000.parquet").write_bytes(b"half")
    dataset = do_read(anna, dataset)
    assert folders(dataset) == {dataset.raw_folder}


def test_work_is_started_again_only_when_nobody_does_it(anna: Any) -> None:
    dataset = uploaded(anna)
    with pytest.raises(ValidationError):
        actions.restart_dataset(actor=anna, dataset=dataset)
    dataset.job.state = "interrupted"
    dataset.job.save()
    first = dataset.job_id
    again = actions.restart_dataset(actor=anna, dataset=dataset)
    assert again.job_id != first
    before = Told(anna, dataset)
    with pytest.raises(ValidationError):  # the worker of before comes back
        read_dataset(before, dataset=dataset.pk)
    assert fresh(dataset).state == DatasetState.READING
    assert do_read(anna, fresh(dataset)).state == DatasetState.READ


def test_a_dataset_taken_back_meanwhile_is_not_read(anna: Any) -> None:
    dataset = uploaded(anna)
    actions.withdraw_dataset(actor=anna, dataset=dataset, reason="Verkeerd bestand.")
    with pytest.raises(ValidationError):
        read_dataset(Told(anna, dataset), dataset=dataset.pk)
    assert fresh(dataset).state == DatasetState.WITHDRAWN
    back = actions.restore_dataset(actor=anna, dataset=dataset)
    assert back.state == DatasetState.UPLOADED


def test_the_same_submission_makes_one_dataset(anna: Any) -> None:
    from uuid import uuid4

    from zichtlijn.platform.files.storing import store

    number, stored = uuid4(), store(registration(), "text/csv")
    given = {"actor": anna, "values": {"title": "Eens"}, "file": stored, "filename": "a.csv", "submission": number}
    assert actions.add_dataset(**given) == actions.add_dataset(**given)
    assert Dataset.objects.count() == 1


def test_a_reader_adds_no_dataset(erin: Any) -> None:
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        uploaded(erin)
