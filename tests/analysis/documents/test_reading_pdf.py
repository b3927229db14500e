"""PDF: reading order of columns, running headers, printed page numbers, headings, notes and split words."""

from __future__ import annotations

import random
import time

import pytest

from tests.analysis.documents.made_files import Word, placed_pdf, typeset
from zichtlijn.analysis.documents.model import PageRange, ReadDocument
from zichtlijn.analysis.documents.reading import read

LEFT = [
    "De Inspectie volgt in dit jaar de",
    "wachtlijsten bij de bescherming van",
    "jeugd. Zij kijkt ook naar de over-",
    "dracht tussen organisaties en naar",
    "de opvolging van aanbevelingen uit",
]
RIGHT = [
    "eerdere onderzoeken. Daarna komt er",
    "een rapport over de kwaliteit. Dat",
    "rapport gaat naar de minister en",
    "naar het parlement. Ten slotte volgt",
    "een gesprek met alle betrokkenen.",
]


def column(lines: list[str], x: float, top: float = 700) -> list[Word]:
    return [Word(line, x, top - 14 * at) for at, line in enumerate(lines)]


def texts(document: ReadDocument) -> list[str]:
    return [sentence.text for sentence in document.sentences]


def of_kind(document: ReadDocument, kind: str) -> list[str]:
    return [document.text[p.span.start : p.span.end] for p in document.passages if p.kind == kind]


SECOND = " ".join([*LEFT[2:], RIGHT[0]]).removeprefix("jeugd. ").replace("over- ", "over").split(" Daarna")[0]
READ_IN_ORDER = [
    "De Inspectie volgt in dit jaar de wachtlijsten bij de bescherming van jeugd.",
    SECOND,
    "Daarna komt er een rapport over de kwaliteit.",
    "Dat rapport gaat naar de minister en naar het parlement.",
    "Ten slotte volgt een gesprek met alle betrokkenen.",
]


@pytest.mark.parametrize("order", ["columns", "rows", "right first"])
def test_columns_are_read_one_after_the_other_however_the_file_draws_them(order: str) -> None:
    left, right = column(LEFT, 70), column(RIGHT, 310)
    drawn = {
        "columns": left + right,
        "rows": [word for row in zip(left, right, strict=True) for word in row],
        "right first": right + left,
    }[order]
    assert texts(read(placed_pdf([drawn]), "a.pdf")) == READ_IN_ORDER


def test_a_head_over_the_full_width_divides_the_columns() -> None:
    head = "Een kop die over de volle breedte van beide kolommen op de bladzijde loopt"
    page = [
        *column(LEFT, 70, 760),
        *column(RIGHT, 310, 760),
        Word(head, 70, 640, 14),
        *column(
            ["Onder de kop staat een zin die in de", "linker kolom begint en daar ook al", "eindigt. Nog een zin."],
            70,
            600,
        ),
        *column(
            ["Rechts staat de rest van het stuk,", "dat is een tweede zin die hier hoort", "en ook hier weer eindigt."],
            310,
            600,
        ),
    ]
    document = read(placed_pdf([page]), "a.pdf")
    assert of_kind(document, "heading") == [head]
    assert texts(document)[:5] == READ_IN_ORDER
    assert texts(document)[5].startswith("Onder de kop")
    assert texts(document)[-1].startswith("Rechts staat")


def test_a_page_with_little_in_its_second_column_has_the_columns_of_the_others() -> None:
    full = [*column(LEFT, 70), *column(RIGHT, 310)]
    last = [*column([*LEFT, *(line.rstrip(".,") for line in RIGHT[:4])], 70), *column(["Slot van het stuk."], 310)]
    document = read(placed_pdf([full, full, last]), "a.pdf")
    assert texts(document)[-1] == "Slot van het stuk."


def test_an_address_broken_at_a_line_end_is_whole() -> None:
    page = [
        *column(LEFT, 70),
        *column(["Zie https://www.example.org/verslagen/", "2030/wachtlijsten voor meer."], 70, 560),
    ]
    assert "https://www.example.org/verslagen/2030/wachtlijsten" in read(placed_pdf([page]), "a.pdf").text


def numbered_pages(first: int, count: int) -> list[list[Word]]:
    pages = []
    for number in range(count):
        body = column([f"Op bladzijde {number} staat een zin die nergens anders staat.", "En nog een."], 70, 600)
        pages.append([Word("Jaarplan 2030", 70, 800), *body, Word(f"{first + number}", 300, 30)])
    return pages


def test_running_headers_and_numbers_are_furniture_and_not_in_sentences() -> None:
    document = read(placed_pdf(numbered_pages(1, 5)), "a.pdf")
    assert of_kind(document, "furniture") == [text for n in range(1, 6) for text in ("Jaarplan 2030", str(n))]
    assert len(document.sentences) == 10


