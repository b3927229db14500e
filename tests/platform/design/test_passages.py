"""Marking the cited words of a passage."""

from __future__ import annotations

import pytest

from zichtlijn.platform.design.passages import marked_parts


def test_the_cited_words_are_marked_and_nothing_is_lost() -> None:
    parts = marked_parts("what it finds before summer", [(5, 13)])
    assert parts == [(False, "what "), (True, "it finds"), (False, " before summer")]


def test_overlapping_spans_in_any_order_become_one() -> None:
    assert marked_parts("abcdef", [(3, 5), (1, 4)]) == [(False, "a"), (True, "bcde"), (False, "f")]


def test_the_whole_text_can_be_marked() -> None:
    assert marked_parts("abc", [(0, 3)]) == [(True, "abc")]


def test_without_spans_the_text_is_whole() -> None:
    assert marked_parts("abc", []) == [(False, "abc")]


@pytest.mark.parametrize("span", [(-1, 2), (2, 2), (0, 4), (3, 1)])
def test_a_span_that_does_not_fit_is_reported(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        marked_parts("abc", [span])
