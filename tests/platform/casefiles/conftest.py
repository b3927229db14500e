"""A signal, and who knows of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from zichtlijn.platform.casefiles import actions
from zichtlijn.supervision.signals.models import Signal


@pytest.fixture
def came_in(db: None) -> Callable[..., Signal]:
    """``came_in(subject="…")`` is a signal that everybody of staff sees."""

    def made(**values: Any) -> Signal:
        return Signal.objects.create(**{"channel": "telephone", "subject": "Lekkage", "text": "Het lekt."} | values)

    return made


@pytest.fixture
def file(came_in: Callable[..., Signal]) -> Signal:
    """A signal that is open to all staff."""
    return came_in()


@pytest.fixture
def restricted(file: Signal, bob: Any) -> Signal:
    """A signal that only bob knows of, as its owner."""
    actions.restrict_file(actor=bob, file=file, purpose="onderzoek naar het dak")
    file.refresh_from_db()
    return file
