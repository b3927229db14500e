"""The chain: boxes that do not overlap, flows that can be told apart, and words beside them."""

from __future__ import annotations

from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest

from zichtlijn.platform.design.drawing import ChainFlow, Flow, Station
from zichtlijn.platform.design.drawing.flow_layout import PORT, main_way

from .sample_drawings import chain_flow


def flow_of(*flows: Flow, **more: object) -> ChainFlow:
    keys = dict.fromkeys(key for flow in flows for key in (flow.start, flow.end))
    return ChainFlow("Chain", [Station(key, key) for key in keys], flows, "Cases", "Days", **more)  # type: ignore[arg-type]


def paths(drawing: ChainFlow, look: str) -> list[ET.Element]:
    tree = ET.fromstring(drawing.svg())  # noqa: S314 - our own markup
    return [path for path in tree.iter("path") if look in path.attrib["class"].split()]


def test_a_weak_way_back_does_not_change_the_order() -> None:
    weights = {("a", "b"): 10.0, ("b", "c"): 9.0, ("c", "a"): 1.0}
    assert main_way(["c", "b", "a"], weights) == {"a": 0, "b": 1, "c": 2}


def test_the_chain_begins_where_it_is_said_to() -> None:
    weights = {("a", "b"): 10.0, ("b", "a"): 12.0}
    assert main_way(["a", "b"], weights, "a") == {"a": 0, "b": 1}


def test_stations_without_flows_stand_in_the_drawing_too() -> None:
    assert main_way(["a", "b"], {}) == {"a": 0, "b": 0}


@pytest.mark.parametrize("size", [2, 5, 60])
def test_boxes_do_not_overlap(size: int) -> None:
    layout = chain_flow(size).layout
    boxes = [place for key, place in layout.places.items() if not key.startswith("\0")]
    for one, other in combinations(boxes, 2):
        apart = one.right <= other.x or other.right <= one.x
        assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y


def test_flows_arrive_at_places_of_their_own() -> None:
    drawing = flow_of(*(Flow(f"giver {i}", "receiver", i + 1) for i in range(6)))
    ys = sorted(drawing.layout.ports[number, 1] for number in range(6))
    assert all(later - earlier >= PORT - 0.01 for earlier, later in pairwise(ys))


def test_a_flow_is_as_thick_as_it_is_large() -> None:
    drawing = flow_of(Flow("a", "b", 100), Flow("a", "c", 25), Flow("a", "d", 0))
    assert [drawing.thickness(number) for number in (100, 25, 0)] == [9.0, 5.25, 1.5]


def test_the_colour_of_a_flow_is_its_time_and_an_unknown_time_has_none() -> None:
    drawing = flow_of(
        Flow("a", "b", 1, 3), Flow("b", "c", 1, 8), Flow("c", "d", 1), bounds=(7,), bound_words=("short", "long")
    )
    assert [drawing.step(flow.time) for flow in drawing.flows] == [1, 2, 0]
    assert [len(paths(drawing, f"d-flow--{step}")) for step in (0, 1, 2)] == [1, 1, 1]


def test_number_and_time_stand_beside_a_flow_and_in_the_table() -> None:
    drawing = flow_of(Flow("a", "b", 12, 3), time=lambda days: f"{days:g} days", brief_time=lambda days: f"{days:g} d")
    assert "12 · 3 d" in drawing.svg()
    assert drawing.twin().rows == (("a", "b", "12", "3 days"),)


def test_what_is_left_out_is_said_in_the_drawing_and_in_the_table() -> None:
    drawing = flow_of(Flow("a", "b", 12), rest="3 others are not drawn.")
    assert "3 others are not drawn." in drawing.svg()
    assert drawing.twin().rows[-1][0] == "3 others are not drawn."


def test_every_station_and_flow_is_drawn_of_a_chain_of_sixty() -> None:
    drawing = chain_flow(60)
    tree = ET.fromstring(drawing.svg())  # noqa: S314 - our own markup
    assert len([rect for rect in tree.iter("rect") if "d-box" in rect.attrib["class"]]) == 60
    assert len(paths(drawing, "d-flow")) == len(drawing.flows)
    assert len(drawing.twin().rows) == len(drawing.flows)


@pytest.mark.parametrize(
    "flows",
    [[Flow("a", "a", 1)], [Flow("a", "nobody", 1)]],
)
def test_a_flow_to_nowhere_is_refused(flows: list[Flow]) -> None:
    with pytest.raises(ValueError, match="two known stations"):
        ChainFlow("Chain", [Station("a", "A")], flows, "Cases", "Days")


def test_two_stations_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="same key"):
        ChainFlow("Chain", [Station("a", "A"), Station("a", "B")], [], "Cases", "Days")


def test_more_steps_than_colours_are_refused() -> None:
    with pytest.raises(ValueError, match="colours"):
        flow_of(Flow("a", "b", 1), bounds=(1, 2, 3, 4, 5), bound_words=("",) * 6)


def test_the_words_of_a_linked_station_are_its_name() -> None:
    station = Station("a", "Court", ("12 cases",), url="/cases/")
    tree = ET.fromstring(ChainFlow("Chain", [station], [], "Cases", "Days").svg())  # noqa: S314 - our own markup
    link = tree.find(".//a")
    assert link is not None
    assert " ".join("".join(link.itertext()).split()) == "Court 12 cases"
    assert tree.attrib["role"] == "group"
