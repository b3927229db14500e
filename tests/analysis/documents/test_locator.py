"""Finding the printed page of every sentence from the text layers of some pages."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pytest

from zichtlijn.analysis.documents.model import DocumentError, PageRange, ReadDocument
from zichtlijn.analysis.documents.reading import read

TOPICS = tuple(
    re.findall(
        r"\w+",
        """
        wachtlijst overdracht dossier jeugd politie keten toezicht onderzoek gemeente burger rapport
        maatregel termijn bezoek signaal norm oordeel advies kwaliteit capaciteit risico opvang
        migratie reclassering slachtoffer rechter gevangenis opleiding brandweer crisis register
        meldpunt aangifte vergunning aanbeveling opvolging verbetering
        """,
    )
)
LINKS = ("van", "de", "in", "het", "met", "een", "op", "voor", "bij", "naar", "over", "door", "tussen", "en")
WIDTH = 46


def sentences_of(seed: int, count: int) -> list[str]:
    """Made-up sentences that are all different."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        words = [
            f"{chance.choice(TOPICS)}{chance.choice(TOPICS)}" if n % 3 == 2 else chance.choice(TOPICS + LINKS)
            for n in range(chance.randint(8, 22))
        ]
        made.append(f"{' '.join(words).capitalize()}.")
    return made


