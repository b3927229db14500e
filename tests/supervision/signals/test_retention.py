"""What came in goes after its term, by rule, with two people and a proof; nothing of it is left but its count."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from zichtlijn.platform.events.models import Event
from zichtlijn.platform.retention.actions.listing import make_list, review_lines, take_step
from zichtlijn.platform.retention.checking import wrong_proofs
from zichtlijn.platform.retention.executing import go_on
from zichtlijn.platform.retention.models import DestructionList, ListState, Tally
from zichtlijn.platform.retention.rules import load_rules
from zichtlijn.supervision.signals.models import Signal

SIGNALS = ["signals.signal"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules(db: None) -> None:
    load_rules()


@pytest.fixture
def closed(came_in: Any) -> Any:
    """``closed(years, …)`` is a signal that was closed so many years ago, without action."""

    def made(years: float = 6, **values: Any) -> Signal:
        at = timezone.now() - timedelta(days=years * 365.25)
        return came_in(**{"state": "closed", "outcome": "no_action", "received_at": at, "closed_at": at} | values)

    return made


def carried_out(dave: Any, carol: Any, **values: Any) -> DestructionList:
    """A list that dave made and carol reviewed, approved and carried out."""
    found = approved(dave, carol, **values)
    take_step(actor=carol, found=found, step="destroy")
    go_on()
    found.refresh_from_db()
    return found


def approved(dave: Any, carol: Any, kinds: Any = SIGNALS) -> DestructionList:
    """A list of which every line is to be destroyed."""
    found = make_list(actor=dave, kinds=kinds)
    take_step(actor=dave, found=found, step="propose")
    lines = found.lines.values_list("pk", flat=True)
    review_lines(actor=carol, found=found, lines=lines, decision="destroy")
    return take_step(actor=carol, found=found, step="approve")


def test_a_signal_goes_from_rule_to_proof(dave: Any, carol: Any, closed: Any) -> None:
    old, young = closed(6), closed(4)
    found = carried_out(dave, carol)
    assert found.state == ListState.DESTROYED
    assert set(Signal.objects.all()) == {young}
    assert str(old) in found.proof
    assert wrong_proofs() == []
    assert Tally.objects.get().number == 1
    assert [event.action for event in Event.objects.about(old)] == ["retention.destroyed"]
    assert DestructionList.objects.get().proof_digest in Event.objects.get(action="retention.finish").after
