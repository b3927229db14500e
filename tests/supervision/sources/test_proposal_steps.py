"""Every state of a proposal with every step: what the table allows happens, the rest is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from zichtlijn.platform.events.transitions import StepRefused
from zichtlijn.supervision.sources import actions
from zichtlijn.supervision.sources.actions.combining import Piece
from zichtlijn.supervision.sources.models import Proposal
from zichtlijn.supervision.sources.transitions import PROPOSAL

STATES = sorted(PROPOSAL.states)
STEPS = sorted(PROPOSAL.steps)
PAIRS = [(state, step) for state in STATES for step in STEPS]
PIECES = [Piece("Een", (0,)), Piece("Twee", (1,))]


def _bring_to(state: str, proposal: Proposal, into: Proposal, actor: Any) -> None:
    if state == "accepted":
        actions.accept_proposal(actor=actor, proposal=proposal)
    elif state == "rejected":
        actions.reject_proposal(actor=actor, proposal=proposal, reason="Nee.")
    elif state == "merged":
        actions.merge_proposals(actor=actor, into=into, others=[proposal])
    elif state == "split":
        actions.split_proposal(actor=actor, proposal=proposal, pieces=PIECES)


def _take(step: str, proposal: Proposal, into: Proposal, actor: Any) -> Any:
    steps: dict[str, Callable[[], Any]] = {
        "accept": lambda: actions.accept_proposal(actor=actor, proposal=proposal),
        "edit": lambda: actions.edit_proposal(actor=actor, proposal=proposal, values={"title": "Anders"}),
        "reject": lambda: actions.reject_proposal(actor=actor, proposal=proposal, reason="Nee."),
        "merge": lambda: actions.merge_proposals(actor=actor, into=into, others=[proposal]),
        "split": lambda: actions.split_proposal(actor=actor, proposal=proposal, pieces=PIECES),
        "reopen": lambda: actions.reopen_proposal(actor=actor, proposal=proposal),
    }
    return steps[step]()


@pytest.fixture
def pair(proposal_of: Callable[[str], Proposal]) -> tuple[Proposal, Proposal]:
    """A proposal with two quotes, and another of its type to merge into."""
    proposal = proposal_of("Wet op de bruggen")
    into = Proposal.objects.create(
        run=proposal.run,
        document=proposal.document,
        type="act",
        key="act:ander",
        title="Andere wet",
        payload={"title": "Andere wet"},
        proposed={"title": "Andere wet"},
        quotes=proposal.quotes[:1],
        proposed_quotes=proposal.quotes[:1],
        confidence=0.5,
        reason="",
    )
    return proposal, into


@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_the_table_decides_through_the_action(
    state: str, step: str, pair: tuple[Proposal, Proposal], alice: Any
) -> None:
    proposal, into = pair
    _bring_to(state, proposal, into, alice)
    if step in PROPOSAL.allowed(state):
        _take(step, proposal, into, alice)
        assert Proposal.objects.get(pk=proposal.pk).state == PROPOSAL.table[state][step]
    else:
        with pytest.raises(StepRefused):
            _take(step, proposal, into, alice)
        assert Proposal.objects.get(pk=proposal.pk).state == state


@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_the_table_decides_through_the_screen(
    state: str, step: str, pair: tuple[Proposal, Proposal], alice: Any, client_of: Any
) -> None:
    proposal, into = pair
    _bring_to(state, proposal, into, alice)
    key, data = proposal.pk, {}
    if step == "edit":
        data = {"title": "Anders"}
    elif step == "reject":
        data = {"reason": "Nee."}
    elif step == "split":
        data = {"number": "2", "title-0": "Een", "quotes-0": "0", "title-1": "Twee", "quotes-1": "1"}
    elif step == "merge":
        key, data = into.pk, {"others": str(proposal.pk)}
    response = client_of(alice).post(reverse(f"sources:{step}", args=[key]), data)
    assert response.status_code in (200, 302)
    after = PROPOSAL.table[state][step] if step in PROPOSAL.allowed(state) else state
    assert Proposal.objects.get(pk=proposal.pk).state == after
