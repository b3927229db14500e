"""Numbers, times and days as they are written in the language of the reader."""

from __future__ import annotations

from datetime import date

import pytest

from zichtlijn.supervision.sources import chain_figures
from zichtlijn.supervision.sources.chain_words import DAY_US, HOUR_US, MINUTE_US, Words


@pytest.mark.parametrize(
    ("language", "value", "digits", "said"),
    [
        ("nl", 1234567.891, 2, "1.234.567,89"),
        ("en", 1234567.891, 2, "1,234,567.89"),
        ("nl", -3, 0, "−3"),
        ("nl", None, 0, "–"),
        ("nl", float("nan"), 0, "–"),
    ],
)
def test_numbers_are_written_as_in_the_language(language: str, value: float | None, digits: int, said: str) -> None:
    assert Words(language).number(value, digits) == said


@pytest.mark.parametrize(
    ("microseconds", "said"),
    [(30 * MINUTE_US, "30 min"), (90 * MINUTE_US, "1.5 hours"), (47 * HOUR_US, "47 hours"), (48 * HOUR_US, "2 days"),
     (9.96 * DAY_US, "10 days"), (3.2 * DAY_US, "3.2 days"), (0, "0 min"), (None, "–"), (float("inf"), "–")],
)  # fmt: skip
def test_a_time_is_written_in_the_unit_that_suits_it(microseconds: float | None, said: str) -> None:
    assert Words("en").duration(microseconds) == said


def test_days_and_shares_are_written_as_in_the_language() -> None:
    assert Words("nl").day(date(2031, 3, 1)) == "1 mrt 2031"
    assert Words("en").month(date(2031, 3, 1)) == "Mar 2031"
    assert Words("nl").fine_share(0.0713) == "7,1%"
    assert Words("nl").fine_share(0.713) == "71%"
    assert Words("en").p_value(0.00001) == "< 0.001"
    assert Words("nl").p_value(0.0314) == "0,031"


def test_a_language_that_we_do_not_speak_is_dutch() -> None:
    assert chain_figures.words_in("fy").language == "nl"
    assert chain_figures.words_in("en-gb").language == "en"
