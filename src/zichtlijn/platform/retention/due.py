"""What is due: its term has passed, nothing stops it, and it is on no other list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.utils.timezone import localdate

from .models import DestructionLine, RetentionRule
from .registry import Item, Kept
from .rules import Period, Rulebook
from .terms import Unit, last_that_is_due

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due, by which rule, and since when. ``stopped_by``: why it cannot go all the same."""

    item: Item
    rule: RetentionRule
    due_on: date
    stopped_by: str = ""


def due_of(kept: Kept, today: date | None = None, book: Rulebook | None = None) -> Iterator[Due]:
    """All of a kind whose term has passed and that is on no running list, also what something stops."""
    today, book = today or localdate(), book or Rulebook()
    for outcome in kept.outcomes or [""]:
        for period in book.periods(kept.kind, outcome):
            last = _last(period, today)
            if last is None or (period.first is not None and last < period.first):
                continue
            yield from _chunks(kept, period, kept.find(outcome, period.first, last))


def rule_and_day(kept: Kept, item: Item, book: Rulebook) -> tuple[RetentionRule | None, date | None]:
    """The rule for something that ended, and the day on which it may go; None when it is kept for good."""
    rule = book.on(kept.kind, item.outcome, item.since)
    return rule, rule.due_on(item.since) if rule else None


def _last(period: Period, today: date) -> date | None:
    rule = period.rule
    if rule.due_on(today) is None or rule.amount is None:
        return None
    last = last_that_is_due(today, rule.amount, Unit(rule.unit))
    return min(last, period.last) if period.last else last


def _chunks(kept: Kept, period: Period, items: Iterator[Item]) -> Iterator[Due]:
    while chunk := list(islice(items, CHUNK)):
        keys = [item.key for item in chunk]
        running = DestructionLine.objects.filter(kind=kept.kind, key__in=keys, is_running=True)
        listed, stopped = set(running.values_list("key", flat=True)), kept.stops(keys)
        for item in chunk:
            due_on = period.rule.due_on(item.since)
            if item.key not in listed and due_on is not None:
                yield Due(item, period.rule, due_on, stopped.get(item.key, ""))
