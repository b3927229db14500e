"""Deciding about proposals: nothing enters the register without a quote and a person, and everything can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field.models import Chain, Organisation
from zichtlijn.supervision.mandate.models import Act
from zichtlijn.supervision.sources import actions
from zichtlijn.supervision.sources.models import Citation, DecisionBy, Footnote, Proposal

from .conftest import BRIDGES, LOCKS, START

Get = Callable[[str], Proposal]


def test_an_accepted_proposal_becomes_a_record_with_its_quotes_as_citations(proposal_of: Get, alice: Any) -> None:
    accepted = actions.accept_proposal(actor=alice, proposal=proposal_of("Wet op de bruggen"))
    act = Act.objects.get(name="Wet op de bruggen")
    assert accepted.result == act
    assert (accepted.state, accepted.decided_by, accepted.how) == ("accepted", alice, DecisionBy.PERSON)
    assert [citation.quote for citation in Citation.objects.about(act)] == [BRIDGES, START]
    assert {citation.page for citation in Citation.objects.about(act)} == {1}


def test_accepting_is_recorded_with_who_did_it(proposal_of: Get, alice: Any) -> None:
    accepted = actions.accept_proposal(actor=alice, proposal=proposal_of("Bruggenbedrijf"))
    event = Event.objects.about(accepted).get(action="sources.accept_proposal")
    assert event.actor == alice
    assert event.after_values["state"] == "accepted"
    assert Event.objects.about(accepted.result).filter(action="sources.cite").count() == 1


def test_a_proposal_of_what_the_register_holds_goes_into_that_record(proposal_of: Get, alice: Any) -> None:
    from zichtlijn.supervision.field.actions import register_organisation

    known = register_organisation(actor=alice, name="Bruggenbedrijf")
    accepted = actions.accept_proposal(actor=alice, proposal=proposal_of("Bruggenbedrijf"))
    assert accepted.result == known
    assert not accepted.created_result
    assert Organisation.objects.filter(name="Bruggenbedrijf").count() == 1


def test_a_person_can_accept_into_another_record(proposal_of: Get, alice: Any) -> None:
    from zichtlijn.supervision.field.actions import register_organisation

    other = register_organisation(actor=alice, name="Koninklijk Veerbedrijf")
    accepted = actions.accept_proposal(actor=alice, proposal=proposal_of("Veerbedrijf"), into=other)
    assert accepted.result == other
    assert Citation.objects.about(other).count() == 1
    assert not Organisation.objects.filter(name="Veerbedrijf").exists()


def test_without_a_quote_nothing_enters_the_register(proposal_of: Get, alice: Any) -> None:
    proposal = proposal_of("Bruggenbedrijf")
    Proposal.objects.filter(pk=proposal.pk).update(quotes=[])
    with pytest.raises(ValidationError) as refused:
        actions.accept_proposal(actor=alice, proposal=proposal)
    assert refused.value.code == "no-quote"
    assert not Organisation.objects.exists()


def test_a_reader_decides_nothing(proposal_of: Get, erin: Any) -> None:
    proposal = proposal_of("Bruggenbedrijf")
    with pytest.raises(PermissionDenied):
        actions.accept_proposal(actor=erin, proposal=proposal)
    with pytest.raises(PermissionDenied):
        actions.reject_proposal(actor=erin, proposal=proposal, reason="nee")
    assert not Organisation.objects.exists()


def test_a_footnote_is_confirmed_in_its_own_document(proposal_of: Get, alice: Any) -> None:
    accepted = actions.accept_proposal(actor=alice, proposal=proposal_of("Jaarverslag"))
    assert accepted.result == Footnote.objects.get()
    actions.reopen_proposal(actor=alice, proposal=accepted)
    assert Footnote.objects.count() == 1


def test_an_edit_keeps_what_the_software_proposed(proposal_of: Get, alice: Any) -> None:
    edited = actions.edit_proposal(
        actor=alice, proposal=proposal_of("Bruggenbedrijf"), values={"title": "Bruggenbedrijf Noord"}
    )
    assert edited.is_edited
    assert edited.proposed["title"] == "Bruggenbedrijf"
    accepted = actions.accept_proposal(actor=alice, proposal=edited)
    assert str(accepted.result) == "Bruggenbedrijf Noord"


def test_a_proposal_keeps_a_title(proposal_of: Get, alice: Any) -> None:
    with pytest.raises(ValidationError):
        actions.edit_proposal(actor=alice, proposal=proposal_of("Bruggenbedrijf"), values={"title": "  "})


def test_a_rejection_needs_a_reason(proposal_of: Get, alice: Any) -> None:
    proposal = proposal_of("Bruggenbedrijf")
    with pytest.raises(ValidationError):
        actions.reject_proposal(actor=alice, proposal=proposal, reason=" ")
    rejected = actions.reject_proposal(actor=alice, proposal=proposal, reason="Bestaat niet meer.")
    assert (rejected.state, rejected.decision_reason) == ("rejected", "Bestaat niet meer.")


def test_accepting_above_a_threshold_says_so(document: Any, alice: Any) -> None:
    batch = actions.accept_above(actor=alice, document=document, confidence=0.9)
    assert {proposal.title for proposal in batch.accepted} == {
        "Bruggenbedrijf",
        "Veerbedrijf",
        "Wet op de bruggen",
        "Jaarverslag",
    }
    assert batch.refused == []
    stored = document.proposals.filter(state="accepted")
    assert {(one.how, one.threshold) for one in stored} == {("threshold", 0.9)}
    assert not Chain.objects.exists()


def test_a_proposal_that_the_register_refuses_does_not_stop_the_others(
    document: Any, proposal_of: Get, alice: Any
) -> None:
    Proposal.objects.filter(title="Bruggenbedrijf").update(payload={"title": "x" * 400})
    batch = actions.accept_above(actor=alice, document=document, confidence=0.9)
    assert [proposal.title for proposal, _reason in batch.refused] == ["Bruggenbedrijf"]
    assert proposal_of("Bruggenbedrijf").state == "open"
    assert proposal_of("Veerbedrijf").state == "accepted"


def test_a_merge_gathers_the_quotes_and_undoing_gives_them_back(proposal_of: Get, alice: Any) -> None:
    into, other = proposal_of("Bruggenbedrijf"), proposal_of("Sluizenbedrijf")
    merged = actions.merge_proposals(actor=alice, into=into, others=[other])
    assert [quote["quote"] for quote in merged.quotes] == [BRIDGES, LOCKS]
    assert proposal_of("Sluizenbedrijf").state == "merged"
    actions.reopen_proposal(actor=alice, proposal=other)
    assert [quote["quote"] for quote in proposal_of("Bruggenbedrijf").quotes] == [BRIDGES]
    assert proposal_of("Sluizenbedrijf").state == "open"


def test_only_proposals_of_one_type_can_be_merged(proposal_of: Get, alice: Any) -> None:
    with pytest.raises(ValidationError):
        actions.merge_proposals(actor=alice, into=proposal_of("Bruggenbedrijf"), others=[proposal_of("Waterketen")])


def test_a_merge_is_not_undone_under_an_accepted_proposal(proposal_of: Get, alice: Any) -> None:
    into, other = proposal_of("Bruggenbedrijf"), proposal_of("Sluizenbedrijf")
    actions.merge_proposals(actor=alice, into=into, others=[other])
    actions.accept_proposal(actor=alice, proposal=into)
    with pytest.raises(ValidationError) as refused:
        actions.reopen_proposal(actor=alice, proposal=other)
    assert refused.value.code == "reopen-first"
    assert Citation.objects.count() == 2


def test_a_split_gives_every_quote_a_place(proposal_of: Get, alice: Any) -> None:
    from zichtlijn.supervision.sources.actions.combining import Piece

    whole = proposal_of("Wet op de bruggen")
    pieces = actions.split_proposal(
        actor=alice, proposal=whole, pieces=[Piece("Bruggenwet", (0,)), Piece("Startwet", (1,))]
    )
    assert [piece.quotes[0]["quote"] for piece in pieces] == [BRIDGES, START]
    assert proposal_of("Wet op de bruggen").state == "split"
    actions.reopen_proposal(actor=alice, proposal=whole)
    assert proposal_of("Wet op de bruggen").state == "open"
    assert not Proposal.objects.filter(split_from=whole).exists()


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        ([("Een", (0, 1))], "one-piece"),
        ([("Een", (0,)), ("", (1,))], "no-title"),
        ([("Een", (0, 1)), ("Twee", ())], "no-quote"),
        ([("Een", (0,)), ("Twee", (0,))], "quote-left-over"),
    ],
)
def test_a_split_that_loses_something_is_refused(proposal_of: Get, alice: Any, pieces: Any, code: str) -> None:
    from zichtlijn.supervision.sources.actions.combining import Piece

    whole = proposal_of("Wet op de bruggen")
    with pytest.raises(ValidationError) as refused:
        actions.split_proposal(actor=alice, proposal=whole, pieces=[Piece(*piece) for piece in pieces])
    assert refused.value.code == code
    assert proposal_of("Wet op de bruggen").state == "open"


def test_undoing_an_acceptance_takes_record_and_citations_out(proposal_of: Get, alice: Any) -> None:
    accepted = actions.accept_proposal(actor=alice, proposal=proposal_of("Bruggenbedrijf"))
    reopened = actions.reopen_proposal(actor=alice, proposal=accepted)
    assert reopened.state == "open"
    assert reopened.result is None
    assert not Organisation.objects.exists()
    assert not Citation.objects.exists()
    assert Event.objects.filter(action="sources.withdraw_record").count() == 1


def test_undoing_is_refused_when_others_built_on_the_record(proposal_of: Get, alice: Any, bob: Any) -> None:
    from zichtlijn.supervision.field.actions import edit_organisation

    accepted = actions.accept_proposal(actor=alice, proposal=proposal_of("Bruggenbedrijf"))
    edit_organisation(actor=bob, organisation=accepted.result, kind="agency")
    with pytest.raises(ValidationError) as refused:
        actions.reopen_proposal(actor=alice, proposal=accepted)
    assert refused.value.code == "built-on"
    assert Organisation.objects.filter(name="Bruggenbedrijf").exists()
    assert Citation.objects.count() == 1


def test_a_record_that_was_there_before_stays_when_the_acceptance_is_undone(proposal_of: Get, alice: Any) -> None:
    from zichtlijn.supervision.field.actions import register_organisation

    register_organisation(actor=alice, name="Bruggenbedrijf")
    accepted = actions.accept_proposal(actor=alice, proposal=proposal_of("Bruggenbedrijf"))
    actions.reopen_proposal(actor=alice, proposal=accepted)
    assert Organisation.objects.filter(name="Bruggenbedrijf").exists()
    assert not Citation.objects.exists()


def test_a_batch_is_undone_in_one_go(document: Any, alice: Any) -> None:
    batch = actions.accept_above(actor=alice, document=document, confidence=0.9)
    reopened = actions.reopen_batch(actor=alice, document=document, at=batch.at)
    assert len(reopened) == len(batch.accepted)
    assert not Organisation.objects.exists()
    assert not document.proposals.exclude(state="open").exists()


def test_what_was_accepted_into_a_record_and_undone_does_not_keep_the_record(proposal_of: Get, alice: Any) -> None:
    first = actions.accept_proposal(actor=alice, proposal=proposal_of("Bruggenbedrijf"))
    second = actions.accept_proposal(actor=alice, proposal=proposal_of("Sluizenbedrijf"), into=first.result)
    with pytest.raises(ValidationError):
        actions.reopen_proposal(actor=alice, proposal=first)
    actions.reopen_proposal(actor=alice, proposal=second)
    actions.reopen_proposal(actor=alice, proposal=first)
    assert not Organisation.objects.exists()
