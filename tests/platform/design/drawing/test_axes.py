"""Axes: round marks, days of the calendar, and values that stand where they belong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zichtlijn.platform.design.drawing.plane import Plane
from zichtlijn.platform.design.drawing.scales import date_scale, round_scale

VALUES = st.lists(st.floats(-1e9, 1e9), max_size=20)


def scale_of(*days: date) -> list[str]:
    return [mark.words for mark in date_scale(days, date.isoformat, "{:%Y-%m}".format).marks]


@given(VALUES)
def test_every_value_lies_on_the_axis_and_the_axis_has_few_marks(values: list[float]) -> None:
    scale = round_scale(values, str)
    assert scale.low < scale.high
    assert 2 <= len(scale.marks) <= 12
    hair = 1e-8 * (scale.high - scale.low)  # less than can be seen
    assert all(scale.low - hair <= value <= scale.high + hair for value in values)


@pytest.mark.parametrize(
    ("highest", "marks"),
    [
        (7, [0, 2, 4, 6, 8]),
        (100, [0, 20, 40, 60, 80, 100]),
        (0.03, [0, 0.01, 0.02, 0.03]),
        (0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    ],
)
def test_marks_stand_at_round_numbers(highest: float, marks: list[float]) -> None:
    assert [mark.value for mark in round_scale([highest], str).marks] == pytest.approx(marks)


def test_an_axis_need_not_begin_at_zero() -> None:
    assert round_scale([96, 104], str, least=None).low == 96


def test_what_is_not_a_number_is_not_on_the_axis() -> None:
    assert round_scale([float("nan"), float("inf"), 4], str).high == 4


def test_days_of_a_year_are_marked_by_month() -> None:
    assert scale_of(date(2031, 1, 10), date(2031, 12, 30)) == ["2031-04", "2031-07", "2031-10"]


def test_days_of_years_are_marked_in_january() -> None:
    assert scale_of(date(2020, 5, 1), date(2024, 6, 1)) == ["2021-01", "2022-01", "2023-01", "2024-01"]


def test_days_of_a_week_are_marked_by_day() -> None:
    assert scale_of(date(2031, 1, 1), date(2031, 1, 4)) == ["2031-01-01", "2031-01-02", "2031-01-03", "2031-01-04"]


@pytest.mark.parametrize("days", [[], [date(2031, 1, 1)]])
def test_one_day_or_none_has_an_axis_too(days: list[date]) -> None:
    scale = date_scale(days, date.isoformat, date.isoformat)
    assert scale.low < scale.high
    assert scale.marks


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 60_000))
def test_any_period_has_a_few_marks_within_it(first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)
    scale = date_scale([first, last], date.isoformat, date.isoformat)
    assert 1 <= len(scale.marks) <= 12
    assert all(scale.low <= mark.value <= scale.high for mark in scale.marks)


def test_values_stand_between_the_ends_of_the_plane() -> None:
    plane = Plane(round_scale([10], str), round_scale([10], str), "x", "y", height=100)
    assert plane.across(0) < plane.across(5) < plane.across(10) < 1
    assert plane.down(0) - plane.down(10) == 100


def test_a_step_goes_across_before_it_goes_down() -> None:
    plane = Plane(round_scale([10], str), round_scale([10], str), "x", "y", height=100)
    path = plane.steps([(0, 10), (5, 0)], "look")
    points = [tuple(map(float, point.split())) for point in path.split('d="')[1].split('"')[0][1:].split("L")]
    assert points[0][1] == points[1][1]
    assert points[1][0] == points[2][0]


def test_an_unknown_value_is_a_gap_in_the_line() -> None:
    plane = Plane(round_scale([10], str), round_scale([10], str), "x", "y")
    assert plane.line([(0, 1), (1, 2), None, (3, 4), (4, 5)], "look").count("M") == 2
