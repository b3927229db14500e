"""What each chart says: the same in its picture and in its table."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from zichtlijn.platform.design.drawing import (
    Bin,
    Curve,
    Dot,
    Funnel,
    Histogram,
    Interval,
    Intervals,
    Limits,
    Line,
    StepCurve,
    TimeSeries,
    TurningPoint,
)

from .sample_drawings import funnel, time_series

DAYS = [date(2031, 1, 1), date(2031, 1, 2), date(2031, 1, 3)]


def elements(svg: str, tag: str, look: str) -> list[ET.Element]:
    tree = ET.fromstring(svg)  # noqa: S314 - our own markup
    return [each for each in tree.iter(tag) if look in each.attrib.get("class", "").split()]


def test_curves_are_told_apart_by_look_and_by_name() -> None:
    curves = [Curve("North", [0, 1], [1, 0.5]), Curve("South", [0, 1], [1, 0.7])]
    svg = StepCurve("Open", curves, "Days", "Share").svg()
    assert [len(elements(svg, "path", f"d-line--{number}")) for number in (1, 2)] == [1, 1]
    assert "North" in svg
    assert "South" in svg


def test_the_table_of_curves_has_every_step_with_its_band() -> None:
    curve = Curve("North", [0, 7], [1, 0.5], [0.9, 0.4], [1, 0.6])
    rows = StepCurve("Open", [curve], "Days", "Share", "band").twin().rows
    assert rows == (("North", "0", "100%", "90% – 100%"), ("North", "7", "50%", "40% – 60%"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"times": [0, 1], "shares": [1]},
        {"times": [1, 0], "shares": [1, 0.5]},
        {"times": [0], "shares": [1.2]},
        {"times": [0], "shares": [1], "low": [0.5]},
    ],
)
def test_a_curve_that_cannot_be_is_refused(wrong: dict[str, list[float]]) -> None:
    with pytest.raises(ValueError, match=r"curve|band|shares"):
        Curve("North", **wrong)


def test_a_value_that_is_not_known_is_a_dash_in_the_table() -> None:
    series = TimeSeries("Lists", DAYS, [Line("waiting", [1, None, 3])], "Day", "Cases")
    assert [row[1] for row in series.twin().rows] == ["1", "–", "3"]


def test_a_turning_point_stands_in_the_picture_and_at_its_day_in_the_table() -> None:
    turn = TurningPoint(DAYS[1], "grows")
    series = TimeSeries("Lists", DAYS, [Line("waiting", [1, 2, 3])], "Day", "Cases", [turn])
    assert len(elements(series.svg(), "line", "d-turn")) == 1
    assert [row[-1] for row in series.twin().rows] == ["", "grows", ""]


def test_a_turning_point_between_two_days_has_a_row_of_its_own() -> None:
    turn = TurningPoint(date(2031, 2, 1), "grows")
    rows = TimeSeries("Lists", DAYS, [Line("waiting", [1, 2, 3])], "Day", "Cases", [turn]).twin().rows
    assert rows[-1] == ("2031-02-01", "", "grows")


def test_the_table_of_a_series_has_a_row_for_every_day() -> None:
    assert len(time_series(500).twin().rows) == 500


def test_a_line_with_too_few_values_is_refused() -> None:
    with pytest.raises(ValueError, match="every day"):
        TimeSeries("Lists", DAYS, [Line("waiting", [1])], "Day", "Cases")


def test_who_stands_out_has_another_shape_and_a_name() -> None:
    drawing = funnel(11)
    svg = drawing.svg()
    assert len(elements(svg, "polygon", "d-dot--outside")) == 2 + 1  # and one in the legend
    assert "Region 10" in "".join(ET.fromstring(svg).itertext())  # noqa: S314 - our own markup
    assert len(elements(svg, "circle", "d-dot")) == 9 + 1


def test_every_dot_says_what_it_is() -> None:
    dots = [Dot("North", 120, 0.4, verdict="no difference shown")]
    drawing = Funnel("Regions", dots, 0.4, [], "Cases", "Share", "mean")
    assert "North: 0.4, 120. no difference shown" in drawing.svg()
    assert drawing.twin().rows[0] == ("North", "120", "0.4", "no difference shown")


def test_limits_outside_the_picture_are_not_drawn_over_its_edge() -> None:
    limits = Limits("limits", [10, 11, 100], [-5, 0.3, 0.38], [9, 0.5, 0.42])
    drawing = Funnel("Regions", [Dot("a", 10, 0.3), Dot("b", 100, 0.5)], 0.4, [limits], "Cases", "Share", "mean")
    heights = [
        float(point.split()[1])
        for path in elements(drawing.svg(), "path", "d-limits")
        for point in path.attrib["d"][1:].replace("M", "L").split("L")
    ]
    assert min(heights) >= 26
    assert max(heights) <= 26 + 240


def test_limits_need_two_values_for_every_size() -> None:
    with pytest.raises(ValueError, match="two values"):
        Limits("limits", [1, 2], [0], [1, 1])


def test_an_interval_is_drawn_from_its_low_to_its_high() -> None:
    svg = Intervals("Days", [Interval("North", 5, 0, 10)], "Days", "interval").svg()
    whisker = elements(svg, "line", "d-whisker")[0]
    assert (whisker.attrib["x1"], whisker.attrib["x2"]) == ("1%", "98.5%")


def test_a_value_outside_its_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="interval"):
        Interval("North", 11, 0, 10)


def test_bins_are_as_high_as_their_count() -> None:
    svg = Histogram("Days", [Bin(0, 1, 5), Bin(1, 2, 10)], "Days", "Cases").svg()
    heights = [float(bar.attrib["height"]) for bar in elements(svg, "rect", "d-bar")]
    assert heights == [120, 240]


@pytest.mark.parametrize("wrong", [(1, 1, 3), (2, 1, 3), (0, 1, -1)])
def test_a_bin_that_cannot_be_is_refused(wrong: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="bin"):
        Bin(*wrong)


def test_what_is_marked_is_in_the_table_too() -> None:
    rows = Histogram("Days", [Bin(0, 1, 5)], "Days", "Cases", [(0.4, "median")]).twin().rows
    assert rows[-1] == ("median", "0.4")
