"""Words on lines of a given width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zichtlijn.platform.design.drawing.text import shorten, width, wrap

TEXTS = st.text(alphabet="abcdefgWMil .,-é€", min_size=0, max_size=80)


@given(TEXTS, st.floats(60, 300))
def test_no_line_is_wider_than_the_limit(words: str, limit: float) -> None:
    assert all(width(line) <= limit for line in wrap(words, limit))


def test_words_stay_whole_when_they_fit() -> None:
    assert wrap("Hand-over of cases in the region", 120) == ["Hand-over of cases", "in the region"]


def test_what_does_not_fit_in_the_lines_ends_in_an_ellipsis() -> None:
    lines = wrap("een heel lange naam van een organisatie die nergens past", 80, max_lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


def test_a_word_longer_than_a_line_is_cut_with_a_hyphen() -> None:
    lines = wrap("Kinderbeschermingsmaatregelen", 100, max_lines=4)
    assert "".join(line.rstrip("-") for line in lines) == "Kinderbeschermingsmaatregelen"
    assert lines[0].endswith("-")


def test_wide_letters_are_wider_than_narrow_ones() -> None:
    assert width("WWW") > width("iii") > 0


def test_shorten_keeps_what_fits() -> None:
    assert shorten("kort", 200) == "kort"
    assert shorten("langer dan dat", 50).endswith("…")
    assert shorten("x", 1) == ""
