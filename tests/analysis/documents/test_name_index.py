"""Names in a text: the longest that stands there, its words close behind one another."""

from __future__ import annotations

import pytest

from zichtlijn.analysis.documents.proposals.words import NameIndex, words_of


@pytest.fixture
def index() -> NameIndex[str]:
    made: NameIndex[str] = NameIndex()
    for phrase in ("Raad", "Raad voor de Rechtspraak", "raad voor de kinderbescherming"):
        made.add(phrase, phrase)
    made.add("RAAD", "the second to be called so")
    made.add_abbreviation("RvdK", "raad voor de kinderbescherming")
    return made


def found(index: NameIndex[str], text: str) -> list[tuple[str, str]]:
    return [(hit.what, text[hit.start : hit.end]) for hit in index.find(text, words_of(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("De Raad voor de rechtspraak.", [("Raad voor de Rechtspraak", "Raad voor de rechtspraak")]),
        ("De Raad voor de scheepvaart.", [("Raad", "Raad")]),
        ("De raad voor de", [("Raad", "raad")]),
        ("Raad raad voor de rechtspraak", [("Raad", "Raad"), ("Raad voor de Rechtspraak", "raad voor de rechtspraak")]),
        ("De Raad       voor de rechtspraak.", [("Raad", "Raad")]),
        ("De RvdK en de rvdk.", [("raad voor de kinderbescherming", "RvdK")]),
        ("Voor de rechtspraak.", []),
    ],
    ids=["whole", "goes on otherwise", "breaks off", "twice", "far apart", "abbreviated", "only its end"],
)
def test_the_longest_name_that_is_there_is_found(
    index: NameIndex[str], text: str, names: list[tuple[str, str]]
) -> None:
    assert found(index, text) == names
