"""The difference between before and after."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zichtlijn.platform.design.timeline import Change, word_difference

TEXTS = st.text(alphabet="ab \n", max_size=40)


def test_added_words_are_new_and_the_rest_is_the_same() -> None:
    assert Change("Title", "Hand-over", "Hand-over of cases").parts == [("same", "Hand-over"), ("new", " of cases")]


def test_none_is_an_empty_text() -> None:
    assert Change("Year", None, None).parts == []
    assert Change("Year", 2031, None).parts == [("gone", "2031")]


def test_what_was_filled_in_for_the_first_time_is_not_marked() -> None:
    assert Change("Year", None, 2031).parts == [("same", "2031")]
    assert Change("Year", "", 0).parts == [("same", "0")]


def test_texts_with_nothing_in_common_are_shown_whole() -> None:
    assert list(word_difference("one two three", "four five six")) == [
        ("gone", "one two three"),
        ("new", "four five six"),
    ]


@given(TEXTS, TEXTS)
def test_the_parts_give_back_both_texts(before: str, after: str) -> None:
    parts = list(word_difference(before, after))
    assert "".join(text for kind, text in parts if kind != "new") == before
    assert "".join(text for kind, text in parts if kind != "gone") == after
