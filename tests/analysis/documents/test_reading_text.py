"""Markdown and plain text: encodings, structure without heading marks, notes, and sentences that lay-out cut."""

from __future__ import annotations

import codecs

import pytest

from zichtlijn.analysis.documents.model import PageRange, Passage, ReadDocument
from zichtlijn.analysis.documents.reading import read

PROGRAMME = """

Inspectie Voorbeeld

Werkplan

2030

Inhoudsopgave

Voorwoord\t2
1 Toezicht\t3
1.1 Aanpak\t3
Sterke ketens\t4
2 Organisatie\t6

Voorwoord

In 2030 werken wij aan één doel. Dat doen wij samen met anderen.

Anna de Bruin

1 Toezicht

1.1 Aanpak

Wij hebben dit jaar een aantal doelen voor het toezicht gesteld, en die staan hieronder:

Sterke ketens

Ketens moeten goed samenwerken, dat is waar het om gaat.

Over wat wij doen

Wij kijken in het komende jaar naar de overdracht van dossiers tussen de

¹ Zie <https://example.org/verslag>.

² Wet van 1 juli 2029.

organisaties in de keten¹. Dit volgt uit de wet.² Ook kijken wij naar de wachtlijsten van Bureau

Halt en naar de doorlooptijden.

Sterke ketens

Een keten is zo sterk als haar zwakste schakel. Daarom volgen wij alle organisaties in de keten van begin tot eind.
Dat doen wij met:

- gesprekken met medewerkers;
- bezoeken aan locaties.

2 Organisatie

De Inspectie heeft 12,5 fte. Dat is genoeg.

Colofon

Dit is een uitgave van de Inspectie Voorbeeld.
"""


def words(document: ReadDocument, passage: Passage) -> str:
    return document.text[passage.span.start : passage.span.end]


@pytest.fixture(scope="module")
def programme() -> ReadDocument:
    return read(PROGRAMME.encode(), "werkplan.txt")


def test_it_reads_title_publisher_and_year_from_the_title_page(programme: ReadDocument) -> None:
    assert (programme.title, programme.publisher, programme.year) == ("Werkplan 2030", "Inspectie Voorbeeld", 2030)


def test_lines_of_the_table_of_contents_are_no_paragraphs(programme: ReadDocument) -> None:
    lines = [words(programme, p) for p in programme.passages if p.kind == "contents"]
    assert lines == [
        "Inhoudsopgave",
        "Voorwoord\t2",
        "1 Toezicht\t3",
        "1.1 Aanpak\t3",
        "Sterke ketens\t4",
        "2 Organisatie\t6",
    ]


def test_bare_lines_of_the_contents_and_bare_lines_above_prose_are_headings(programme: ReadDocument) -> None:
    found = [(section.number, section.title, section.level) for section in programme.sections]
    assert found == [
        (None, "Voorwoord", 1),
        ("1", "Toezicht", 1),
        ("1.1", "Aanpak", 2),
        (None, "Sterke ketens", 3),
        (None, "Over wat wij doen", 4),
        (None, "Sterke ketens", 3),
        ("2", "Organisatie", 1),
    ]
    assert programme.sections[3].parent == 2


def test_a_signature_is_not_a_heading(programme: ReadDocument) -> None:
    assert "Anna de Bruin" in [words(programme, p) for p in programme.passages if p.kind == "paragraph"]


def test_title_page_and_colophon_hold_no_sentences(programme: ReadDocument) -> None:
    assert not any("uitgave" in sentence.text or "Werkplan" in sentence.text for sentence in programme.sentences)


def test_marks_are_tied_to_their_notes(programme: ReadDocument) -> None:
    first, second = programme.footnotes
    assert (first.mark, first.urls) == ("1", ("https://example.org/verslag",))
    assert [programme.text[ref.start - 5 : ref.end] for ref in first.references] == ["keten¹"]
    assert (second.mark, second.text) == ("2", "Wet van 1 juli 2029.")
    assert programme.text[second.references[0].start - 4 : second.references[0].start] == "wet."


def test_a_sentence_cut_by_footnotes_is_one_sentence_with_two_spans(programme: ReadDocument) -> None:
    (cut,) = [s for s in programme.sentences if s.text.startswith("Wij kijken in het komende jaar")]
    assert cut.text.endswith("tussen de organisaties in de keten.")
    assert cut.footnotes == ("1",)
    assert [programme.text[span.start : span.end][-9:] for span in cut.spans] == ["tussen de", "de keten¹."[-9:]]


