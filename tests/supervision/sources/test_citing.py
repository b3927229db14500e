"""Citations: exact words, found again, never silently dropped."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from zichtlijn.supervision.field.actions import register_organisation
from zichtlijn.supervision.sources import actions
from zichtlijn.supervision.sources.models import Citation
from zichtlijn.supervision.sources.queries import citations_of, contexts_of

from .conftest import FERRIES, LOCKS


@pytest.fixture
def ferry(alice: Any) -> Any:
    """Something to cite for."""
    return register_organisation(actor=alice, name="Veerbedrijf")


def test_a_span_gives_its_words(document: Any, ferry: Any, alice: Any) -> None:
    start = document.text.index(FERRIES)
    citation = actions.cite(
        actor=alice, document=document, about=ferry, start=start, end=start + len(FERRIES), quote=FERRIES
    )
    assert (citation.quote, citation.state) == (FERRIES, "exact")


def test_words_are_looked_up(document: Any, ferry: Any, alice: Any) -> None:
    citation = actions.cite(actor=alice, document=document, about=ferry, quote=FERRIES.replace("spreekt", "spreckt"))
    assert citation.state == "near"
    assert document.text[citation.start : citation.end] == FERRIES


def test_the_same_place_is_cited_once_for_the_same_object(document: Any, ferry: Any, alice: Any) -> None:
    first = actions.cite(actor=alice, document=document, about=ferry, quote=FERRIES)
    assert actions.cite(actor=alice, document=document, about=ferry, quote=FERRIES) == first
    other = register_organisation(actor=alice, name="Ander bedrijf")
    assert actions.cite(actor=alice, document=document, about=other, quote=FERRIES) != first


@pytest.mark.parametrize(
    "place",
    [
        {"start": 0, "end": 5, "quote": "iets anders"},
        {"quote": "Deze woorden staan nergens in dit document, hoe ook gelezen."},
        {"page": 3},
        {"start": 10**7, "end": 10**7 + 5},
    ],
)
def test_a_citation_of_what_is_not_there_is_refused(document: Any, ferry: Any, alice: Any, place: Any) -> None:
    with pytest.raises(ValidationError):
        actions.cite(actor=alice, document=document, about=ferry, **place)
    assert not Citation.objects.exists()


def test_a_reader_cites_nothing(document: Any, ferry: Any, erin: Any) -> None:
    with pytest.raises(PermissionDenied):
        actions.cite(actor=erin, document=document, about=ferry, quote=FERRIES)


def test_the_last_citation_cannot_be_taken_away(document: Any, ferry: Any, alice: Any) -> None:
    only = actions.cite(actor=alice, document=document, about=ferry, quote=FERRIES)
    with pytest.raises(ValidationError) as refused:
        actions.withdraw_citation(actor=alice, citation=only, reason="Niet meer nodig.")
    assert refused.value.code == "last-citation"
    actions.cite(actor=alice, document=document, about=ferry, quote=LOCKS)
    actions.withdraw_citation(actor=alice, citation=only, reason="Niet meer nodig.")
    assert [citation.quote for citation in citations_of(ferry)] == [LOCKS]


def test_the_context_is_the_passage_with_the_words_marked(document: Any, ferry: Any, alice: Any) -> None:
    actions.cite(actor=alice, document=document, about=ferry, quote=FERRIES)
    [(_citation, context)] = contexts_of(list(citations_of(ferry)))
    assert context.section == "Veerdiensten"
    marked = [segment.text for segment in context.passages[0].segments if segment.chosen]
    plain = [segment.text for segment in context.passages[0].segments if not segment.chosen]
    assert marked == [FERRIES]
    assert "12 fte" in "".join(plain)


def test_citations_of_what_was_merged_into_it_are_shown_with_it(document: Any, ferry: Any, alice: Any) -> None:
    from zichtlijn.supervision.field.actions import merge_organisation

    other = register_organisation(actor=alice, name="Veren BV")
    actions.cite(actor=alice, document=document, about=other, quote=LOCKS)
    merge_organisation(actor=alice, organisation=other, into=ferry, reason="Dezelfde.")
    assert [citation.quote for citation in citations_of(ferry)] == [LOCKS]
