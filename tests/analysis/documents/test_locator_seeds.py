"""The page locator on the work programme of 2024: every sentence of pages 2, 6, 7 and 10, and no other."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from zichtlijn.analysis.documents.model import PageRange, ReadDocument
from zichtlijn.analysis.documents.reading import read

pytestmark = pytest.mark.needs_shared

LAYERS = {2: "002_*", 6: "000_*", 7: "004_*", 10: "003_*"}
# Where each page begins in the whole text, and where the next one does, by the first words (read from the layers).
BORDERS = {
    2: ("Voorwoord\n\nUitvoeringsorganisaties", "Inleiding\n\nDe inzet"),
    6: ("onderzoek naar politieonderwijs", "gesprek aan met beleidsmakers"),
    7: ("gesprek aan met beleidsmakers", "In 2024 zal het *Experiment"),
    10: ("naar de stand van het", "voldoende goed toegerust personeel"),
}


def files(shared: Path) -> tuple[bytes, dict[int, bytes]]:
    seeds = shared / "seeds"
    whole = next(seeds.glob("001_*")).read_bytes()
    return whole, {page: next(seeds.glob(name)).read_bytes() for page, name in LAYERS.items()}


@pytest.fixture(scope="module")
def programme(shared: Path) -> ReadDocument:
    whole, layers = files(shared)
    return read(whole, "werkprogramma.txt", layers=layers)


def true_page(programme: ReadDocument, place: int) -> int | None:
    for page, (first, after) in BORDERS.items():
        if programme.text.index(first) <= place < programme.text.index(after):
            return page
    return None


def test_every_span_of_every_sentence_gets_its_page_and_no_other_span_does(programme: ReadDocument) -> None:
    assert len(programme.sentences) > 250
    for sentence in programme.sentences:
        for span, page in zip(sentence.spans, sentence.pages, strict=True):
            found = page.number if page and page.source == "layer" else None
            assert found == true_page(programme, span.start), sentence.index
            assert not (page and page.source == "contents" and page.number in LAYERS), sentence.index


def test_every_passage_gets_its_page(programme: ReadDocument) -> None:
    for passage in programme.passages:
        found = passage.page.number if passage.page and passage.page.source == "layer" else None
        assert found == true_page(programme, passage.span.start), passage.index


def test_sentences_over_a_page_end_have_both_pages(programme: ReadDocument) -> None:
    over = [tuple(page.number for page in s.pages if page) for s in programme.sentences if len(set(s.pages)) > 1]
    assert over == [(5, 6), (6, 7), (9, 10), (10, 11)]


def test_between_the_layers_the_contents_give_the_page_or_the_range(programme: ReadDocument) -> None:
    def page_of(words: str) -> PageRange | None:
        place = programme.text.index(words)
        return next(p.page for p in programme.passages if p.span.start <= place < p.span.end)

    assert page_of("Gesloten Coffeeshopketen") == PageRange(8, 8, "contents")
    assert page_of("vanaf 1 januari 2024") == PageRange(8, 9, "contents")
    assert page_of("voldoende goed toegerust") == PageRange(11, 11, "contents")
    assert page_of("groeien naar 138,8 fte") == PageRange(13, 14, "contents")


def test_sections_and_notes_are_those_of_the_document(programme: ReadDocument) -> None:
    assert [s.number for s in programme.sections if s.number] == ["1", "1.1", "1.2", "2"]
    assert [note.mark for note in programme.footnotes] == [str(number) for number in range(1, 21)]
    assert all(len(note.references) == 1 for note in programme.footnotes)
    assert (programme.title, programme.year) == ("Werkprogramma 2024", 2024)


def test_reading_and_locating_takes_well_under_half_a_second(shared: Path) -> None:
    whole, layers = files(shared)
    start = time.process_time()
    read(whole, "werkprogramma.txt", layers=layers)
    assert time.process_time() - start < 0.25
