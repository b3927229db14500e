"""Terms that passed while nobody handles what they belong to: a number for the administrator, and no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from zichtlijn.supervision.signals.troubles import trouble_with_terms

pytestmark = pytest.mark.django_db


def test_only_open_signals_that_nobody_handles_and_whose_term_passed_are_counted(came_in: Any, bob: Any) -> None:
    passed, coming = timezone.now() - timedelta(hours=1), timezone.now() + timedelta(hours=1)
    for values in (
        {"term_at": coming},
        {"term_at": passed, "assignee": bob},
        {"term_at": passed, "state": "closed", "outcome": "no_action"},
        {},
    ):
        came_in(**values)
    assert list(trouble_with_terms()) == []
    first = came_in(term_at=passed - timedelta(days=1), access="restricted", subject="kanarie")
    came_in(term_at=passed)
    with translation.override("en"):
        [trouble] = trouble_with_terms()
    assert trouble.what == "Terms passed of 2 signals that nobody handles."
    assert trouble.since == first.term_at
    assert "kanarie" not in f"{trouble}"
