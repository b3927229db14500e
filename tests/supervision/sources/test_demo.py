"""The demo: facts cited by page without the text, and a fictional programme that waits for review."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from zichtlijn.analysis.chains.selection import EVERYTHING
from zichtlijn.platform.files.storing import path_of
from zichtlijn.supervision.field.models import Organisation
from zichtlijn.supervision.sources.demo import load, load_demo_programme
from zichtlijn.supervision.sources.models import Citation, Document


@pytest.fixture
def mapping(alice: Any) -> dict[str, Any]:
    """One record that the facts cite with fingerprints, and one that is not in them."""
    from zichtlijn.supervision.field.actions import register_organisation

    names = {"organisations/nctv": "NCTV", "organisations/nergens": "Nergens"}
    return {key: register_organisation(actor=alice, name=name) for key, name in names.items()}


def test_facts_are_cited_by_page_and_fingerprint(examples: Path, mapping: dict[str, Any], db: None) -> None:
    document = load(actor=None, folder=examples / "programme_2024", mapping=mapping)
    citations = list(Citation.objects.about(mapping["organisations/nctv"]))
    assert [citation.page for citation in citations] == [7]
    assert citations[0].fingerprint
    assert (citations[0].state, citations[0].quote) == ("text_absent", "")
    assert not Citation.objects.about(mapping["organisations/nergens"]).exists()
    assert document.is_demo
    assert citations[0].is_demo
    assert not document.has_text


def test_loading_again_adds_nothing(examples: Path, mapping: dict[str, Any], db: None) -> None:
    load(actor=None, folder=examples / "programme_2024", mapping=mapping)
    load(actor=None, folder=examples / "programme_2024", mapping=mapping)
    assert (Document.objects.count(), Citation.objects.count()) == (1, 1)


def test_a_citation_without_text_tells_the_page_on_the_object_page(
    examples: Path, mapping: dict[str, Any], erin: Any, client_of: Any
) -> None:
    load(actor=None, folder=examples / "programme_2024", mapping=mapping)
    shown = client_of(erin).get(mapping["organisations/nctv"].get_absolute_url()).content.decode()
    assert Citation.objects.get().get_absolute_url() in shown
    assert "7" in shown


def test_the_fictional_programme_waits_with_its_pages(examples: Path, db: None) -> None:
    run = load_demo_programme(actor=None, folder=examples / "demo_programme")
    document = run.document
    assert document.is_demo
    assert run.counts["activity"] > 10
    assert document.proposals.open().count() == document.proposals.count()
    pages = {quote["page"] for proposal in document.proposals.all() for quote in proposal.quotes}
    assert {2, 3, 4} <= pages
    assert load_demo_programme(actor=None, folder=examples / "demo_programme").outcome == "same"


def test_accepted_proposals_of_the_demo_are_demo_records(examples: Path, alice: Any) -> None:
    from zichtlijn.supervision.sources.actions import accept_proposal

    document = load_demo_programme(actor=None, folder=examples / "demo_programme").document
    proposal = document.proposals.filter(type="organisation").first()
    assert proposal is not None
    accept_proposal(actor=alice, proposal=proposal)
    assert Organisation.objects.get().is_demo


@pytest.mark.needs_shared
def test_the_real_text_finds_the_passages_of_the_facts(
    examples: Path, shared: Path, mapping: dict[str, Any], db: None
) -> None:
    from zichtlijn.supervision.sources.actions import import_document
    from zichtlijn.supervision.sources.relocation import FEWEST_FINGERPRINTS

    known = load(actor=None, folder=examples / "programme_2024", mapping=mapping)
    Citation.objects.bulk_create(
        Citation(
            document=known,
            content_type=one.content_type,
            object_id=one.object_id,
            page=one.page,
            fingerprint=one.fingerprint,
            state="text_absent",
        )
        for one in list(known.citations.all()) * FEWEST_FINGERPRINTS
    )
    data = (shared / "seeds" / "001_53ca7ded7373938d.txt").read_bytes()
    run = import_document(actor=None, data=data, filename="werkprogramma.txt")
    assert run.outcome == "attached"
    citation = Citation.objects.about(mapping["organisations/nctv"])[0]
    assert citation.state == "exact"
    assert "NCTV" in citation.quote or "Terrorismebestrijding" in citation.quote


def test_the_demo_datasets_are_held_against_their_agreements_and_one_statement_is_wrong(
    settings: Any, tmp_path: Path, db: None
) -> None:
    from zichtlijn.supervision.sources.chain_figures import compute_agreed
    from zichtlijn.supervision.sources.dataset_agreements import read_agreement
    from zichtlijn.supervision.sources.demo_datasets import load_demo_datasets

    settings.DATA = tmp_path
    for dataset in load_demo_datasets(actor=None, mapping={}, cases=2_000):
        chain, stated = dataset.agreements.order_by("kind")
        assert chain.is_demo
        assert stated.is_demo
        log = dataset.open_prepared()
        found = compute_agreed("conformance", log, chain.contents, EVERYTHING)
        assert found["judged"] > found["conforming"] > 0
        assert not found["not_in_log"]
        verdicts = compute_agreed("self-monitoring", log, stated.contents, EVERYTHING)["checked"]
        assert [each["verdict"] for each in verdicts] == ["differs", "agrees", "agrees", "agrees"]
        assert verdicts[0]["difference"] < 0
        for each in (chain, stated):
            assert read_agreement(each.kind, path_of(each.digest), each.filename).contents == each.contents
