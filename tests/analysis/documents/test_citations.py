"""Quotes found again, and passages recognised without their words."""

from __future__ import annotations

import random
import time

import pytest

from zichtlijn.analysis.documents.citations import locate
from zichtlijn.analysis.documents.citations_fingerprints import FingerprintIndex, find_fingerprint, fingerprint
from zichtlijn.analysis.documents.model import Span
from zichtlijn.analysis.documents.reading import read

TEXT = (
    "De Inspectie volgt in 2030 de wachtlijsten bij de jeugdbescherming. Zij kijkt ook naar de ‘overdracht’ van "
    "dossiers – en naar de opvolging van eerdere aanbevelingen door alle betrokken organisaties.\n\n"
    "In het najaar verschijnt een rapport over de kwaliteit van de opvang in de regio's. De Inspectie publiceert dit "
    "rapport samen met drie andere toezichthouders. Burgers moeten op de overheid kunnen vertrouwen.\n\n"
    "Daarna volgt de Inspectie de doorlooptijden van zaken. Burgers moeten op de overheid kunnen vertrouwen."
)


def found(quote: str, near: Span | None = None) -> str | None:
    located = locate(quote, TEXT, near=near)
    return TEXT[located.span.start : located.span.end] if located else None


def test_the_exact_words_are_found_exactly() -> None:
    located = locate("een rapport over de kwaliteit", TEXT)
    assert located is not None
    assert (located.exact, located.score) == (True, 1.0)
    assert TEXT[located.span.start : located.span.end] == "een rapport over de kwaliteit"


@pytest.mark.parametrize(
    "quote",
    [
        "Zij kijkt ook naar de 'overdracht' van dossiers - en naar de opvolging van eerdere aanbevelingen",
        "Zij kijkt ook naar de ‘overdracht’ van\ndossiers –  en naar de opvolging van eerdere aanbevelingen",
        "Zij kijkt ook naar de ‘overdrecht’ van dosssiers – en naar de opvolqing van eerdere aanbevelingen",
        "Zij kijkt ook naar de ‘overdracht’ van dossiers – en naar de uitvoering van eerdere aanbevelingen",
        "zij kijkt ook naar de ‘overdracht’ van stukken – en naar de opvolging van oude aanbevelingen",
    ],
    ids=["quotes and hyphens", "white space", "mistakes", "another word", "two other words"],
)
def test_small_differences_do_not_hide_a_quote(quote: str) -> None:
    expected = "Zij kijkt ook naar de ‘overdracht’ van dossiers – en naar de opvolging van eerdere aanbevelingen"
    assert found(quote) == expected
    located = locate(quote, TEXT)
    assert located is not None
    assert not located.exact
    assert 0.7 < located.score <= 1.0


@pytest.mark.parametrize("quote", ["", "   ", "De minister heeft besloten dat er niets gebeurt.", "heel iets anders"])
def test_a_quote_that_is_not_there_is_not_found(quote: str) -> None:
    assert locate(quote, TEXT) is None


def test_of_equal_places_the_nearest_counts() -> None:
    quote = "Burgers moeten op de overheid kunnen vertrouwen."
    last = TEXT.rindex(quote)
    first, second = locate(quote, TEXT), locate(quote, TEXT, near=Span(last - 5, last))
    assert first is not None
    assert second is not None
    assert (first.span.start, second.span.start) == (TEXT.index(quote), last)


def test_a_quote_is_found_fast_in_a_text_of_three_million_characters() -> None:
    chance = random.Random(1)
    vocabulary = [f"woord{n}" for n in range(3000)]
    filler = " ".join(chance.choice(vocabulary) for _ in range(330_000))
    text = f"{filler[:2_000_000]}\n{TEXT}\n{filler[2_000_000:]}"
    start = time.process_time()
    located = locate("De Inspectie publiceert het rapport met drie andere toezichthouders.", text)
    assert time.process_time() - start < 1.0
    assert located is not None
    assert text[located.span.start :].startswith("De Inspectie publiceert dit")


def test_a_fingerprint_finds_its_sentence_also_after_mistakes() -> None:
    document = read(TEXT.encode(), "a.txt")
    wanted = fingerprint("De Inspectie publiceert dit rapport samen met drie andere toezichthouders.")
    damaged = read(TEXT.replace("samen met", "somen met").encode(), "a.txt")
    for version in (document, damaged):
        located = find_fingerprint(wanted, version)
        assert located is not None
        assert located.first == located.last
        assert version.sentences[located.first].text.startswith("De Inspectie publiceert")


def test_a_fingerprint_of_two_sentences_finds_both_and_no_more() -> None:
    document = read(TEXT.encode(), "a.txt")
    first, second = document.sentences[2:4]
    located = find_fingerprint(fingerprint(f"{first.text} {second.text}"), document)
    assert located is not None
    assert (located.first, located.last, located.spans) == (2, 3, first.spans + second.spans)
    assert located.score == 1.0


def test_a_fingerprint_of_other_words_is_not_found() -> None:
    document = read(TEXT.encode(), "a.txt")
    assert find_fingerprint(fingerprint("De minister heeft besloten dat er niets gebeurt."), document) is None
    assert find_fingerprint((), document) is None


def test_a_repeated_sentence_is_found_on_the_page_asked_for() -> None:
    document = read(b"Dit is een zin die terugkomt.\f Iets anders hier.\f Dit is een zin die terugkomt.\f", "a.txt")
    index = FingerprintIndex(document)
    wanted = fingerprint("Dit is een zin die terugkomt.")
    places = [index.find(wanted, page) for page in (None, 1, 3)]
    assert [place and place.first for place in places] == [0, 0, 2]


def test_a_fingerprint_is_the_same_everywhere_and_keeps_no_order() -> None:
    wanted = fingerprint("Eén twee drie vier vijf")
    assert wanted == (335525616, 2453701101, 2541677074)
    assert wanted == fingerprint("een  TWEE, drie; vier (vijf)")
    assert all(0 <= number < 2**32 for number in wanted)
    assert len(fingerprint(" ".join(f"woord{n}" for n in range(500)))) == 64
