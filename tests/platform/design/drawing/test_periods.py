"""Bars over time: places on the axis, lanes, open ends."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from zichtlijn.platform.design.drawing import Period, Periods


def owner(label: str, start: tuple[int, int, int], end: tuple[int, int, int] | None, **more: str) -> Period:
    return Period("Agency", label, date(*start), date(*end) if end else None, **more)


def test_the_axis_runs_over_whole_years() -> None:
    periods = Periods("Roles", [owner("A", (2020, 5, 1), (2022, 3, 1))])
    assert (periods.first_day, periods.last_day) == (date(2020, 1, 1), date(2023, 1, 1))
    assert periods.share(date(2020, 1, 1)) == 0
    assert periods.share(date(2023, 1, 1)) == 1


def test_a_period_that_still_holds_runs_to_the_end_of_the_axis() -> None:
    periods = Periods("Roles", [owner("A", (2020, 1, 1), None)], today=date(2021, 6, 1))
    assert periods.last_day == date(2022, 1, 1)
    assert periods.twin().rows[0][3] == "–"


def test_successive_periods_share_a_lane_and_overlapping_ones_do_not() -> None:
    first, second = owner("A", (2020, 1, 1), (2021, 1, 1)), owner("B", (2021, 1, 1), None)
    acting = owner("C", (2020, 6, 1), (2020, 9, 1))
    lanes = Periods("Roles", [second, first, acting]).lanes["Agency"]
    assert lanes == [[first, second], [acting]]


def test_rows_stand_in_the_order_in_which_they_were_given() -> None:
    later = Period("Council", "X", date(2019, 1, 1), date(2020, 1, 1))
    assert list(Periods("Roles", [owner("A", (2020, 1, 1), None), later]).lanes) == ["Agency", "Council"]


def test_boxes_of_one_lane_do_not_overlap() -> None:
    periods = Periods("Roles", [owner("A", (2020, 1, 1), (2021, 1, 1)), owner("B", (2021, 1, 1), (2022, 1, 1))])
    tree = ET.fromstring(periods.svg())  # noqa: S314 - our own markup
    boxes = [svg for svg in tree.iter("svg") if svg.find("rect") is not None]
    (x1, w1), (x2, w2) = [tuple(float(box.attrib[name].rstrip("%")) for name in ("x", "width")) for box in boxes]
    assert x1 + w1 == pytest.approx(x2, abs=0.1)
    assert x2 + w2 == pytest.approx(100, abs=0.1)


def test_the_years_are_thinned_out_when_there_are_many() -> None:
    periods = Periods("Roles", [owner("A", (1950, 1, 1), (2031, 1, 1))])
    tree = ET.fromstring(periods.svg())  # noqa: S314 - our own markup
    years = [text.text.strip() for text in tree.iter("text") if text.text and text.text.strip().isdigit()]
    assert 2 <= len(years) <= 9
    assert years[0] == "1950"


def test_today_is_a_line() -> None:
    assert 'class="d-today"' in Periods("R", [owner("A", (2020, 1, 1), None)], today=date(2020, 7, 1)).svg()
    assert 'class="d-today"' not in Periods("R", [owner("A", (2020, 1, 1), None)]).svg()


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Periods("Roles", [owner("A", (2020, 1, 1), (2020, 1, 1))])


def test_a_linked_period_says_who_what_and_when() -> None:
    svg = Periods("Roles", [owner("A & B", (2020, 1, 1), (2021, 1, 1), url="/a")]).svg()
    assert 'aria-label="Agency A &amp; B 2020-01-01 – 2021-01-01"' in svg


def test_an_unknown_tone_is_refused() -> None:
    with pytest.raises(ValueError, match="tone"):
        Periods("Roles", [owner("A", (2020, 1, 1), None, tone="purple")]).svg()
