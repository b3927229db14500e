"""The figures of a large log are there before anybody asks, and never those of another log or program."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.supervision.sources import chain_figures, figures_ahead
from zichtlijn.supervision.sources.chain_figures import computing, keeping
from zichtlijn.supervision.sources.figures_ahead import compute_figures_ahead
from zichtlijn.supervision.sources.models import Dataset

from .dataset_steps import Told, mapped, prepared
from .logs import registration


@pytest.fixture(autouse=True)
def _nothing_in_memory() -> Iterator[None]:
    computing._kept.clear()
    yield
    computing._kept.clear()


@pytest.fixture
def dataset(anna: Any, settings: Any, tmp_path: Path) -> Dataset:
    """A prepared dataset; it is too small for figures beforehand."""
    settings.DATA = tmp_path
    return prepared(anna)


def kept(log: Prepared) -> list[str]:
    folder = log.folder / keeping.FOLDER
    return sorted(path.name.partition("-")[0] for path in folder.glob("*")) if folder.exists() else []


def test_a_small_log_is_not_computed_ahead(dataset: Dataset) -> None:
    assert kept(dataset.open_prepared()) == []


def test_the_figures_of_a_large_log_are_kept_when_it_is_prepared(
    anna: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path
    monkeypatch.setattr(figures_ahead, "LARGE", 10)
    log = prepared(anna).open_prepared()
    names = [name for name in chain_figures.METRICS if not chain_figures.missing(name, log)]
    assert len(kept(log)) == len(names)
    computing._kept.clear()
    monkeypatch.setattr(computing, "compute", lambda *_words, **_more: pytest.fail("computed again"))
    for name in names:
        assert chain_figures.cached(name, log, EVERYTHING)


def test_what_was_kept_is_what_is_computed(dataset: Dataset) -> None:
    log = dataset.open_prepared()
    first = chain_figures.cached("variants", log, EVERYTHING)
    computing._kept.clear()
    assert (
        chain_figures.cached("variants", log, EVERYTHING) == first == chain_figures.compute("variants", log, EVERYTHING)
    )
    assert kept(log) == ["variants"]


def test_a_selection_is_not_kept_beside_the_log(dataset: Dataset) -> None:
    log = dataset.open_prepared()
    chain_figures.cached("variants", log, Selection(regions=(0,)))
    assert kept(log) == []


def test_another_program_computes_anew(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    log = dataset.open_prepared()
    keeping.keep(log, "variants", {"from": "this program"})
    assert keeping.read_kept(log, "variants") == {"from": "this program"}
    monkeypatch.setattr(keeping, "_program", lambda: "another")
    assert keeping.read_kept(log, "variants") is None


def test_what_is_broken_is_computed_anew(dataset: Dataset) -> None:
    log = dataset.open_prepared()
    keeping.keep(log, "summary", {})
    next((log.folder / keeping.FOLDER).glob("summary*")).write_text("{", encoding="utf-8")
    assert chain_figures.cached("summary", log, EVERYTHING)["cases"] == 40


def test_a_folder_that_cannot_be_written_keeps_nothing_and_shows_the_figure(dataset: Dataset) -> None:
    log = dataset.open_prepared()
    (log.folder / keeping.FOLDER).write_text("in the way", encoding="utf-8")
    assert chain_figures.cached("summary", log, EVERYTHING)["cases"] == 40


def test_a_failure_ahead_does_not_spoil_the_preparation(
    dataset: Dataset, anna: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(figures_ahead, "LARGE", 10)
    monkeypatch.setattr(chain_figures, "compute_ahead", fail)
    compute_figures_ahead(dataset.folder / dataset.prepared_folder, Told(anna, dataset))


def test_a_copy_of_a_log_with_other_content_has_its_own_figures(anna: Any, dataset: Dataset, tmp_path: Path) -> None:
    log = dataset.open_prepared()
    chain_figures.cached("summary", log, EVERYTHING)
    other = prepared(anna, registration(range(1, 11)), title="Other").open_prepared()
    shutil.copytree(log.folder / keeping.FOLDER, other.folder / keeping.FOLDER)
    assert chain_figures.cached("summary", other, EVERYTHING)["cases"] == 10


def test_nothing_is_kept_of_what_was_never_prepared(anna: Any, settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    assert not list(mapped(anna).folder.rglob(keeping.FOLDER))
