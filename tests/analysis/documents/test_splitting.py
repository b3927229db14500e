"""Where Dutch sentences end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zichtlijn.analysis.documents.splitting import ends_with_abbreviation, split


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Dit geldt o.a. voor de politie.",
        "Dit geldt (o.a. Spreidingswet) ook hier.",
        "Zie art. 5 van de wet.",
        "De norm, d.w.z. De Norm van het toezicht, geldt.",
        "Volgens dhr. De Vries is dat zo.",
        "J.P. de Wit en A. Jansen tekenden.",
        "Zie Stb. 2024, 44 en Stcrt. 2023, 12.",
        "Het budget is 15.000 euro en 15,5 fte.",
        "Op 1. januari begon het.",
        "Kijk op https://www.example.org/a.b.c?d=e voor meer.",
        "De minister (zie bijlage 2. Daar staat meer.) tekende.",
        "Zie [bijlage. Deel twee](https://example.org) voor meer.",
        "Hij vroeg of het kan... maar kreeg geen antwoord.",
        "1. Inleiding",
        "Dat is geregeld in nr. 5 en p. 12 en ca. 3 gevallen.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert parts(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Dit is een zin.", "Dit is de tweede."),
        ("Dat was in 2023.", "In 2024 volgt meer."),
        ("Dat was in juni 2023.²", "Daarnaast is er meer."),
        ("Dat was in juni 2023.[^2]", "Daarnaast is er meer."),
        ("Bereiken zij dit?", "En is dat genoeg?"),
        ("Kosten, baten, enz.", "Daarna volgt de rest."),
        ("Dit staat in bijlage A.", "De rest volgt."),
        ('Hij zei: "Het kan."', "Daarna ging hij."),
        ("Zie *het rapport*.", "*Daarna* volgt meer."),
        ("Dat gaat over Jan B.", "Het onderzoek loopt nog."),
        ("Er waren 12 meldingen.", "15 daarvan zijn onderzocht."),
        ("Dat is zo.", "'s Avonds niet."),
        ("Het kost 15 miljoen (raming).", "Meer volgt."),
        ("Dit vergt aandacht!", "(Zie ook hierna.)"),
    ],
)
def test_a_sentence_ends_where_a_new_one_begins(first: str, second: str) -> None:
    assert parts(f"{first} {second}") == [first, second]


@given(st.text(alphabet="aA1 .?!()[]'\"¹\n…*", max_size=200))
def test_sentences_hold_every_character_but_white_space_once_and_in_order(text: str) -> None:
    spans = split(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_an_abbreviation_at_the_end_asks_for_more() -> None:
    assert ends_with_abbreviation("in het kader van beleid (o.a.")
    assert not ends_with_abbreviation("in het kader van beleid.")
