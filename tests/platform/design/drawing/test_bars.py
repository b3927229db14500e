"""Bars: lengths, limits, unknown values, words."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from zichtlijn.platform.design.drawing import Bar, Bars


def rects(bars: Bars, look: str) -> list[ET.Element]:
    tree = ET.fromstring(bars.svg())  # noqa: S314 - our own markup
    return [rect for rect in tree.iter("rect") if rect.attrib["class"].split()[0] == look]


def test_bars_are_as_long_as_their_share_of_the_longest() -> None:
    bars = Bars("Days", [Bar("North", 20), Bar("South", 80)])
    assert [rect.attrib["width"] for rect in rects(bars, "d-bar")] == ["25%", "100%"]


def test_a_limit_beyond_every_bar_sets_the_scale() -> None:
    bars = Bars("Days", [Bar("North", 20, limit=100)])
    assert rects(bars, "d-bar")[0].attrib["width"] == "20%"
    tree = ET.fromstring(bars.svg())  # noqa: S314 - our own markup
    assert [line.attrib["x1"] for line in tree.iter("line")] == ["100%"]


def test_zero_and_unknown_have_no_bar_but_say_what_they_are() -> None:
    bars = Bars("Days", [Bar("North", 0), Bar("South", None)], unit="days")
    assert rects(bars, "d-bar") == []
    assert [row[1] for row in bars.twin().rows] == ["0 days", "–"]


def test_nothing_but_zeros_can_be_drawn() -> None:
    assert Bars("Days", [Bar("North", 0)]).share(0) == 0


def test_a_negative_value_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Bars("Days", [Bar("North", -1)])


def test_bars_do_not_overlap_and_lie_inside_the_drawing() -> None:
    bars = Bars(
        "Days", [Bar("A very long name of a region " * 4, 5, note="over"), Bar("B", 3), Bar("C", 2)], limit_name="limit"
    )
    tops = [(float(rect.attrib["y"]), float(rect.attrib["height"])) for rect in rects(bars, "d-track")]
    assert all(y + height < following for (y, height), (following, _) in pairwise(tops))
    height = float(ET.fromstring(bars.svg()).attrib["height"])  # noqa: S314 - our own markup
    assert tops[-1][0] + tops[-1][1] <= height


def test_values_are_written_the_way_the_page_writes_them() -> None:
    bars = Bars("Money", [Bar("North", 1200.5)], unit="euro", number=lambda value: f"{value:.2f}".replace(".", ","))
    assert "1200,50 euro" in bars.svg()


def test_the_words_of_a_linked_bar_are_its_name() -> None:
    svg = Bars("Days", [Bar("North", 20, url="/n", note="over the limit")], unit="days").svg()
    link = ET.fromstring(svg).find(".//a")  # noqa: S314 - our own markup
    assert link is not None
    assert " ".join("".join(link.itertext()).split()) == "North 20 days over the limit"


def test_the_twin_has_a_limit_only_when_there_is_one() -> None:
    assert "Limit" not in Bars("Days", [Bar("North", 20)]).twin().heads
    assert Bars("Days", [Bar("North", 20, limit=30)]).twin().rows == (("North", "20", "30", ""),)
