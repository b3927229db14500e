"""Two organisations that become one keep all that they sent in, also where both used the same reference."""

from __future__ import annotations

from typing import Any

import pytest

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field.actions.merging import merge_organisation
from zichtlijn.supervision.signals.models import Signal

pytestmark = pytest.mark.django_db


def test_nothing_stays_with_the_organisation_that_goes(alice: Any, came_in: Any, prison: Any, shelter: Any) -> None:
    long = "x" * 100
    for reference in ("2024-1", "2024-1 (2)", "other", long, ""):
        came_in(organisation=shelter, sender_reference=reference)
    for reference in ("2024-1", "2024-1 (3)", long, "own", "", ""):
        came_in(organisation=prison, sender_reference=reference)
    merge_organisation(actor=alice, organisation=prison, into=shelter)
    assert not Signal.objects.filter(organisation=prison).exists()
    references = Signal.objects.filter(organisation=shelter).order_by("pk").values_list("sender_reference", flat=True)
    before, after = list(references)[:5], list(references)[5:]
    assert before == ["2024-1", "2024-1 (2)", "other", long, ""]
    assert after == ["2024-1 (4)", "2024-1 (3)", "x" * 96 + " (2)", "own", "", ""]
    assert Event.objects.filter(action="signals.tell_apart").count() == 2
