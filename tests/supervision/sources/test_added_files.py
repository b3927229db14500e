"""A later file that brings events the log had already: said wherever the file is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from zichtlijn.supervision.sources.added_files import added_files
from zichtlijn.supervision.sources.models import Dataset

from .dataset_steps import do_add, prepared
from .logs import registration

Client = Callable[[Any], Any]
OVERLAPPING, APART = registration(range(40, 61)), registration(range(41, 61))


def shown_on(client: Any, view: str, dataset: Dataset) -> str:
    """A page of the dataset in English."""
    answer = client.get(reverse(f"sources:{view}", args=[dataset.pk]), headers={"accept-language": "en"})
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("view", ["dataset", "dataset-report"])
def test_events_that_were_in_the_log_already_are_told_of_the_file(view: str, anna: Any, client_of: Client) -> None:
    dataset = do_add(anna, prepared(anna), OVERLAPPING)
    # case 40 is still open, and has three events
    assert "later.csv" in shown_on(client_of(anna), view, dataset)
    assert "3 events of this file were in the log already" in shown_on(client_of(anna), view, dataset)


def test_a_file_with_only_new_events_is_said_to_be_so(anna: Any, client_of: Client) -> None:
    dataset = do_add(anna, prepared(anna), APART)
    assert "None of them was in the log already" in shown_on(client_of(anna), "dataset-report", dataset)
    assert "in the log already" not in shown_on(client_of(anna), "dataset", dataset)


def test_events_that_came_again_do_count_twice_as_is_told(anna: Any) -> None:
    before = prepared(anna)
    number = before.events
    dataset = do_add(anna, before, OVERLAPPING)
    assert number is not None
    assert dataset.events == number + len(OVERLAPPING.splitlines()) - 1
    assert dataset.cases == 60


def test_nothing_is_said_of_a_log_that_cannot_be_opened(anna: Any, client_of: Client) -> None:
    dataset = do_add(anna, prepared(anna), OVERLAPPING)
    shutil.rmtree(dataset.open_prepared().folder)
    assert [each.again for each in added_files(dataset, anna)] == [None]
    assert "in the log already" not in shown_on(client_of(anna), "dataset-report", dataset)
