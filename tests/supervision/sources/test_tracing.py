"""Sources at the start of the line of sight, and in search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from zichtlijn.platform.trace.sight import line_of_sight
from zichtlijn.supervision.field.actions import register_organisation
from zichtlijn.supervision.sources import actions
from zichtlijn.supervision.sources.models import Document, Proposal

from .conftest import FERRIES


def test_the_line_of_sight_starts_at_the_document(document: Document, alice: Any) -> None:
    ferry = register_organisation(actor=alice, name="Veerbedrijf")
    actions.cite(actor=alice, document=document, about=ferry, quote=FERRIES)
    sight = line_of_sight(ferry, alice)
    assert sight is not None
    assert [node.record for node in sight.back()] == [document]


def test_a_document_leads_to_what_it_supports(document: Document, alice: Any) -> None:
    ferry = register_organisation(actor=alice, name="Veerbedrijf")
    for words in (FERRIES, "Het onderzoek begint in maart."):
        actions.cite(actor=alice, document=document, about=ferry, quote=words)
    sight = line_of_sight(document, alice)
    assert sight is not None
    assert [node.record for node in sight.forward()] == [ferry]


def _found(client: Any, words: str) -> str:
    return str(client.get(reverse("search"), {"q": words}).content.decode())


def test_passages_are_found_by_their_words(document: Document, erin: Any, client_of: Any) -> None:
    shown = _found(client_of(erin), "wachttijden")
    assert document.get_absolute_url() + "?passage=" in shown


def test_what_left_the_text_is_no_longer_found(
    document: Document, computed: Callable[..., Any], alice: Any, client_of: Any
) -> None:
    from zichtlijn.supervision.sources.actions.importing import store_computed

    other = computed("# Plan\n\nDe inspectie volgt de havens.\n", [])
    store_computed(actor=alice, computed=other, replaces=document)
    assert "?passage=" not in _found(client_of(alice), "wachttijden")
    assert "?passage=" in _found(client_of(alice), "havens")


def test_a_renamed_document_renames_its_passages(
    document: Document, proposal_of: Callable[[str], Proposal], alice: Any, client_of: Any
) -> None:
    actions.edit_document(actor=alice, document=document, values={"title": "Plan van aanpak bruggen"})
    assert "Plan van aanpak bruggen" in _found(client_of(alice), "wachttijden")