def wrapped(text: str) -> list[str]:
    """Lines of at most ``WIDTH`` characters, long words split with a hyphen."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) + 1 <= WIDTH:
            line = f"{line} {word}".strip()
        elif len(word) > 8 and len(line) + 6 <= WIDTH:
            lines.append(f"{line} {word[:4]}-")
            line = word[4:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def layer(page: int, sentences: Sequence[str], notes: Sequence[str] = ()) -> str:
    """The text layer of a page: two columns interleaved line by line, a running header, notes and a number."""
    lines = wrapped(" ".join(sentences))
    half = (len(lines) + 1) // 2
    rows = ["Jaarplan 2030 "]
    for at in range(half):
        right = lines[half + at] if half + at < len(lines) else ""
        rows += [f"{lines[at]} {right}"] if at % 3 else [lines[at], right]
        if at == 4:
            rows.append("3")
    return "\n".join([*rows, *notes, str(page), ""])


def with_mistakes(text: str, seed: int, share: float = 0.04) -> str:
    """The text with a letter read wrongly in some words."""
    chance = random.Random(seed)
    return " ".join(
        word[:-2] + "x" + word[-1:] if len(word) > 4 and chance.random() < share else word for word in text.split(" ")
    )


PAGES = {page: sentences_of(page, 24) for page in range(1, 9)}


def whole(mistakes: int = 0) -> str:
    """The whole text: pages run on in paragraphs of four sentences that do not end where a page ends."""
    everything = [sentence for page in PAGES.values() for sentence in page]
    text = "\n\n".join(" ".join(everything[at : at + 5]) for at in range(0, len(everything), 5))
    return with_mistakes(text, mistakes) if mistakes else text


def pages_of(document: ReadDocument) -> list[tuple[int, ...]]:
    return [tuple(page.number or 0 for page in s.pages if page) for s in document.sentences]


@pytest.mark.parametrize("mistakes", [0, 1, 2, 3])
def test_every_sentence_gets_the_page_of_its_layer_and_no_other_sentence_does(mistakes: int) -> None:
    layers = {page: layer(page, PAGES[page]).encode() for page in (3, 4, 7)}
    document = read(whole(mistakes).encode(), "plan.txt", layers=layers)
    true = [page for page, sentences in PAGES.items() for _ in sentences]
    assert len(document.sentences) == len(true)
    for sentence, page in zip(document.sentences, true, strict=True):
        found = {known.number for known in sentence.pages if known and known.source == "layer"}
        assert found == ({page} if page in layers else set()), (page, sentence.text)


def test_text_between_two_layers_is_on_a_page_between_them() -> None:
    layers = {page: layer(page, PAGES[page]).encode() for page in (3, 5, 8)}
    document = read(whole().encode(), "plan.txt", layers=layers)
    by_page = {page: document.sentences[(page - 1) * 24 + 12].page for page in PAGES}
    assert by_page[4] == PageRange(4, 4, "contents")
    assert by_page[6] == by_page[7] == PageRange(6, 7, "contents")
    assert by_page[1] == PageRange(1, 2, "contents")


def test_a_sentence_over_a_page_end_has_a_span_on_each_page() -> None:
    first = "Deze lange zin over de overdracht van dossiers begint op"
    second = "de ene bladzijde en eindigt daarna pas op een andere pagina."
    sentence = f"{first} {second}"
    text = f"{' '.join(PAGES[1])}\n\n{sentence} {' '.join(PAGES[2])}\n\n{' '.join(PAGES[3])}"
    layers = {1: layer(1, [*PAGES[1], first]).encode(), 2: layer(2, [second, *PAGES[2]]).encode()}
    document = read(text.encode(), "plan.txt", layers=layers)
    (cut,) = [s for s in document.sentences if s.text == sentence]
    assert [page and page.number for page in cut.pages] == [1, 2]
    assert [document.text[span.start : span.end] for span in cut.spans] == [first, second]


def test_a_repeated_intro_elsewhere_is_not_taken_for_the_page() -> None:
    box = " ".join(PAGES[5][:3])
    before = "\n\n".join(" ".join(PAGES[page]) for page in (1, 2))
    text = f"{before}\n\n{box}\n\n{' '.join(PAGES[3])}\n\n{' '.join(PAGES[5])}\n\n{' '.join(PAGES[6])}"
    document = read(text.encode(), "plan.txt", layers={5: layer(5, PAGES[5]).encode()})
    on_page = [s.text for s in document.sentences if s.page and s.page.source == "layer"]
    assert on_page == PAGES[5]
    assert min(s.index for s in document.sentences if s.page and s.page.source == "layer") > 70


def test_notes_at_the_foot_are_on_the_page_of_their_layer_and_like_ones_are_not() -> None:
    note = "Bij het schrijven van dit plan was nog niet bekend wat het gevolg is voor de wet op de {}."
    text = (
        f"{' '.join(PAGES[1])}¹\n\n¹ {note.format('incasso')}\n\n"
        f"{' '.join(PAGES[2])}²\n\n² {note.format('inspecties')}\n\n{' '.join(PAGES[3])}"
    )
    shown = layer(2, PAGES[2], ["2", note.format("inspecties")])
    document = read(text.encode(), "plan.md", layers={2: shown.encode()})
    assert [note.page for note in document.footnotes] == [PageRange(1, 1, "contents"), PageRange(2, 2, "layer")]


def test_a_note_kept_apart_is_on_the_page_of_its_mark() -> None:
    text = (
        f"{' '.join(PAGES[1])}\n\n{' '.join(PAGES[2])}[^1]\n\n{' '.join(PAGES[3])}\n\n[^1]: Zie het verslag van toen."
    )
    document = read(text.encode(), "plan.md", layers={2: layer(2, PAGES[2], ["1 Zie het verslag van toen."]).encode()})
    assert document.footnotes[0].page == PageRange(2, 2, "layer")


@pytest.mark.parametrize(
    ("layers", "code"),
    [
        ({3: layer(3, sentences_of(99, 24)).encode()}, "layer-mismatch"),
        ({3: layer(3, PAGES[3]).encode(), 4: layer(4, sentences_of(98, 24)).encode()}, "layer-mismatch"),
        ({3: layer(3, PAGES[7]).encode(), 7: layer(7, PAGES[3]).encode()}, "layer-order"),
        ({3: b"\n3\n"}, "layer-empty"),
        ({3: b"\x00\x01\x02\xff" * 50}, "layer-unreadable"),
        ({0: layer(3, PAGES[3]).encode()}, "layer-number"),
    ],
)
def test_a_layer_that_does_not_fit_is_refused(layers: dict[int, bytes], code: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read(whole().encode(), "plan.txt", layers=layers)
    assert refused.value.code == code


def test_contents_that_contradict_a_layer_are_not_believed() -> None:
    contents = "Inhoud\n\nEerste deel\t1\nTweede deel\t6\nDerde deel\t9\n\n"
    titles = ("Eerste deel", "Tweede deel", "Derde deel")
    body = "\n\n".join(f"{title}\n\n{' '.join(PAGES[page])}" for page, title in enumerate(titles, start=1))
    document = read((contents + body).encode(), "plan.txt", layers={2: layer(2, ["Tweede deel", *PAGES[2]]).encode()})
    assert {s.page for s in document.sentences[24:48]} == {PageRange(2, 2, "layer")}
    assert document.sentences[0].page == PageRange(1, 1, "contents")