def test_a_cut_is_mended_before_a_capital_when_the_last_word_asks_for_more() -> None:
    text = "Wij spreken in het voorjaar uitvoerig met de Inspectie van het\n\nOnderwijs en met anderen. Dat is het."
    document = read(text.encode(), "a.txt")
    assert [len(s.spans) for s in document.sentences] == [2, 1]


def test_a_finished_paragraph_does_not_go_on_in_the_next(programme: ReadDocument) -> None:
    assert [len(s.spans) for s in programme.sentences if s.text.startswith("Dat doen wij samen")] == [1]


def test_list_items_are_sentences_of_their_own(programme: ReadDocument) -> None:
    items = [words(programme, p) for p in programme.passages if p.kind == "list_item"]
    assert items == ["gesprekken met medewerkers;", "bezoeken aan locaties."]


def test_the_contents_give_the_page_of_headings_and_bound_the_rest(programme: ReadDocument) -> None:
    pages = {words(programme, p): p.page for p in programme.passages if p.kind in ("heading", "paragraph")}
    assert pages["1.1 Aanpak"] == PageRange(3, 3, "contents")
    assert pages["Over wat wij doen"] == PageRange(3, 4, "contents")
    assert pages["2 Organisatie"] == PageRange(6, 6, "contents")


def test_a_title_that_comes_back_in_a_box_is_on_the_page_of_the_full_section(programme: ReadDocument) -> None:
    box, section = [p for p in programme.passages if p.kind == "heading" and words(programme, p) == "Sterke ketens"]
    assert (box.page, section.page) == (PageRange(3, 4, "contents"), PageRange(4, 4, "contents"))


MARKDOWN = """# Jaarplan 2031

## Wat wij doen

Wij volgen de *politie* en [het rapport](https://example.org/r). Zie ook[^a] hier.

1. eerst dit
2. dan dat

| Post | Bedrag |
|------|-------:|
| Budget | 15,5 |

Slot
----

Het is klaar.

[^a]: Een noot met <https://example.org/noot>.
"""


def test_markdown_marks_give_headings_lists_tables_and_notes() -> None:
    document = read(MARKDOWN.encode(), "plan.md")
    kinds = [(p.kind, p.level, words(document, p)) for p in document.passages]
    assert document.kind == "markdown"
    assert ("heading", 1, "Jaarplan 2031") in kinds
    assert ("heading", 2, "Wat wij doen") in kinds
    assert ("heading", 2, "Slot") in kinds
    assert [text for kind, _, text in kinds if kind == "list_item"] == ["eerst dit", "dan dat"]
    assert [text for kind, _, text in kinds if kind == "table_cell"] == ["Post", "Bedrag", "Budget", "15,5"]
    assert document.footnotes[0].urls == ("https://example.org/noot",)


def test_a_sentence_reads_without_markup_and_marks() -> None:
    document = read(MARKDOWN.encode(), "plan.md")
    texts = [sentence.text for sentence in document.sentences]
    assert "Wij volgen de politie en het rapport." in texts
    assert "Zie ook hier." in texts


@pytest.mark.parametrize(
    "data",
    [
        "Café: één überzicht.\r\nNieuwe regel.".encode(),
        codecs.BOM_UTF8 + "Café: één überzicht.\nNieuwe regel.".encode(),
        "Café: één überzicht.\rNieuwe regel.".encode("latin-1"),
        "Café: één überzicht.\nNieuwe regel.".encode("cp1252"),
        "Café: één überzicht.\nNieuwe regel.".encode("utf-16"),
        "Café: één überzicht.\nNieuwe regel.".encode("utf-16-le"),
        "Café: één überzicht.\nNieuwe regel.".encode("utf-16-be"),
        "Cafe\u0301: e\u0301e\u0301n u\u0308berzicht.\nNieuwe regel.".encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "latin-1", "windows-1252", "utf-16", "utf-16-le", "utf-16-be", "decomposed"],
)
def test_every_encoding_gives_the_same_text(data: bytes) -> None:
    assert read(data, "a.txt").text == "Café: één überzicht.\nNieuwe regel."


def test_windows_quotes_and_euro_signs_are_read() -> None:
    assert read("‘Het’ kost € 5 – ongeveer.".encode("cp1252"), "a.txt").text == "‘Het’ kost € 5 – ongeveer."


def test_hard_wrapped_lines_are_one_paragraph_and_split_words_are_mended() -> None:
    document = read(b"Wij kijken naar de samen-\nwerking in de\nketen en naar in- en\nuitstroom. Dat is het.", "a.txt")
    assert [s.text for s in document.sentences] == [
        "Wij kijken naar de samenwerking in de keten en naar in- en uitstroom.",
        "Dat is het.",
    ]


