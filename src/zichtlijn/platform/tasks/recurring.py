"""What runs every so often: an app declares it with ``@recurring``; of all processes one at a time does it.

``zichtlijn run`` has a child that does what is due (``zichtlijn tick --stay``); with separate services the command is
started by a timer, or stays as a service of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from .interruption import process_is_gone
from .models import RecurringRun
from .running import this_worker

LOST_AFTER = timedelta(hours=1)
"""A run without an end is taken to be lost after this long, when its process cannot be asked."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recurring:
    """One thing that runs every so often: its name, what it does in words, how often, and the function."""

    name: str
    title: Any
    every: timedelta
    work: Callable[[], object]


_recurring: dict[str, Recurring] = {}


def recurring(
    name: str, *, every: timedelta, title: Any = ""
) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Have the function called every so often. It must bear being cut off, and being called again after that."""

    def register(work: Callable[[], object]) -> Callable[[], object]:
        if name in _recurring:
            raise ValueError(f"two things that recur are called {name}")
        _recurring[name] = Recurring(name, title or name, every, work)
        return work

    return register


def all_recurring() -> list[Recurring]:
    """Everything that was declared, by name."""
    return [_recurring[name] for name in sorted(_recurring)]


def run_due(now: datetime | None = None) -> list[str]:
    """Do what is due and what nobody else is doing; the names of what was done, also when it failed."""
    kept = {run.name: run for run in RecurringRun.objects.all()}
    missing = [RecurringRun(name=name) for name in _recurring if name not in kept]
    if missing:
        RecurringRun.objects.bulk_create(missing, ignore_conflicts=True)
    return [each.name for each in all_recurring() if _claim(each, kept.get(each.name), now) and _run(each)]


def _claim(each: Recurring, kept: RecurringRun | None, given: datetime | None) -> bool:
    """One statement: of two processes only one still finds it due and free."""
    now = given or timezone.now()
    if kept is not None and kept.last_started is not None and kept.last_started > now - each.every:
        return False  # without asking for the one write lock of SQLite
    is_free = Q(last_started__isnull=True) | Q(last_ended__isnull=False) | Q(last_started__lt=now - LOST_AFTER)
    if kept is not None and kept.is_under_way and process_is_gone(kept.worker):
        is_free |= Q(worker=kept.worker, last_started=kept.last_started)
    is_due = Q(last_started__isnull=True) | Q(last_started__lte=now - each.every)
    rows = RecurringRun.objects.filter(is_free & is_due, name=each.name)
    return bool(rows.update(last_started=now, last_ended=None, worker=this_worker()))


def _run(each: Recurring) -> bool:
    error = ""
    try:
        each.work()
    except Exception as problem:
        logger.exception("%s failed", each.name)
        error = f"{type(problem).__name__}: {problem}"[:300]
    mine = RecurringRun.objects.filter(name=each.name, worker=this_worker(), last_ended__isnull=True)
    mine.update(last_ended=timezone.now(), last_error=error)
    return True


def overdue(now: datetime | None = None) -> list[RecurringRun]:
    """What should have run long ago: nothing does what recurs, or it hangs."""
    now = now or timezone.now()
    kept = {run.name: run for run in RecurringRun.objects.filter(last_started__isnull=False)}
    late = []
    for each in all_recurring():
        run = kept.get(each.name)
        if run is None or (run.last_started and run.last_started < now - max(each.every * 3, timedelta(minutes=10))):
            late.append(run or RecurringRun(name=each.name))
    return late
