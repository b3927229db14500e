"""Our own record of events as a dataset: our own lead times, looked at in the same way as those of others."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot

from ..models import Dataset
from .dataset_steps import ask_for_job, take_step
from .datasets import TOLD


@action("sources.open_own_record", permission="sources.add_dataset")
def open_own_record(*, actor: Any) -> Dataset:
    """Have the events that the actor may see made into a dataset that only the actor sees."""
    title = _("Our own lead times, %(day)s") % {"day": date_format(timezone.localdate(), "DATE_FORMAT")}
    dataset = Dataset(
        title=title,
        origin=_("The record of events of this register."),
        received_on=timezone.localdate(),
        is_own_record=True,
        only_for=actor,
        added_by=actor,
    )
    dataset.save()
    record(actor=actor, action="sources.open_own_record", about=dataset, after=snapshot(dataset, fields=TOLD))
    take_step(dataset, "read", actor=actor, action_name="sources.read_dataset")
    return ask_for_job("sources.read_own_record", actor=actor, dataset=dataset)
