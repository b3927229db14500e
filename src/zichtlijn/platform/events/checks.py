"""What ``zichtlijn verify`` checks besides the events: an app registers what else of its own must be unchanged."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError

Check = Callable[[], list[str]]
_checks: dict[str, Check] = {}


def register_check(name: str, check: Check) -> None:
    """Let ``verify`` run ``check``, which answers with a sentence for each thing that was changed or removed."""
    _checks[name] = check


def problems_found() -> list[str]:
    """What all registered checks found."""
    return [problem for name, check in _checks.items() for problem in _problems(name, check)]


def _problems(name: str, check: Check) -> list[str]:
    try:
        return check()
    except DatabaseError as error:  # damage to the file itself
        return [f"{name}: {error}"]
