"""What is kept for a term: an app says of each kind of its records what ended when, what stops it, and how it goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

STOPS: dict[str, Any] = {
    "hold": _("There is a hold on it."),
    "gone": _("It is not there any more."),
    "open": _("It is not closed."),
    "rule": _("By the rule that holds now its term has not passed."),
    "used": _("Something else still refers to it."),
}
"""Why something cannot go now, by code; a kind adds its own with ``add_stops``."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something with a term: its key, what people call it, how it ended and on which day. No word of what it says."""

    key: str
    reference: str
    outcome: str
    since: date


@dataclass(frozen=True, slots=True)
class Counted:
    """Under what something is still counted after it went."""

    year: int
    sort: str = ""
    outcome: str = ""
    subject_label: str = ""
    subject_id: int = 0
    number: int = 1


@dataclass(slots=True)
class Went:
    """What went: how many rows of which model, the digest of what they said ("" where it could be guessed), files."""

    parts: dict[str, int] = field(default_factory=dict)
    digest: str = ""
    files: tuple[str, ...] = ()
    counted: Counted | None = None


class Kept:
    """A kind of record that has a retention rule. Subclassed by the app that owns it; registered as one object.

    ``outcomes``: codes with words, empty when the rule does not depend on how something ended. ``model_label``: the
    model of the records on which a hold can be placed, "" when there is none. ``told_as``: what the history of the
    record says of it, named by ``events.wording.name_actions``.
    """

    kind: str = ""
    name: Any = ""
    counted_from: Any = ""
    outcomes: Mapping[str, Any] = {}
    model_label: str = ""
    told_as: str = "retention.destroyed"
    order: int = 100

    def find(self, outcome: str, first: date | None, last: date) -> Iterator[Item]:
        """What ended with ``outcome`` from ``first`` until ``last``, both included, the longest ago first."""
        raise NotImplementedError

    def items(self, keys: Sequence[str]) -> dict[str, Item]:
        """Those that are there and ended, as they are now."""
        raise NotImplementedError

    def locked(self, key: str) -> Item | None:
        """The one, when it is there and ended; nobody else changes it until the transaction ends."""
        raise NotImplementedError

    def stops(self, keys: Sequence[str]) -> dict[str, str]:
        """Of those that cannot go now: the code of the reason. A few queries, however many keys."""
        raise NotImplementedError

    def destroy(self, key: str) -> Went:
        """Delete it with everything that hangs on it, in the transaction of the caller."""
        raise NotImplementedError

    def exists(self, keys: Sequence[str]) -> set[str]:
        """Which of these are still there, ended or not."""
        return set(self.items(keys))

    def about(self, key: str) -> models.Model | None:
        """The record on whose history stands that it went; None when it has none of its own."""
        return None

    def openable(self, user: Any, keys: Sequence[str]) -> dict[str, str]:
        """The addresses of those that this user may open; the others are shown by their reference alone."""
        return {}

    def figures(self) -> Iterable[Counted]:
        """How many there are now, as they would be counted; nothing for a kind that is in no figures."""
        return ()

    def words_of_sort(self, sort: str) -> Any:
        """What a sort is called."""
        return sort


class Swept(Kept):
    """A kind of passing copies that goes by itself after its term: no list, and a record of how many went."""

    def sweep(self, before: datetime) -> int:
        """Delete what was written before that moment; how many."""
        raise NotImplementedError


_kinds: dict[str, Kept] = {}


def register_kept(kept: Kept) -> None:
    """Make a kind known. Raises ValueError when two are called the same."""
    if kept.kind in _kinds:
        raise ValueError(f"two kinds that are kept are called {kept.kind}")
    _kinds[kept.kind] = kept


def add_stops(words: Mapping[str, Any]) -> None:
    """Say why something of a kind may not go, beyond the reasons that all kinds share."""
    STOPS.update(words)


def kinds() -> list[Kept]:
    """All of them, in order."""
    return sorted(_kinds.values(), key=lambda kept: (kept.order, kept.kind))


def listed_kinds() -> list[Kept]:
    """Those that go by way of a list."""
    return [kept for kept in kinds() if not isinstance(kept, Swept)]


def swept_kinds() -> list[Swept]:
    """Those that go by themselves."""
    return [kept for kept in kinds() if isinstance(kept, Swept)]


def kind_named(kind: str) -> Kept | None:
    """The kind of that name; None when no app has it (any more)."""
    return _kinds.get(kind)


def can_be_held(label: str) -> bool:
    """True for a model on whose records a hold can be placed."""
    return bool(label) and any(kept.model_label == label for kept in _kinds.values())


def outcome_in_words(kept: Kept | None, outcome: str) -> Any:
    """What an outcome is called."""
    return kept.outcomes.get(outcome, outcome) if kept else outcome
