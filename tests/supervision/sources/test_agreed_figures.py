"""What is told of agreements and parallels to who may not see cases: no small counts, also not by subtraction."""

from __future__ import annotations

from typing import Any

import pytest

from zichtlijn.analysis.chains.statistics.small_counts import rounded
from zichtlijn.supervision.sources.chain_figures import Reader, words_in
from zichtlijn.supervision.sources.chain_figures.conformance import figure as conformance_figure
from zichtlijn.supervision.sources.chain_figures.parallels import parallels_figure
from zichtlijn.supervision.sources.chain_figures.rough_counts import RoughCounts
from zichtlijn.supervision.sources.chain_figures.self_monitoring import figure as stated_figure

WORDS = words_in("en")
LIMITED, FULL = Reader(WORDS), Reader(WORDS, 1)


@pytest.mark.parametrize(("count", "said"), [(0, 0), (4, 0), (5, 10), (14, 10), (15, 20), (204.9, 200)])
def test_rounding_is_to_the_nearest_step(count: float, said: int) -> None:
    assert rounded(count, 10) == said


@pytest.mark.parametrize(
    ("count", "whole", "said"),
    [
        (0, 300, "0"),
        (3, 300, "fewer than 5"),
        (118, 300, "about 120 (40%)"),
        (298, 300, "not shown"),
        (300, 300, "about 300 (100%)"),
        (2, 4, "not shown"),
        (6, 14, "about 10 (100%)"),
    ],
)
def test_a_part_is_rounded_and_neither_it_nor_the_rest_is_small(count: int, whole: int, said: str) -> None:
    assert RoughCounts(LIMITED).part(count, whole) == said


def test_who_sees_cases_is_told_the_exact_numbers() -> None:
    assert RoughCounts(FULL).part(3, 300) == "3 (1.0%)"
    assert RoughCounts(FULL).count(118) == "118"
    assert RoughCounts(FULL).note(with_events=True) == ()


def conformance_of(**changes: Any) -> dict[str, Any]:
    pair = {"is_agreed": True, "within_days": 14}
    return {
        "model": "Keten",
        "cases": 400,
        "judged": 398,
        "conforming": 300,
        "kinds": ["not_agreed", "late", "skipped"],
        "deviating": {"not_agreed": 2, "late": 60, "skipped": 36},
        "hand_overs": [
            {"organisation": "A", "next_organisation": "B", "count": 200, "late": 7, **pair},
            {"organisation": "B", "next_organisation": "C", "count": 190, "late": 55, **pair},
            {"organisation": "A", "next_organisation": "C", "count": 9, "late": 0, "is_agreed": False,
             "within_days": None},
        ],
        "steps": [{"step": "A", "skipped": 0, "wrong_order": 0}, {"step": "B", "skipped": 36, "wrong_order": 0}],
        "may_be_skipped": [],
        "not_in_log": [],
    } | changes  # fmt: skip


def cells(figure: Any) -> list[tuple[str, ...]]:
    return [row.cells for table in figure.tables for row in table.rows]


def test_a_small_deviation_is_not_the_difference_of_the_others() -> None:
    """98 cases deviate: with 60 and 36 said, the third kind would be known to be small."""
    said = {row[0]: row[1] for row in cells(conformance_figure(conformance_of(), LIMITED))[:3]}
    assert said["A hand-over that is not agreed"] == "not shown"
    assert list(said.values()).count("not shown") == 2
    assert "not shown" not in str(cells(conformance_figure(conformance_of(), FULL)))


def test_a_rare_hand_over_is_not_listed_and_a_few_that_were_late_are_not_told() -> None:
    rows = cells(conformance_figure(conformance_of(), LIMITED))[3:]
    assert not [row for row in rows if row[:2] == ("A", "C")]
    assert [row[-1] for row in rows if row[:2] == ("A", "B")] == ["not shown"] * len(
        [1 for row in rows if row[:2] == ("A", "B")]
    )
    full = cells(conformance_figure(conformance_of(), FULL))
    assert ("A", "C", "no", "–", "9", "–") in full


def test_too_few_cases_are_not_held_against_anything() -> None:
    figure = conformance_figure(conformance_of(judged=4, conforming=1), LIMITED)
    assert figure.is_empty
    assert "fewer than 5" in figure.verdict


def statement(**changes: Any) -> dict[str, Any]:
    return {
        "row": 2, "on": "2031-12-31", "since": None, "organisation": "A", "region": None, "what": "level",
        "stated": 118.0, "measured": 121.0, "difference": -3.0, "tolerance": 6.05, "count": 121, "verdict": "agrees",
        "reason": "", "params": {}, "source": "",
    } | changes  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"measured": 3.0, "count": 3},
        {"stated": 3.0},
        {"what": "mean-wait", "stated": 40.0, "measured": 41.0, "count": 4},
        {"what": "longest-wait", "stated": 400.0, "measured": 401.0, "count": 121},
    ],
)
def test_what_is_stated_about_few_people_is_not_told(changes: dict[str, Any]) -> None:
    figure = stated_figure({"checked": [statement(**changes)]}, LIMITED)
    assert cells(figure)[0][3:] == ("not shown",) * 4
    assert not figure.drawings
    assert "Of 0 statements" in figure.verdict
    assert "not shown" not in cells(stated_figure({"checked": [statement(**changes)]}, FULL))[0]


def test_the_difference_of_a_rounded_number_is_rounded() -> None:
    row = cells(stated_figure({"checked": [statement()]}, LIMITED))[0]
    assert row[3:] == ("agrees", "118", "about 120", "about −2")
    assert cells(stated_figure({"checked": [statement()]}, FULL))[0][3:] == (
        "agrees (at most 6 apart)",
        "118",
        "121",
        "−3",
    )


def phenomenon(**numbers: Any) -> dict[str, Any]:
    return {
        "where": {"organisation": "A", "to_organisation": "B", "region": None},
        "text": "Of the %(judged)s cases that %(organisation)s sent to %(to_organisation)s, %(lost)s did not arrive.",
        "evidence": {"numbers": numbers},
    }


def test_a_parallel_tells_no_share_of_a_few_cases_and_no_rest() -> None:
    difference = {"name": "Share of the cases", "measure": "share", "here": 0.03, "there": 0.5}
    found = {
        "chain": "Keten", "occurs": False, "similarity": 0.5,
        "here": phenomenon(judged=100, lost=98), "there": phenomenon(judged=100, lost=50),
        "differences": [difference | {"counts_here": [3, 97], "counts_there": [50, 50]}],
    }  # fmt: skip
    here, _chain, _place, differs = cells(parallels_figure([found], LIMITED))[0]
    assert "98" not in here
    assert differs == "Share of the cases: not shown, 50%"
    here, _chain, _place, differs = cells(parallels_figure([found], FULL))[0]
    assert "98" in here
    assert differs == "Share of the cases: 3.0%, 50%"
