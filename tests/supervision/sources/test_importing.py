"""Importing: once by content, editions, page layers, and the text of a document that was cited without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from zichtlijn.analysis.documents import model
from zichtlijn.analysis.documents.citations_fingerprints import fingerprint
from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field.actions import register_organisation
from zichtlijn.supervision.sources import actions
from zichtlijn.supervision.sources.actions.importing import earlier_edition, store_computed
from zichtlijn.supervision.sources.computing import Computed, Layer
from zichtlijn.supervision.sources.models import Citation, Document, ImportRun, PageLayer, Passage, Proposal

from .conftest import BRIDGES, FERRIES, LOCKS, STAFF, START, TEXT

Make = Callable[..., Computed]


def test_an_import_stores_text_parts_and_proposals(run: ImportRun) -> None:
    document = run.document
    assert run.outcome == "new"
    assert document.text[document.text.index(BRIDGES) :].startswith(BRIDGES)
    assert [section.title for section in document.sections.all()][-1] == "Veerdiensten"
    assert document.footnotes.get().urls == ["https://voorbeeld.example/jaarverslag"]
    assert run.counts == {"organisation": 3, "chain": 1, "act": 1, "footnote": 1}
    for passage in document.passages.all():
        assert document.text[passage.start : passage.end] == passage.text
    for proposal in document.proposals.all():
        for quote in proposal.quotes:
            assert document.text[quote["start"] : quote["end"]] == quote["quote"]


def test_an_import_is_recorded(run: ImportRun, alice: Any) -> None:
    event = Event.objects.about(run.document).get(action="sources.import_document")
    assert event.actor == alice
    assert event.after_values["sha256"] == run.document.sha256


def test_the_same_file_again_adds_nothing(run: ImportRun, computed: Make, alice: Any) -> None:
    before = (Document.objects.count(), Passage.objects.count(), Proposal.objects.count())
    again = store_computed(actor=alice, computed=computed())
    assert again.outcome == "same"
    assert again.document == run.document
    assert (Document.objects.count(), Passage.objects.count(), Proposal.objects.count()) == before


def test_other_page_layers_give_the_document_other_pages(run: ImportRun, computed: Make, alice: Any) -> None:
    proposal = run.document.proposals.get(title="Veerbedrijf")
    accepted = actions.accept_proposal(actor=alice, proposal=proposal)
    made = computed()
    page = model.PageRange(4, 4, "layer")
    sentences = tuple(replace(one, pages=tuple(page for _span in one.spans)) for one in made.read.sentences)
    passages = tuple(replace(one, page=page) for one in made.read.passages)
    read = replace(made.read, sentences=sentences, passages=passages)
    layers = {4: Layer(FERRIES.encode(), "page-4.txt")}
    again = store_computed(actor=alice, computed=replace(made, read=read, layers=layers))
    assert again.outcome == "pages"
    assert PageLayer.objects.get().page == 4
    assert {passage.page_first for passage in run.document.passages.all()} == {4}
    assert Citation.objects.about(accepted.result).get().page == 4
    assert Proposal.objects.get(title="Bruggenbedrijf").quotes[0]["page"] == 4
    assert store_computed(actor=alice, computed=replace(made, read=read, layers=layers)).outcome == "same"


def test_a_layer_in_another_encoding_is_the_same_layer() -> None:
    assert Layer("één".encode()).sha256 == Layer("één".encode("utf-16")).sha256 != Layer(b"een").sha256


def test_a_programme_of_another_year_is_a_new_edition(run: ImportRun, computed: Make, alice: Any) -> None:
    later = store_computed(
        actor=alice, computed=computed(TEXT.replace("2031", "2032"), proposals=[], title="Werkplan 2032", year=2032)
    )
    assert later.outcome == "edition"
    assert later.document.edition_of == run.document
    assert earlier_edition(title="Jaarbericht 2032", publisher="Inspectie Waterwegen") is None


def test_a_person_can_say_that_it_is_another_file_of_the_same_document(
    run: ImportRun, computed: Make, alice: Any
) -> None:
    kept = actions.accept_proposal(actor=alice, proposal=run.document.proposals.get(title="Veerbedrijf"))
    moved = actions.accept_proposal(actor=alice, proposal=run.document.proposals.get(title="Bruggenbedrijf"))
    lost = actions.accept_proposal(actor=alice, proposal=run.document.proposals.get(title="Waterketen"))
    text = TEXT.replace(LOCKS, "").replace("zijn bruggen onderhoudt", "zijn brugen onderhoud")
    again = store_computed(actor=alice, computed=computed(text, proposals=[]), replaces=run.document)
    assert again.outcome == "replaced"
    assert again.document == run.document
    states = {result: Citation.objects.about(result.result).get().state for result in (kept, moved, lost)}
    assert states == {kept: "exact", moved: "near", lost: "unmatched"}
    citation = Citation.objects.about(lost.result).get()
    assert citation.quote == LOCKS
    assert citation.start is None
    near = Citation.objects.about(moved.result).get()
    assert near.quote == BRIDGES
    assert "brugen" in again.document.text[near.start : near.end]
    assert Event.objects.about(lost.result).filter(action="sources.relocate_citation").exists()


@pytest.fixture
def known(alice: Any) -> Document:
    """A document that is cited by page and fingerprint while its text is not here."""
    document = Document.objects.create(title="Werkplan", publisher="Inspectie Waterwegen", year=2031, is_demo=True)
    for number, words in enumerate([BRIDGES, START, FERRIES, STAFF]):
        about = register_organisation(actor=alice, name=f"Organisatie {number}")
        actions.cite(actor=alice, document=document, about=about, page=7, fingerprint=fingerprint(words))
    return document


def test_a_citation_without_text_says_so(known: Document) -> None:
    assert {citation.state for citation in known.citations.all()} == {"text_absent"}
    assert {citation.quote for citation in known.citations.all()} == {""}


def test_the_text_of_a_document_that_is_cited_without_it_is_recognised(
    known: Document, computed: Make, alice: Any
) -> None:
    attached = store_computed(actor=alice, computed=computed())
    assert attached.outcome == "attached"
    assert attached.document == known
    assert attached.document.title == "Werkplan"
    quotes = [citation.quote for citation in known.citations.order_by("start")]
    assert quotes == [BRIDGES + "[^1]", START, FERRIES, STAFF]
    assert {citation.state for citation in known.citations.all()} == {"exact"}
    assert Document.objects.count() == 1
    assert attached.document.proposals.count() == 6


def test_another_text_is_not_taken_for_it(known: Document, computed: Make, alice: Any) -> None:
    other = store_computed(
        actor=alice, computed=computed("# Iets anders\n\nHier staat niets over bruggen of over veren.\n", proposals=[])
    )
    assert other.document != known
    assert not Document.objects.get(pk=known.pk).has_text


def test_a_fingerprint_that_is_not_in_the_text_is_reported(known: Document, computed: Make, alice: Any) -> None:
    about = register_organisation(actor=alice, name="Nergens")
    lost = actions.cite(
        actor=alice,
        document=known,
        about=about,
        page=3,
        fingerprint=fingerprint("Dit staat er zeker niet in het plan."),
    )
    store_computed(actor=alice, computed=computed())
    assert Citation.objects.get(pk=lost.pk).state == "unmatched"


def test_a_reader_imports_nothing(erin: Any) -> None:
    with pytest.raises(PermissionDenied):
        actions.import_document(actor=erin, data=TEXT.encode(), filename="werkplan.md")
    assert not Document.objects.exists()


def test_accepting_above_a_threshold_in_the_same_go(db: None, computed: Make) -> None:
    done = store_computed(actor=None, computed=computed(), accept_above=0.9)
    assert (done.accepted, done.accept_above, done.refused) == (4, 0.9, [])
    assert set(Proposal.objects.filter(state="accepted").values_list("how", "threshold")) == {("threshold", 0.9)}


def test_a_new_reading_proposes_nothing_twice(run: ImportRun, computed: Make, alice: Any) -> None:
    actions.reject_proposal(actor=alice, proposal=run.document.proposals.get(title="Waterketen"), reason="Nee.")
    text = TEXT + "\nEn een zin erbij.\n"
    store_computed(actor=alice, computed=computed(text), replaces=run.document)
    assert run.document.proposals.count() == 6
    assert run.document.proposals.get(title="Waterketen").state == "rejected"