def test_running_headers_and_page_numbers_in_plain_text_are_furniture() -> None:
    page = "Jaarplan 2030\n\nDit is de tekst van deze pagina, en die is lang genoeg om een alinea te zijn.\n\n{}\n\n"
    document = read("".join(page.format(n) for n in range(1, 5)).encode(), "a.txt")
    kinds = {words(document, p): p.kind for p in document.passages}
    assert kinds["Jaarplan 2030"] == kinds["3"] == "furniture"
    assert len(document.sentences) == 4


def test_form_feeds_count_the_pages() -> None:
    document = read(b"Eerste pagina heeft tekst.\n\fTweede pagina heeft tekst.\n\fDerde pagina.", "a.txt")
    assert document.page_count == 3
    assert [s.page.number for s in document.sentences if s.page] == [1, 2, 3]


def test_spans_of_passages_and_sentences_hold_the_words_they_say(programme: ReadDocument) -> None:
    for sentence in programme.sentences:
        inside = "".join(programme.text[span.start : span.end] for span in sentence.spans)
        assert sentence.text.split()[0].strip("<>") in inside
    assert all(a.span.end <= b.span.start for a, b in zip(programme.passages, programme.passages[1:], strict=False))


def test_contents_without_pages_are_known_by_the_headings_they_name() -> None:
    contents = "# Plan 2031\n\n**Inhoudsopgave**\n\n- Voorwoord\n- 1 Doelen\n\n"
    text = f"{contents}## Voorwoord\n\nEen zin.\n\n## 1 Doelen\n\nNog een."
    document = read(text.encode(), "plan.md")
    assert [words(document, p) for p in document.passages if p.kind == "contents"][1:] == ["Voorwoord", "1 Doelen"]
    assert [s.text for s in document.sentences] == ["Een zin.", "Nog een."]


def test_the_colophon_takes_no_notes_or_sections_with_it() -> None:
    colophon = "*Uitgave van de Inspectie Voorbeeld.*"
    text = f"## Slot\n\nEen zin.[^1]\n\n{colophon}\n\n[^1]: Een noot.\n\n## Bijlage\n\nNog een zin."
    document = read(text.encode(), "plan.md")
    assert [note.text for note in document.footnotes] == ["Een noot."]
    assert [s.text for s in document.sentences] == ["Een zin.", "Een noot.", "Nog een zin."]


def test_a_quoted_block_reads_without_its_mark() -> None:
    assert (
        read(b"Een zin.\n\n> Een citaat van\n> twee regels.", "a.md").sentences[1].text == "Een citaat van twee regels."
    )


def test_long_wrapped_lines_are_one_paragraph_and_long_whole_ones_are_each_one() -> None:
    half = "woord " * 22
    wrapped = read(f"De {half}\n{half}\n{half}is dat.".encode(), "a.txt")
    whole = read(f"De {half}is dat.\nDe {half}is dit.\nDe {half}is zo.".encode(), "a.txt")
    assert (len(wrapped.passages), len(whole.passages)) == (1, 3)


def test_a_square_metre_is_not_a_footnote_mark() -> None:
    document = read("De hal is 200 m² groot.² Dat is veel.\n\n² Volgens de meting.".encode(), "a.md")
    assert document.sentences[0].text == "De hal is 200 m² groot."
    assert len(document.footnotes[0].references) == 1


def test_progress_is_told_and_ends_at_one() -> None:
    heard: list[tuple[str, float]] = []
    read(b"Een zin.", "a.txt", progress=lambda step, share: heard.append((step, share)))
    assert heard[0] == ("reading", 0.0)
    assert heard[-1] == ("done", 1.0)


def test_a_numbered_line_right_above_its_paragraph_is_a_heading() -> None:
    text = (
        "1 Vooraf\nDit plan gaat over post van burgers en bedrijven.\n\n"
        "2 Post\n2.1 Brieven\nWij gaan na of brieven binnen twee weken een antwoord krijgen.\n\n"
        "2.2 E-mail\nWij gaan na of berichten op tijd worden beantwoord.\n"
    )
    document = read(text.encode(), "plan.txt")
    assert [(s.number, s.title, s.level) for s in document.sections] == [
        ("1", "Vooraf", 1),
        ("2", "Post", 1),
        ("2.1", "Brieven", 2),
        ("2.2", "E-mail", 2),
    ]
    assert [s.text[:8] for s in document.sentences] == ["Dit plan", "Wij gaan", "Wij gaan"]


def test_a_numbered_list_without_sentences_has_no_headings() -> None:
    text = "Onze doelen zijn:\n1. Veilige havens\n2. Schone lucht\n3. Rust op straat\n\nDaar werken wij aan.\n"
    assert read(text.encode(), "plan.txt").sections == ()
