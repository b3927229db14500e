"""Comparing two editions: what is new, gone, changed and the same."""

from __future__ import annotations

from zichtlijn.analysis.documents.editions import compare
from zichtlijn.analysis.documents.proposals import propose

from .made_programmes import CARE, read


def test_importing_the_same_document_again_changes_nothing() -> None:
    first, again = propose(read(CARE)), propose(read(CARE))
    changes = compare(first, again)
    assert (changes.new, changes.gone, changes.changed) == ((), (), ())
    assert len(changes.same) == len(first)


def test_a_line_that_comes_and_one_that_goes_are_told() -> None:
    later = CARE.replace("1. Onderzoek naar wachttijden bij crisisplaatsingen", "1. Evaluatie van vertrouwenspersonen")
    changes = compare(propose(read(CARE)), propose(read(later)))
    assert [p.title for p in changes.new if p.type == "activity"] == ["Evaluatie van vertrouwenspersonen"]
    assert [p.title for p in changes.gone if p.type == "activity"] == [
        "Onderzoek naar wachttijden bij crisisplaatsingen"
    ]


def test_a_changed_amount_of_work_is_a_change_of_the_same_activity() -> None:
    later = CARE.replace("bezoeken we 120 thuiszorgorganisaties", "bezoeken we 140 thuiszorgorganisaties")
    changes = compare(propose(read(CARE)), propose(read(later)))
    activity = next(change for change in changes.changed if change.now.type == "activity")
    assert (
        "title",
        "Bezoeken aan 120 thuiszorgorganisaties",
        "Bezoeken aan 140 thuiszorgorganisaties",
    ) in activity.fields
    assert not [p for p in (*changes.new, *changes.gone) if p.type == "activity"]


def test_a_changed_status_is_named_with_before_and_after() -> None:
    later = CARE.replace("ronden we in het eerste kwartaal af", "zetten we in het eerste kwartaal voort")
    changes = compare(propose(read(CARE)), propose(read(later)))
    statuses = [field for change in changes.changed for field in change.fields if field[0] == "status"]
    assert statuses == [("status", "finishing", "continuing")]


def test_each_proposal_is_in_one_group_only() -> None:
    later = CARE.replace("120", "140").replace("pleegzorg", "gezinshuizen").replace("780 fte", "790 fte")
    old, new = propose(read(CARE)), propose(read(later))
    changes = compare(old, new)
    now = [*changes.new, *(change.now for change in changes.changed), *changes.same]
    assert sorted(p.key for p in now) == sorted(p.key for p in new)
    assert len(changes.gone) + len(changes.changed) + len(changes.same) == len(old)


def test_an_empty_side_is_all_new_or_all_gone() -> None:
    proposals = propose(read(CARE))
    assert compare((), proposals).new == proposals
    assert compare(proposals, ()).gone == proposals
