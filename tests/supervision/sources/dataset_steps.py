"""Bringing a dataset to a state, the way people do: with the actions and the work of the jobs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zichtlijn.analysis.eventlogs.model import Column, Mapping
from zichtlijn.platform.files.storing import store
from zichtlijn.supervision.sources import actions
from zichtlijn.supervision.sources.actions import preparing
from zichtlijn.supervision.sources.choosing import accept_report, choose_mapping
from zichtlijn.supervision.sources.dataset_jobs import add_file, prepare_dataset, read_dataset
from zichtlijn.supervision.sources.models import Dataset

from .logs import registration

MAPPING = Mapping(
    roles={
        "case": Column("zaak"),
        "activity": Column("stap"),
        "time": Column("tijd"),
        "organisation": Column("organisatie"),
        "region": Column("regio"),
        "group": Column("soort"),
        "outcome": Column("uitkomst"),
    },
    end_activities=("uitspraak",),
)


class Told:
    """Stands for the progress of a job that runs in the test itself."""

    def __init__(self, actor: Any, dataset: Dataset) -> None:
        self.actor, self.job = actor, dataset.job
        self.steps: list[str] = []

    def __call__(self, message: Any, _fraction: float, **_params: Any) -> None:
        self.steps.append(str(message))


def uploaded(actor: Any, data: bytes | None = None, *, title: str = "Meldingen 2031", **values: Any) -> Dataset:
    """A dataset whose file waits to be read."""
    stored = store(registration() if data is None else data, "text/csv")
    return actions.add_dataset(actor=actor, values={"title": title, **values}, file=stored, filename="meldingen.csv")


def fresh(dataset: Dataset) -> Dataset:
    """The dataset as it is stored now."""
    return Dataset.objects.select_related("job", "file", "chain").get(pk=dataset.pk)


def do_read(actor: Any, dataset: Dataset) -> Dataset:
    """What the worker does with a file."""
    read_dataset(Told(actor, dataset), dataset=dataset.pk)
    return fresh(dataset)


def mapped(actor: Any, data: bytes | None = None, **values: Any) -> Dataset:
    """A dataset with a load report."""
    dataset = do_read(actor, uploaded(actor, data, **values))
    choose_mapping(actor=actor, dataset=dataset, mapping=MAPPING)
    return fresh(dataset)


def do_prepare(actor: Any, dataset: Dataset) -> Dataset:
    """What the worker does with an accepted report."""
    prepare_dataset(Told(actor, dataset), dataset=dataset.pk)
    return fresh(dataset)


def prepared(actor: Any, data: bytes | None = None, *, key: str = "", **values: Any) -> Dataset:
    """A dataset of which figures can be made."""
    dataset = mapped(actor, data, **values)
    accept_report(actor=actor, dataset=dataset, key=key)
    return do_prepare(actor, fresh(dataset))


def do_add(actor: Any, dataset: Dataset, data: bytes, name: str = "later.csv") -> Dataset:
    """A later file, given and added."""
    preparing.add_file(actor=actor, dataset=dataset, filename=name, file=store(data, "text/csv"))
    dataset = fresh(dataset)
    assert dataset.job is not None
    add_file(Told(actor, dataset), **dataset.job.payload)
    return fresh(dataset)


def folders(dataset: Dataset) -> set[str]:
    """The names of what stands in the folder of a dataset."""
    folder: Path = dataset.folder
    return {path.name for path in folder.glob("*")} if folder.exists() else set()
