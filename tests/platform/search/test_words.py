"""Words: what counts as one, and which forms belong together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zichtlijn.platform.search.asking import Question, understand
from zichtlijn.platform.search.stop_words import STOP_WORDS
from zichtlijn.platform.search.words import fold, stem, tidy, tokens, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("De Raad.", ["de", "raad"]),
        ("C.O.A. en d.w.z.", ["coa", "en", "dwz"]),
        ("J&V, e-mail; foto's", ["j", "v", "e", "mail", "foto", "s"]),
        ("a.b", ["a", "b"]),
        ("zin.Nieuwe zin", ["zin", "nieuwe", "zin"]),
        ("Curaçao Ĳssel ŁÓDŹ straße", ["curacao", "ijssel", "lodz", "strasse"]),
        ("snake_case 1.234,56", ["snake", "case", "1", "234", "56"]),
        ("cafe\u0301", ["cafe"]),
        ("", []),
        ("… – —", []),
    ],
)
def test_a_text_falls_apart_into_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("inspectie", "inspecties"),
        ("gevangenis", "gevangenissen"),
        ("brief", "brieven"),
        ("huis", "huizen"),
        ("taak", "taken"),
        ("maatregel", "maatregelen"),
        ("adres", "adressen"),
        ("getal", "getallen"),
        ("onderzoek", "onderzoeken"),
        ("veilig", "veiligheid"),
    ],
)
def test_forms_of_one_word_belong_together(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("raad", "raadsel"), ("bodem", "boden"), ("wet", "wetenschap")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text())
def test_any_text_gives_clean_words_in_their_place(text: str) -> None:
    text = tidy(text)
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end
        assert fold(text[token.start : token.end]) == token.word
        assert token.word.isalnum()
        end = token.end


@given(st.text())
def test_any_query_is_understood(asked: str) -> None:
    question = understand(asked)
    asked_for = [*question.words, *question.prefixes, *(word for phrase in question.phrases for word in phrase)]
    assert all(word.isalnum() for word in asked_for)
    assert not (question.only_stop_words and question.asks_something)


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("toezicht", Question(prefixes=("toezicht",))),
        ("toezicht politie", Question(("toezicht",), ("politie",))),
        ("politie van de", Question(("politie",))),
        ("toez* politie", Question(prefixes=("toez", "politie"))),
        ("a", Question(("a",))),
        ("a*", Question(("a",))),
        ("de*", Question(prefixes=("de",))),
        ('"raad van state" advies', Question((), ("advies",), (("raad", "van", "state"),))),
        ('advies "raad van state"', Question(("advies",), (), (("raad", "van", "state"),))),
        ('"van de"', Question(only_stop_words=True)),
        ("het de een", Question(only_stop_words=True)),
        ("", Question()),
        ("?!", Question()),
        ("politie politie ", Question(("politie",), ("politie",))),
    ],
)
def test_a_query_is_taken_apart(asked: str, question: Question) -> None:
    assert understand(asked) == question


def test_there_are_a_hundred_and_one_common_words() -> None:
    assert len(STOP_WORDS) == 101
    assert all(word == fold(word) for word in STOP_WORDS)
