"""What holds for every chart: well-formed, escaped, complete, with a table that says the same, and nothing inline."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from zichtlijn.platform.design.drawing.style import drawing_style

from .sample_drawings import MAKERS

SIZES = (0, 1, 2, 60, 500)


def tree_of(drawing: Any) -> ET.Element:
    return ET.fromstring(drawing.svg("drawing"))  # noqa: S314 - our own markup


@pytest.fixture(params=sorted(MAKERS))
def make(request: pytest.FixtureRequest) -> Any:
    return MAKERS[request.param]


@pytest.mark.parametrize("size", SIZES)
def test_a_chart_of_any_size_is_well_formed_and_named(make: Any, size: int) -> None:
    tree = tree_of(make(size))
    assert tree.attrib["role"] == "img"
    assert tree.find("title") is not None
    assert tree.attrib["aria-labelledby"].split()[0] == "drawing-title"


@pytest.mark.parametrize("size", SIZES)
def test_nothing_in_a_chart_is_a_number_that_is_not(make: Any, size: int) -> None:
    svg = make(size).svg("drawing")
    assert not re.search(r"\b(nan|inf|None)\b", svg)


def test_a_chart_has_no_style_of_its_own(make: Any) -> None:
    assert not re.search(r"\s(style|fill|stroke|onclick)=|<style|<script", make(60).svg("drawing"))


def test_names_in_a_chart_are_escaped(make: Any) -> None:
    drawing = make(12, '<b>"A" & B</b>')
    tree = tree_of(drawing)
    assert all(element.tag != "b" for element in tree.iter())
    assert "<b>" in "".join(tree.itertext())


def test_the_same_chart_is_the_same_bytes(make: Any) -> None:
    assert make(60).svg("drawing") == make(60).svg("drawing")


def test_every_row_of_the_table_fills_its_heads(make: Any) -> None:
    twin = make(60).twin()
    assert twin.rows
    assert {len(row) for row in twin.rows} == {len(twin.heads)}


def test_the_table_of_an_empty_chart_says_nothing_that_is_not_there(make: Any) -> None:
    assert len(make(0).twin().rows) <= 3


def test_every_look_is_in_the_style_of_drawings(make: Any) -> None:
    rules = drawing_style()
    looks = {look for value in re.findall(r'class="([^"]+)"', make(60).svg("drawing")) for look in value.split()}
    plain = {"d-node", "d-name"}  # only told apart from others
    unknown = {look for look in looks - plain if not re.search(rf"\.{look}[\s,.{{]", rules)}
    assert unknown == set()


def test_what_is_drawn_lies_within_the_height(make: Any) -> None:
    tree = tree_of(make(60))
    height = float(tree.attrib["height"])
    for element in tree.iter():
        for name in ("y", "y1", "y2", "cy"):
            if name in element.attrib:
                assert -1 <= float(element.attrib[name]) <= height + 1
