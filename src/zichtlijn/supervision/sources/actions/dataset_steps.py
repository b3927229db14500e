"""How every action takes a dataset from one state to the next, and asks for the work that belongs to it."""

from __future__ import annotations

from typing import Any

from zichtlijn.platform.events.recording import record
from zichtlijn.platform.tasks.queue import enqueue

from ..models import Dataset
from ..transitions import DATASET


def lock_dataset(dataset: Dataset) -> Dataset:
    """The dataset as it is stored now, kept from others until the transaction ends."""
    return Dataset.objects.select_for_update().get(pk=dataset.pk)


def take_step(
    dataset: Dataset, step: str, *, actor: Any, action_name: str = "", reason: str = "", **values: Any
) -> Dataset:
    """Take a step of the table with what changes at it, and tell it under ``action_name``. Raises StepRefused."""
    before = {"state": dataset.state}
    dataset.state = DATASET.after(dataset.state, step)
    for name, value in values.items():
        setattr(dataset, name, value)
    dataset.save(update_fields=["state", *values])
    if action_name:
        after = {"state": dataset.state}
        record(actor=actor, action=action_name, about=dataset, before=before, after=after, reason=reason)
    return dataset


def ask_for_job(kind: str, *, actor: Any, dataset: Dataset, **payload: Any) -> Dataset:
    """Have a worker do what the dataset now waits for; it starts when the transaction is committed."""
    dataset.job = enqueue(kind, actor=actor, payload={"dataset": dataset.pk, **payload})
    dataset.save(update_fields=["job"])
    return dataset
