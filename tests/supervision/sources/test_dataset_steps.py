"""Every state of a dataset with every step: what the table allows happens, the rest is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from zichtlijn.platform.events.transitions import StepRefused
from zichtlijn.platform.files.storing import store
from zichtlijn.supervision.sources import actions
from zichtlijn.supervision.sources.actions import preparing
from zichtlijn.supervision.sources.actions.preparing import Added
from zichtlijn.supervision.sources.models import Dataset, DatasetState
from zichtlijn.supervision.sources.transitions import DATASET

from .dataset_steps import MAPPING, fresh, uploaded
from .logs import registration

STATES = sorted(DATASET.states)
STEPS = sorted(DATASET.steps)
PAIRS = [(state, step) for state in STATES for step in STEPS]
MANIFEST: Any = SimpleNamespace(digest="f" * 64, events=3, cases=1, first_us=0, cut_off_us=1, report={})
# A withdrawn dataset comes back as far as it had come: the others of these three do not apply to it.
COME_SO_FAR = {"restore_unread": ("", ""), "restore_read": ("raw-x", ""), "restore_prepared": ("raw-x", "prepared-x")}


@pytest.fixture
def dataset_in(anna: Any) -> Callable[[str, str], Dataset]:
    """``dataset_in(state, step)``: a dataset in that state, as far come as the step needs, of which nobody works."""

    def bring(state: str, step: str) -> Dataset:
        dataset = uploaded(anna)
        raw, log = COME_SO_FAR.get(step, ("raw-x", "prepared-x"))
        dataset.job.state = "interrupted"
        dataset.job.save()
        values = {"state": state, "raw_folder": raw, "prepared_folder": log, "mapping": MAPPING.as_json()}
        Dataset.objects.filter(pk=dataset.pk).update(**values)
        return fresh(dataset)

    return bring


def take(step: str, dataset: Dataset, actor: Any) -> Any:
    """The step by the action that takes it."""
    about = {"actor": actor, "dataset": dataset}
    added = Added("later.csv", "e" * 64, "raw-y", 3)
    steps: dict[str, Callable[[], Any]] = {
        "read": lambda: actions.read_dataset(**about),
        "finish_reading": lambda: preparing.finish_reading(**about, raw_folder="raw-y", events=3, proposed={}),
        "map": lambda: actions.map_dataset(**about, mapping=MAPPING, report={"cases": 1}),
        "prepare": lambda: actions.prepare_dataset(**about),
        "finish_preparing": lambda: preparing.finish_preparing(**about, prepared_folder="p", manifest=MANIFEST),
        "add": lambda: actions.add_file(**about, filename="b.csv", file=store(registration(range(60, 70)), "text/csv")),
        "finish_adding": lambda: preparing.finish_adding(**about, prepared_folder="p", manifest=MANIFEST, added=added),
        "restart": lambda: actions.restart_dataset(**about),
        "withdraw": lambda: actions.withdraw_dataset(**about, reason="Verkeerd."),
    }
    restore = lambda: actions.restore_dataset(**about)  # noqa: E731
    return steps.get(step, restore)()


BY_ACTION = [(state, step) for state, step in PAIRS if step not in ("fail", "keep")]


@pytest.mark.parametrize(("state", "step"), BY_ACTION)
def test_the_table_decides_through_the_action(
    state: str, step: str, dataset_in: Callable[[str, str], Dataset], anna: Any
) -> None:
    dataset = dataset_in(state, step)
    if step in DATASET.allowed(state):
        take(step, dataset, anna)
        assert fresh(dataset).state == DATASET.table[state][step]
    else:
        with pytest.raises(StepRefused):
            take(step, dataset, anna)
        assert fresh(dataset).state == state


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", ["fail", "keep"])
def test_only_work_that_is_waited_for_can_fail(
    state: str, step: str, dataset_in: Callable[[str, str], Dataset], anna: Any
) -> None:
    dataset = dataset_in(state, step)
    assert dataset.job is not None
    if step == "keep":
        dataset.job.kind = "sources.add_file"
        dataset.job.save()
    possible = step in DATASET.allowed(state)
    if state == DatasetState.READING and step == "keep":
        return  # nobody adds a file to a dataset that is being read
    preparing.fail_dataset(actor=None, dataset=dataset, error=[{"message": "x"}], job=dataset.job)
    assert fresh(dataset).state == (DATASET.table[state][step] if possible else state)


VIEWS = {
    "read": ("dataset-read", {}),
    "restart": ("dataset-restart", {}),
    "withdraw": ("dataset-withdraw", {"reason": "Verkeerd."}),
    "restore_unread": ("dataset-restore", {}),
    "restore_read": ("dataset-restore", {}),
    "restore_prepared": ("dataset-restore", {}),
    "prepare": ("dataset-report", {}),
}
BY_SCREEN = [(state, step) for state in STATES for step in VIEWS]


@pytest.mark.parametrize(("state", "step"), BY_SCREEN)
def test_the_table_decides_through_the_screen(
    state: str, step: str, dataset_in: Callable[[str, str], Dataset], anna: Any, client_of: Any
) -> None:
    dataset = dataset_in(state, step)
    Dataset.objects.filter(pk=dataset.pk).update(report={"cases": 1})
    name, data = VIEWS[step]
    response = client_of(anna).post(reverse(f"sources:{name}", args=[dataset.pk]), data)
    assert response.status_code in (200, 302, 400)
    after = DATASET.table[state][step] if step in DATASET.allowed(state) else state
    assert fresh(dataset).state == after


@pytest.mark.parametrize("state", STATES)
def test_the_buttons_of_the_page_are_the_steps_of_the_state(
    state: str, dataset_in: Callable[[str, str], Dataset], anna: Any, client_of: Any
) -> None:
    dataset = dataset_in(state, "map")
    shown = client_of(anna).get(dataset.get_absolute_url()).content.decode()
    for step, name in (("withdraw", "dataset-withdraw"), ("add", "dataset-add-file"), ("map", "dataset-mapping")):
        there = f'"{reverse(f"sources:{name}", args=[dataset.pk])}"' in shown
        assert there == (step in DATASET.allowed(state)), (state, step)
