"""The screens: what they show, to whom, and how many questions they ask the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from zichtlijn.supervision.field.models import Organisation
from zichtlijn.supervision.sources import actions
from zichtlijn.supervision.sources.actions.importing import store_computed
from zichtlijn.supervision.sources.models import Citation, Document, Proposal

from .conftest import BRIDGES, FERRIES, TEXT, found

Client = Callable[[Any], Any]


def page(client: Any, name: str, *args: Any, **query: Any) -> str:
    """The page as text; fails unless it answers with 200."""
    response = client.get(reverse(f"sources:{name}", args=args), query)
    assert response.status_code == 200, (name, response.status_code)
    return str(response.content.decode())


def test_the_list_shows_what_waits(document: Document, alice: Any, client_of: Client) -> None:
    shown = page(client_of(alice), "document-list")
    assert "Werkplan 2031" in shown
    assert reverse("sources:review", args=[document.pk]) in shown


def test_the_reading_page_marks_what_is_cited_and_ties_the_footnotes(
    document: Document, proposal_of: Callable[[str], Proposal], alice: Any, client_of: Client
) -> None:
    accepted = actions.accept_proposal(actor=alice, proposal=proposal_of("Veerbedrijf"))
    shown = page(client_of(alice), "document", document.pk)
    assert f'<mark class="utrecht-mark">{FERRIES}</mark>' in shown
    assert accepted.result.get_absolute_url() in shown
    note = document.footnotes.get()
    assert f'id="mark-{note.pk}"' in shown
    assert f'href="#mark-{note.pk}"' in shown
    assert 'id="passage-0"' in shown


def test_a_long_document_is_read_in_parts(computed: Any, alice: Any, client_of: Client) -> None:
    text = "# Lang\n\n" + "\n\n".join(f"Alinea nummer {number} van dit stuk." for number in range(400))
    long = store_computed(actor=alice, computed=computed(text, proposals=[])).document
    client = client_of(alice)
    first, third = page(client, "document", long.pk), page(client, "document", long.pk, sheet="3")
    assert "Alinea nummer 10 van" in first
    assert "Alinea nummer 390 van" not in first
    assert "Alinea nummer 390 van" in third
    assert "Alinea nummer 390 van" in page(client, "document", long.pk, passage="391")
    assert "Alinea nummer 390 van" in page(client, "document", long.pk, sheet="99999999")


@pytest.mark.parametrize("sheet", ["-1", "x", "²", "0", ""])
def test_a_strange_part_is_the_first(document: Document, alice: Any, client_of: Client, sheet: str) -> None:
    assert BRIDGES[:20] in page(client_of(alice), "document", document.pk, sheet=sheet)


def test_the_review_screen_shows_the_passage_beside_the_proposal(
    document: Document, proposal_of: Callable[[str], Proposal], alice: Any, client_of: Client
) -> None:
    shown = page(client_of(alice), "proposal", proposal_of("Bruggenbedrijf").pk)
    assert f'<mark class="utrecht-mark">{BRIDGES}</mark>' in shown
    assert "Bruggen en sluizen" in shown
    assert reverse("sources:accept", args=[proposal_of("Bruggenbedrijf").pk]) in shown
    assert "Sluizenbedrijf" in shown
    assert "97 %" in shown


def test_the_list_can_be_narrowed_by_confidence(document: Document, alice: Any, client_of: Client) -> None:
    shown = page(client_of(alice), "review", document.pk, type="organisation", above="80")
    assert "Veerbedrijf" in shown
    assert "Sluizenbedrijf" not in shown


@pytest.mark.parametrize(
    "query", [{"type": "x"}, {"state": "x"}, {"above": "²"}, {"page": "99999"}, {"proposal": "-1"}]
)
def test_a_strange_address_of_the_review_screen_still_answers(
    document: Document, alice: Any, client_of: Client, query: dict[str, str]
) -> None:
    page(client_of(alice), "review", document.pk, **query)


def test_deciding_leads_to_the_next_proposal_and_can_be_undone(
    document: Document, proposal_of: Callable[[str], Proposal], alice: Any, client_of: Client
) -> None:
    client, first, second = client_of(alice), proposal_of("Bruggenbedrijf"), proposal_of("Veerbedrijf")
    response = client.post(
        reverse("sources:accept", args=[first.pk]), {"list": "type=organisation", "next": str(second.pk)}, follow=True
    )
    shown = response.content.decode()
    assert reverse("sources:accept", args=[second.pk]) in shown
    assert reverse("sources:reopen", args=[first.pk]) in shown
    client.post(reverse("sources:reopen", args=[first.pk]))
    assert proposal_of("Bruggenbedrijf").state == "open"
    assert not Organisation.objects.exists()


def test_a_look_alike_can_be_chosen_and_nothing_else(
    proposal_of: Callable[[str], Proposal], alice: Any, client_of: Client
) -> None:
    from zichtlijn.supervision.field.actions import register_organisation

    alike = register_organisation(actor=alice, name="Koninklijk Veerbedrijf")
    other = register_organisation(actor=alice, name="Iets anders")
    proposal, client = proposal_of("Veerbedrijf"), client_of(alice)
    assert f"field.organisation:{alike.pk}" in page(client, "proposal", proposal.pk)
    url = reverse("sources:accept", args=[proposal.pk])
    for wrong in (f"field.organisation:{other.pk}", f"accounts.user:{alice.pk}", "x", ":"):
        assert client.post(url, {"into": wrong}).status_code == 404
    client.post(url, {"into": f"field.organisation:{alike.pk}"})
    assert proposal_of("Veerbedrijf").result == alike


def test_editing_and_accepting_in_one_go(proposal_of: Callable[[str], Proposal], alice: Any, client_of: Client) -> None:
    proposal = proposal_of("Bruggenbedrijf")
    shown = page(client_of(alice), "proposal", proposal.pk, edit="1")
    assert 'name="abbreviation"' in shown
    client_of(alice).post(
        reverse("sources:edit", args=[proposal.pk]),
        {"title": "Bruggenbedrijf NV", "abbreviation": "BNV", "identifier": "", "accept": "1"},
    )
    assert Organisation.objects.get().abbreviation == "BNV"
    assert proposal_of("Bruggenbedrijf NV").proposed["abbreviation"] == "BB"


def test_an_edit_without_a_title_comes_back_with_the_error(
    proposal_of: Callable[[str], Proposal], alice: Any, client_of: Client
) -> None:
    response = client_of(alice).post(reverse("sources:edit", args=[proposal_of("Bruggenbedrijf").pk]), {"title": ""})
    assert response.status_code == 400
    assert 'aria-invalid="true"' in response.content.decode()


def test_the_threshold_is_previewed_before_anything_happens(document: Document, alice: Any, client_of: Client) -> None:
    client = client_of(alice)
    shown = page(client, "accept-above", document.pk, confidence="90")
    assert "Bruggenbedrijf" in shown
    assert "Sluizenbedrijf" not in shown
    assert not Organisation.objects.exists()
    client.post(reverse("sources:accept-above", args=[document.pk]), {"confidence": "90"})
    assert Organisation.objects.count() == 2
    undo = client.get(reverse("sources:review", args=[document.pk])).content.decode()
    assert "reopen-batch" in undo
    at = Proposal.objects.filter(how="threshold").values_list("decided_at", flat=True)[0]
    url = reverse("sources:reopen-batch", args=[document.pk])
    client.post(f"{url}?at={at.strftime('%Y-%m-%dT%H:%M:%S.%fZ')}")
    assert not Organisation.objects.exists()


def test_the_citation_page_shows_the_words_in_their_context(
    proposal_of: Callable[[str], Proposal], alice: Any, erin: Any, client_of: Client
) -> None:
    actions.accept_proposal(actor=alice, proposal=proposal_of("Veerbedrijf"))
    citation = Citation.objects.get()
    shown = page(client_of(erin), "citation", citation.pk)
    assert f'<mark class="utrecht-mark">{FERRIES}</mark>' in shown
    assert "12 fte" in shown


def test_the_object_page_says_where_it_is_written(
    proposal_of: Callable[[str], Proposal], alice: Any, client_of: Client
) -> None:
    accepted = actions.accept_proposal(actor=alice, proposal=proposal_of("Veerbedrijf"))
    shown = client_of(alice).get(accepted.result.get_absolute_url()).content.decode()
    assert f'<mark class="utrecht-mark">{FERRIES}</mark>' in shown
    assert Citation.objects.get().get_absolute_url() in shown


def test_what_no_longer_matches_is_listed_and_shown(
    proposal_of: Callable[[str], Proposal], alice: Any, client_of: Client
) -> None:
    actions.accept_proposal(actor=alice, proposal=proposal_of("Veerbedrijf"))
    Citation.objects.update(state="unmatched", start=None, end=None)
    client = client_of(alice)
    assert FERRIES[:30] in page(client, "unmatched")
    assert FERRIES[:30] in page(client, "citation", Citation.objects.get().pk)
    assert reverse("sources:unmatched") in page(client, "document-list")


def test_two_editions_are_compared(document: Document, computed: Any, alice: Any, client_of: Client) -> None:
    text = TEXT.replace("2031", "2032")
    proposals = [
        found(text, "organisation", "Bruggenbedrijf", [FERRIES], 0.97, abbreviation="BRB"),
        found(text, "organisation", "Kanalenbedrijf", [FERRIES], 0.97),
    ]
    later = store_computed(actor=alice, computed=computed(text, proposals, title="Werkplan 2032", year=2032)).document
    shown = page(client_of(alice), "compare", later.pk)
    assert "Kanalenbedrijf" in shown
    assert "<del>BB</del>" in shown
    assert "<ins>BRB</ins>" in shown
    assert "Waterketen" in shown


def test_the_details_of_a_document_can_be_changed(document: Document, alice: Any, client_of: Client) -> None:
    client = client_of(alice)
    page(client, "document-edit", document.pk)
    client.post(
        reverse("sources:document-edit", args=[document.pk]), {"title": "Werkplan", "publisher": "IW", "year": "2031"}
    )
    assert Document.objects.get().publisher == "IW"


def test_the_file_comes_back_as_it_was(document: Document, alice: Any, client_of: Client) -> None:
    response = client_of(alice).get(reverse("sources:document-file", args=[document.pk]))
    assert b"".join(response.streaming_content) == TEXT.encode()
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["accept-above", "merge", "split", "reject"])
def test_a_reader_gets_no_page_to_decide_on(
    name: str, document: Document, proposal_of: Callable[[str], Proposal], erin: Any, client_of: Client
) -> None:
    key, expected = (document.pk, 403) if name == "accept-above" else (proposal_of("Bruggenbedrijf").pk, 404)
    assert client_of(erin).get(reverse(f"sources:{name}", args=[key])).status_code == expected


def test_an_inspector_sees_proposals_without_buttons(
    proposal_of: Callable[[str], Proposal], bob: Any, client_of: Client
) -> None:
    proposal = proposal_of("Bruggenbedrijf")
    assert reverse("sources:accept", args=[proposal.pk]) not in page(client_of(bob), "proposal", proposal.pk)


def test_a_reader_sees_no_proposal_anywhere(
    run: Any, proposal_of: Callable[[str], Proposal], computed: Any, erin: Any, client_of: Client
) -> None:
    client, proposal = client_of(erin), proposal_of("Waterketen")
    later = store_computed(actor=None, computed=computed(TEXT.replace("2031", "2032"), [], year=2032)).document
    assert client.get(reverse("sources:run", args=[run.pk])).status_code == 404
    assert client.get(reverse("sources:proposal", args=[proposal.pk])).status_code == 404
    for name, key in (("review", run.document_id), ("compare", later.pk)):
        assert client.get(reverse(f"sources:{name}", args=[key])).status_code == 403
    assert "Waterketen" not in page(client, "document", run.document_id)
    assert reverse("sources:review", args=[run.document_id]) not in page(client, "document-list")


def test_merge_and_split_pages_ask_what_they_need(
    proposal_of: Callable[[str], Proposal], alice: Any, client_of: Client
) -> None:
    client = client_of(alice)
    assert "Sluizenbedrijf" in page(client, "merge", proposal_of("Bruggenbedrijf").pk)
    shown = page(client, "split", proposal_of("Wet op de bruggen").pk)
    assert 'name="quotes-1"' in shown
    more = client.post(
        reverse("sources:split", args=[proposal_of("Wet op de bruggen").pk]), {"number": "2", "more": "1"}
    )
    assert 'name="title-2"' in more.content.decode()


def _counted(client: Any, url: str, counter: Any, many: Callable[[], Any]) -> None:
    client.get(url)
    with counter() as few:
        client.get(url)
    many()
    with counter() as more:
        client.get(url)
    assert len(more) == len(few)


@pytest.mark.parametrize("name", ["document-list", "review", "document", "run", "unmatched"])
def test_pages_ask_the_same_number_of_questions_for_more_rows(
    name: str, run: Any, computed: Any, alice: Any, client_of: Client
) -> None:
    document = run.document
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cite(number: int) -> None:
        from zichtlijn.supervision.field.actions import register_organisation

        for index in range(number):
            about = register_organisation(actor=alice, name=f"Bedrijf {Organisation.objects.count()} {index}")
            actions.cite(actor=alice, document=document, about=about, quote=FERRIES)
        if name == "unmatched":
            Citation.objects.update(state="unmatched", start=None)

    def more() -> None:
        cite(4)
        for number in range(4):
            Proposal.objects.create(
                run=run,
                document=document,
                type="organisation",
                key=f"k{number}",
                title=f"Nog een {number}",
                payload={"title": f"Nog een {number}"},
                proposed={},
                quotes=[],
                confidence=0.9,
                reason="",
            )
            store_computed(actor=alice, computed=computed(f"# Stuk {number}\n\nTekst.\n", [], title=f"Stuk {number}"))

    cite(1)
    keys = {"document-list": [], "unmatched": [], "run": [run.pk]}.get(name, [document.pk])
    url = reverse(f"sources:{name}", args=keys)
    _counted(client_of(alice), url, lambda: CaptureQueriesContext(connection), more)
