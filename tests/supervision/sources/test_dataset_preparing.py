"""From a chosen meaning of the columns to a prepared log, and a later file added to it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from zichtlijn.analysis.eventlogs.model import Column, LogError
from zichtlijn.platform.files.models import StoredFile
from zichtlijn.supervision.sources import actions
from zichtlijn.supervision.sources.actions import preparing
from zichtlijn.supervision.sources.choosing import accept_report, add_pseudonymised, choose_mapping
from zichtlijn.supervision.sources.dataset_cases import Cases
from zichtlijn.supervision.sources.dataset_checks import verify_prepared_logs
from zichtlijn.supervision.sources.dataset_jobs import add_file, prepare_dataset
from zichtlijn.supervision.sources.models import Dataset, DatasetState

from .dataset_steps import MAPPING, Told, do_add, do_prepare, do_read, folders, fresh, mapped, prepared, uploaded
from .logs import KEY, registration


def keys_of(dataset: Dataset) -> set[str]:
    """The case numbers as they stand in the prepared log."""
    import pyarrow.parquet as pq

    return set(pq.read_table(dataset.open_prepared().folder / "cases")["case_key"].to_pylist())


def test_a_load_report_is_made_and_the_log_prepared_from_it(anna: Any) -> None:
    dataset = mapped(anna)
    assert dataset.report["cases"] == 40
    accept_report(actor=anna, dataset=dataset)
    dataset = do_prepare(anna, fresh(dataset))
    assert dataset.state == DatasetState.PREPARED
    assert (dataset.cases, dataset.events) == (40, dataset.report["events_kept"])
    assert dataset.digest == dataset.open_prepared().manifest.digest
    assert dataset.open_prepared().manifest.report == dataset.report
    assert keys_of(dataset) == {f"Z-{number:04d}" for number in range(1, 41)}


def test_a_meaning_that_the_log_does_not_bear_is_refused_and_changes_nothing(anna: Any) -> None:
    dataset = do_read(anna, uploaded(anna))
    with pytest.raises(LogError):
        choose_mapping(actor=anna, dataset=dataset, mapping=MAPPING.with_role("region", Column("provincie")))
    assert fresh(dataset).state == DatasetState.READ
    assert not fresh(dataset).mapping


def test_the_digest_says_whether_it_is_the_same_log(anna: Any) -> None:
    one, other = prepared(anna), prepared(anna, title="Nog eens")
    assert one.digest == other.digest
    assert prepared(anna, registration(range(1, 40)), title="Minder").digest != one.digest


def test_preparing_again_with_another_meaning_keeps_the_log_until_the_new_one_is_there(anna: Any) -> None:
    dataset = prepared(anna)
    first = dataset.prepared_folder
    choose_mapping(actor=anna, dataset=dataset, mapping=MAPPING.with_role("group", None))
    dataset = fresh(dataset)
    assert dataset.state == DatasetState.MAPPED
    assert dataset.has_figures
    accept_report(actor=anna, dataset=dataset)
    dataset = do_prepare(anna, fresh(dataset))
    assert dataset.prepared_folder != first
    assert not dataset.open_prepared().values("group")


def test_a_preparation_that_stops_leaves_nothing_and_can_be_asked_again(
    anna: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = mapped(anna)
    accept_report(actor=anna, dataset=dataset)
    dataset = fresh(dataset)

    def full(folder: Path, *_given: Any, **_named: Any) -> Any:
        folder.mkdir()
        (folder / "half").write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("zichtlijn.supervision.sources.dataset_jobs.prepare_into", full)
        with pytest.raises(ValidationError):
            prepare_dataset(Told(anna, dataset), dataset=dataset.pk)
    dataset = fresh(dataset)
    assert dataset.state == DatasetState.FAILED
    assert folders(dataset) == {dataset.raw_folder}
    assert do_prepare(anna, dataset).state == DatasetState.PREPARED  # the same job, started again


def test_a_later_file_is_added_as_if_it_had_been_there_at_once(anna: Any) -> None:
    dataset = do_add(anna, prepared(anna), registration(range(41, 61)))
    assert dataset.state == DatasetState.PREPARED
    assert dataset.cases == 60
    addition = dataset.additions.get()
    assert addition.digest == dataset.digest
    assert folders(dataset) >= {dataset.raw_folder, dataset.prepared_folder, addition.raw_folder}
    choose_mapping(actor=anna, dataset=dataset, mapping=MAPPING)
    accept_report(actor=anna, dataset=fresh(dataset))
    assert do_prepare(anna, fresh(dataset)).digest == addition.digest


def test_the_same_file_is_not_added_twice(anna: Any) -> None:
    dataset = prepared(anna)
    with pytest.raises(ValidationError):
        do_add(anna, dataset, registration())
    dataset = do_add(anna, dataset, registration(range(41, 61)))
    with pytest.raises(ValidationError):
        do_add(anna, dataset, registration(range(41, 61)))
    assert fresh(dataset).cases == 60


def test_a_later_file_with_other_columns_is_refused_and_the_log_stands(anna: Any) -> None:
    dataset = prepared(anna)
    digest = dataset.digest
    with pytest.raises(ValidationError):
        do_add(anna, dataset, b"nummer;wat\n1;iets\n2;iets\n")
    dataset = fresh(dataset)
    assert (dataset.state, dataset.digest, dataset.cases) == (DatasetState.PREPARED, digest, 40)
    assert dataset.error_texts
    assert not dataset.additions.exists()
    assert folders(dataset) == {dataset.raw_folder, dataset.prepared_folder}


def test_a_log_that_ended_at_a_chosen_day_ends_later_with_the_next_file(anna: Any) -> None:
    from dataclasses import replace

    dataset = do_read(anna, uploaded(anna))
    choose_mapping(actor=anna, dataset=dataset, mapping=replace(MAPPING, cut_off="2031-02-28"))
    accept_report(actor=anna, dataset=fresh(dataset))
    dataset = do_prepare(anna, fresh(dataset))
    before = dataset.events
    from zichtlijn.platform.files.storing import store

    later = registration(range(41, 61))
    preparing.add_file(
        actor=anna,
        dataset=dataset,
        filename="later.csv",
        file=store(later, "text/csv"),
        cut_off=date(2031, 12, 31),
    )
    dataset = fresh(dataset)
    assert dataset.job is not None
    add_file(Told(anna, dataset), **dataset.job.payload)
    dataset = fresh(dataset)
    lines = len(registration().splitlines()) + len(later.splitlines()) - 2
    assert before is not None
    assert before < dataset.events == lines
    assert dataset.mapping["cut_off"] == "2031-12-31"


class TestReplacedCaseNumbers:
    """With a key no case number is left: not in the file, the raw log, the prepared log or the records."""

    def test_no_number_and_no_other_column_is_left(self, anna: Any) -> None:
        data = registration().replace(b";uitkomst", b";uitkomst;naam").replace(b":00;", b":00;", 1)
        data = b"\n".join(
            line if number == 0 else line + b";Jansen" for number, line in enumerate(data.rstrip().split(b"\n"))
        )
        dataset = prepared(anna, data, key=KEY)
        assert dataset.is_pseudonymised
        assert dataset.file is None
        assert not StoredFile.objects.filter(sha256=dataset.sha256).exists()
        left = b"".join(path.read_bytes() for path in dataset.folder.rglob("*") if path.is_file())
        assert b"Z-0001" not in left
        assert b"Jansen" not in left
        assert folders(dataset) == {dataset.raw_folder, dataset.prepared_folder}
        assert all(len(key) == 26 for key in keys_of(dataset))

    def test_the_key_is_nowhere_in_the_database(self, anna: Any) -> None:
        from django.apps import apps
        from django.core import serializers

        prepared(anna, key=KEY)
        for model in apps.get_models():
            assert KEY not in serializers.serialize("json", model._base_manager.all()), model

    def test_the_figures_are_those_of_the_numbers(self, anna: Any) -> None:
        plain, replaced = prepared(anna), prepared(anna, key=KEY, title="Met sleutel")
        assert (plain.cases, plain.events) == (replaced.cases, replaced.events)

    def test_a_later_file_with_the_same_key_meets_the_same_cases(self, anna: Any, tmp_path: Path) -> None:
        whole = registration()
        lines = whole.splitlines(keepends=True)
        first, later = b"".join(lines[:80]), lines[0] + b"".join(lines[80:])
        dataset = prepared(anna, first, key=KEY)
        upload = tmp_path / "later.csv"
        upload.write_bytes(later)
        with upload.open("rb") as file:
            about = {"actor": anna, "dataset": dataset, "filename": "later.csv"}
            dataset = fresh(add_pseudonymised(upload=file, key=KEY, **about))
        assert dataset.job is not None
        add_file(Told(anna, dataset), **dataset.job.payload)
        dataset = fresh(dataset)
        assert dataset.cases == 40
        assert not StoredFile.objects.exists()

    def test_the_prepared_log_says_so_and_the_same_as_one_prepared_with_the_key(
        self, anna: Any, tmp_path: Path
    ) -> None:
        from zichtlijn.analysis.eventlogs.prepare import prepare
        from zichtlijn.analysis.eventlogs.readers import read_log

        replaced = prepared(anna, key=KEY).open_prepared().manifest
        (tmp_path / "meldingen.csv").write_bytes(registration())
        raw = read_log(tmp_path / "meldingen.csv", tmp_path / "raw")
        at_once = prepare(raw, MAPPING, tmp_path / "log", pseudonym_key=KEY.encode()).manifest
        assert replaced.pseudonymised
        assert at_once.pseudonymised
        assert replaced.sources[0]["key_check"] == at_once.sources[0]["key_check"]
        assert not prepared(anna, title="Zonder").open_prepared().manifest.pseudonymised

    def test_a_later_file_with_another_key_is_refused_and_changes_nothing(self, anna: Any) -> None:
        dataset = prepared(anna, key=KEY)
        about = {"actor": anna, "dataset": dataset, "filename": "later.csv"}
        with pytest.raises(ValidationError) as caught:
            add_pseudonymised(upload=BytesIO(registration(range(41, 61))), key=f"{KEY}!", **about)
        assert caught.value.error_list[0].code == "key-other"
        assert fresh(dataset).state == DatasetState.PREPARED
        assert folders(dataset) == {dataset.raw_folder, dataset.prepared_folder}

    def test_a_later_file_that_is_broken_is_told_and_changes_nothing(self, anna: Any) -> None:
        dataset = prepared(anna, key=KEY)
        about = {"actor": anna, "dataset": dataset, "filename": "later.csv"}
        with pytest.raises(ValidationError):
            add_pseudonymised(upload=BytesIO(b"zaak;stap\n1;2;3\n"), key=KEY, **about)
        assert folders(dataset) == {dataset.raw_folder, dataset.prepared_folder}

    def test_numbers_are_not_replaced_a_second_time(self, anna: Any) -> None:
        dataset = prepared(anna, key=KEY)
        choose_mapping(actor=anna, dataset=dataset, mapping=MAPPING.with_role("group", None))
        with pytest.raises(LogError) as caught:
            accept_report(actor=anna, dataset=fresh(dataset), key=KEY)
        assert caught.value.code == "key-twice"
        accept_report(actor=anna, dataset=fresh(dataset))
        assert do_prepare(anna, fresh(dataset)).open_prepared().manifest.pseudonymised

    def test_a_short_key_is_refused_and_changes_nothing(self, anna: Any) -> None:
        dataset = mapped(anna)
        with pytest.raises(LogError):
            accept_report(actor=anna, dataset=dataset, key="kort")
        dataset = fresh(dataset)
        assert dataset.state == DatasetState.MAPPED
        assert dataset.file is not None
        assert folders(dataset) == {dataset.raw_folder}


def test_every_case_of_the_log_can_be_listed(anna: Any) -> None:
    from zichtlijn.analysis.chains.selection import EVERYTHING
    from zichtlijn.supervision.sources import chain_figures

    dataset = prepared(anna)
    cases = Cases(dataset.open_prepared(), next(iter(chain_figures.METRICS)), EVERYTHING, {})
    assert cases.number() == 40
    assert [case.key for case in cases.page(1, 10)][:2] == ["Z-0001", "Z-0002"]
    assert len(list(cases.all())) == 40


def test_a_dataset_whose_file_was_not_kept_is_not_read_again(anna: Any) -> None:
    dataset = prepared(anna, key=KEY)
    Dataset.objects.filter(pk=dataset.pk).update(state=DatasetState.FAILED)
    with pytest.raises(ValidationError):
        actions.read_dataset(actor=anna, dataset=dataset)


class TestVerifying:
    """``zichtlijn verify`` holds every prepared log against what was entered."""

    def test_an_untouched_log_is_in_order(self, anna: Any) -> None:
        prepared(anna)
        assert verify_prepared_logs() == []

    def test_a_changed_file_is_named(self, anna: Any) -> None:
        dataset = prepared(anna)
        path = next((dataset.open_prepared().folder / "cases").iterdir())
        path.write_bytes(path.read_bytes() + b"x")
        (problem,) = verify_prepared_logs()
        assert f"cases/{path.name}" in problem

    def test_a_log_that_is_gone_is_told(self, anna: Any) -> None:
        import shutil

        dataset = prepared(anna)
        shutil.rmtree(dataset.open_prepared().folder)
        assert len(verify_prepared_logs()) == 1

    def test_another_log_in_its_place_is_told(self, anna: Any) -> None:
        dataset = prepared(anna)
        Dataset.objects.filter(pk=dataset.pk).update(digest="0" * 64)
        assert len(verify_prepared_logs()) == 1
