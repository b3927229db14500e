"""Passages: the best piece of the text, marked and always escaped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zichtlijn.platform.search.asking import understand
from zichtlijn.platform.search.passages import highlighted, passage

FILLER = "lorem ipsum dolor sit amet " * 40


def test_every_form_of_the_word_is_marked() -> None:
    shown = passage("Onderzoeken en onderzoek; onderzocht niet.", understand("onderzoek"))
    assert shown == "<mark>Onderzoeken</mark> en <mark>onderzoek</mark>; onderzocht niet."


def test_beginnings_and_accents_are_marked_as_they_are_written() -> None:
    assert passage("Cafés in België", understand("belg* cafe")) == "<mark>Cafés</mark> in <mark>België</mark>"


def test_a_phrase_is_marked_with_its_common_words_and_only_there() -> None:
    shown = passage("de raad voor de kinderbescherming", understand('"raad voor de kinderbescherming"'))
    assert shown == ("de <mark>raad</mark> <mark>voor</mark> <mark>de</mark> <mark>kinderbescherming</mark>")


def test_the_window_stands_where_most_different_words_are() -> None:
    text = f"politie politie politie {FILLER} politie en toezicht {FILLER}"
    shown = passage(text, understand("toezicht politie"))
    assert "<mark>politie</mark> en <mark>toezicht</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 400


def test_a_text_without_the_words_shows_its_beginning() -> None:
    assert passage(FILLER, understand("toezicht")).startswith("lorem ipsum")


def test_a_short_text_is_shown_whole() -> None:
    assert passage("kort", understand("lang")) == "kort"


def test_markup_in_the_text_stays_text() -> None:
    shown = passage("<script>alert('x')</script> & <mark>toezicht</mark>", understand("toezicht script"))
    assert shown == (
        "&lt;<mark>script</mark>&gt;alert(&#x27;x&#x27;)&lt;/<mark>script</mark>&gt; &amp; "
        "&lt;mark&gt;<mark>toezicht</mark>&lt;/mark&gt;"
    )


@given(st.text(max_size=900), st.text(max_size=40))
def test_any_text_can_be_shown_for_any_query(text: str, asked: str) -> None:
    question = understand(asked)
    for shown in (passage(text, question), highlighted(text, question)):
        bare = shown.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert ">" not in bare


def test_a_very_long_text_is_shown_in_time() -> None:
    text = "woord " * 50_000
    assert "<mark>" in passage(text, understand("woord"))
