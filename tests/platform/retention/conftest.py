"""A kind of record that is nothing but a row in memory, with a rule, and lists of it in every stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from zichtlijn.platform.retention import registry
from zichtlijn.platform.retention.actions.listing import make_list, review_lines, take_step
from zichtlijn.platform.retention.models import DestructionList, RetentionRule
from zichtlijn.platform.retention.registry import Counted, Item, Kept, Went


class Jars(Kept):
    """Jars in a cellar; ``stopped`` are those that cannot go, ``destroyed`` counts how often each went."""

    kind = "toy.jar"
    name = "Jars"
    counted_from = "filled"

    def __init__(self) -> None:
        self.there: dict[str, date] = {}
        self.stopped: dict[str, str] = {}
        self.destroyed: dict[str, int] = {}
        self.fails_at = ""

    def fill(self, key: str, *, years: int = 2) -> None:
        """A jar that was filled so many years ago."""
        self.there[key] = localdate() - timedelta(days=366 * years)

    def find(self, outcome: str, first: date | None, last: date) -> Iterator[Item]:
        found = sorted((day, key) for key, day in self.there.items() if (first or date.min) <= day <= last)
        return (Item(key, f"jar {key}", "", day) for day, key in found)

    def items(self, keys: Sequence[str]) -> dict[str, Item]:
        return {key: Item(key, f"jar {key}", "", self.there[key]) for key in keys if key in self.there}

    def locked(self, key: str) -> Item | None:
        return self.items([key]).get(key)

    def stops(self, keys: Sequence[str]) -> dict[str, str]:
        return {key: self.stopped[key] for key in keys if key in self.stopped}

    def destroy(self, key: str) -> Went:
        if key == self.fails_at:
            raise KeyboardInterrupt
        year = self.there.pop(key).year
        self.destroyed[key] = self.destroyed.get(key, 0) + 1
        return Went({"toy.jar": 1}, "0" * 64, (), Counted(year))


@pytest.fixture
def jars(db: None, monkeypatch: pytest.MonkeyPatch) -> Jars:
    """The cellar, with a rule: a year after they were filled jars may go."""
    kept = Jars()
    monkeypatch.setitem(registry._kinds, kept.kind, kept)
    RetentionRule.objects.create(kind="toy.jar", amount=1, unit="years", source="Kelderboek", certainty="B")
    return kept


@pytest.fixture
def list_in(jars: Jars, dave: Any, carol: Any) -> Callable[..., DestructionList]:
    """``list_in("approved")`` is a list of two jars in that stage, made by dave and reviewed by carol."""

    def made(state: str, jars_on_it: Sequence[str] = ("a", "b")) -> DestructionList:
        for key in jars_on_it:
            jars.fill(key)
        found = make_list(actor=dave, kinds=["toy.jar"])
        way = {"draft": [], "review": ["propose"], "approved": ["propose", "approve"]}
        way |= {
            "destroying": [*way["approved"], "destroy"],
            "withdrawn": ["withdraw"],
            "destroyed": [*way["approved"], "destroy"],
        }
        for step in way[state]:
            if step == "approve":
                lines = found.lines.values_list("pk", flat=True)
                review_lines(actor=carol, found=found, lines=lines, decision="destroy")
            take_step(actor=dave if step in ("propose", "withdraw") else carol, found=found, step=step)
            found.refresh_from_db()
        if state == "destroyed":
            from zichtlijn.platform.retention.executing import carry_out

            carry_out(found)
            found.refresh_from_db()
        assert found.state == state
        return found

    return made