def test_the_printed_number_counts_when_the_pages_agree() -> None:
    cover = [Word("Jaarplan", 200, 500, 30), Word("Inspectie Voorbeeld", 200, 460)]
    document = read(placed_pdf([cover, cover, *numbered_pages(1, 4)]), "a.pdf")
    assert (document.page_count, document.page_offset) == (6, -2)
    on_page = [s.page for s in document.sentences if s.text.startswith("Op bladzijde")]
    assert on_page == [PageRange(n, n, "file") for n in (1, 2, 3, 4)]


def test_numbers_that_do_not_agree_are_no_page_numbers() -> None:
    pages = numbered_pages(1, 4)
    for page, number in zip(pages, (12, 3, 44, 7), strict=True):
        page[-1] = Word(str(number), 300, 30)
    document = read(placed_pdf(pages), "a.pdf")
    assert document.page_offset == 0


TYPESET = """
#set document(title: "Werkplan 2030")
#page(numbering: none)[
  #v(5cm) Inspectie Voorbeeld #parbreak() #text(size: 28pt)[Werkplan] #parbreak() #text(size: 28pt)[2030]
]
#set page(columns: 2, numbering: "1", header: [Werkplan 2030])
#counter(page).update(1)
#place(top, scope: "parent", float: true)[#outline(title: [Inhoudsopgave])]
#pagebreak()
#set heading(numbering: "1.1")
#set par(justify: true)
= Inleiding
De Inspectie werkt dit jaar aan drie doelen.#footnote[Zie #link("https://example.org/wet") en de toelichting.]
Dat doet zij o.a. door in gesprek te gaan met uitvoeringsorganisaties en met toezichthouders. In 2029#footnote[
Jaarverslag 2029, blz. 4.] begon dat.

De doelen zijn:
- sterke ketens;
- lerende organisaties die van fouten leren en daar ook in het openbaar verslag van doen.
== Verdieping
Hier volgt de verdieping.
= Organisatie
Er is geld.
"""


@pytest.fixture(scope="module")
def plan() -> ReadDocument:
    return read(typeset(TYPESET), "plan.pdf")


def test_title_page_and_contents_of_a_typeset_plan_are_known(plan: ReadDocument) -> None:
    assert (plan.title, plan.publisher, plan.year) == ("Werkplan 2030", "Inspectie Voorbeeld", 2030)
    assert of_kind(plan, "contents")[0] == "Inhoudsopgave"
    assert len(of_kind(plan, "contents")) == 4


def test_headings_have_number_and_level(plan: ReadDocument) -> None:
    assert [(s.number, s.title, s.level) for s in plan.sections] == [
        ("1", "Inleiding", 1),
        ("1.1", "Verdieping", 2),
        ("2", "Organisatie", 1),
    ]


def test_small_raised_digits_are_marks_tied_to_their_notes(plan: ReadDocument) -> None:
    assert [note.mark for note in plan.footnotes] == ["1", "2"]
    assert plan.footnotes[0].urls == ("https://example.org/wet",)
    assert all(len(note.references) == 1 for note in plan.footnotes)
    assert "De Inspectie werkt dit jaar aan drie doelen." in texts(plan)
    assert "In 2029 begon dat." in texts(plan)


def test_list_items_keep_their_wrapped_lines(plan: ReadDocument) -> None:
    items = of_kind(plan, "list_item")
    assert items[0] == "sterke ketens;"
    assert items[1].endswith("openbaar verslag van doen.")


def test_words_split_at_a_line_end_are_whole_again(plan: ReadDocument) -> None:
    assert any("gaan met uitvoeringsorganisaties en met toezichthouders" in text for text in texts(plan))


def test_a_damaged_page_does_not_lose_the_others() -> None:
    pdf = placed_pdf(
        [[Word("Eerste bladzijde met een zin.", 70, 700)], [Word("Tweede bladzijde met een zin.", 70, 700)]]
    )
    broken = pdf.replace(b"(Tweede", b"<Tweede", 1)
    assert texts(read(broken, "a.pdf"))[0] == "Eerste bladzijde met een zin."


def many_pages(count: int) -> bytes:
    chance = random.Random(7)
    words = [
        "toezicht",
        "keten",
        "jeugd",
        "overdracht",
        "wachtlijst",
        "onderzoek",
        "organisatie",
        "burger",
        "norm",
        "signaal",
        "rapport",
    ]
    line = [" ".join(chance.choice(words) for _ in range(5)).capitalize() for _ in range(400)]
    page = [
        Word(chance.choice(line) + ("." if n % 4 == 3 else ""), x, 760 - 13 * n) for x in (60, 310) for n in range(50)
    ]
    return placed_pdf([page] * count)


@pytest.mark.slow
def test_a_thousand_pages_of_two_columns_are_read_at_a_hundred_pages_a_second() -> None:
    pdf = many_pages(1_000)
    start = time.process_time()
    document = read(pdf, "groot.pdf")
    spent = time.process_time() - start
    assert document.page_count == 1_000
    assert 1_000 / spent > 100


@pytest.mark.slow
def test_five_thousand_pages_are_still_read() -> None:
    assert read(placed_pdf([[Word("Een zin op een pagina.", 70, 700)]] * 5_000), "a.pdf").page_count == 5_000
