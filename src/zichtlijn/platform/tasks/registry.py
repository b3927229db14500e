"""The kinds of jobs: an app declares its own with ``@job`` in ``jobs.py``, imported from ``AppConfig.ready()``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Work = Callable[..., str | None]


@dataclass(frozen=True)
class Kind:
    """A kind of job: its name for people, and the function that does the work."""

    kind: str
    title: Any
    work: Work


_kinds: dict[str, Kind] = {}


def job(kind: str, *, title: Any = "") -> Callable[[Work], Work]:
    """Register ``def work(progress, **payload) -> str | None`` as the work of ``kind`` (``app.verb``).

    ``progress`` is a ``tasks.progress.Progress``; the answer is the address of the result, or None. A ValidationError
    becomes the message that the owner reads. Compute first, write in one short transaction at the end: SQLite has one
    writer, and a progress report from inside a transaction is only seen when that ends.
    """

    def register(work: Work) -> Work:
        if kind in _kinds:
            raise ValueError(f"two jobs are called {kind}")
        _kinds[kind] = Kind(kind, title or kind, work)
        return work

    return register


def work_of(kind: str) -> Work:
    """The function of a kind. Raises KeyError for a kind that nobody registered."""
    return _kinds[kind].work


def title_of(kind: str) -> str:
    """What a kind of job does, in words."""
    return str(_kinds[kind].title) if kind in _kinds else kind


def is_registered(kind: str) -> bool:
    """True when an app registered this kind."""
    return kind in _kinds


def kind_choices(_user: Any = None) -> list[tuple[str, str]]:
    """Every kind with its title, for a filter."""
    return [(each.kind, str(each.title)) for each in _kinds.values()]
