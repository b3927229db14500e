"""The network drawing: where boxes stand, what the markup says, who can read it."""

from __future__ import annotations

import itertools
import time
from xml.etree import ElementTree as ET

import pytest

from zichtlijn.platform.design.drawing import Edge, Network, Vertex
from zichtlijn.platform.design.drawing.text import width

SVG = "{http://www.w3.org/2000/svg}"


def line_of_sight(**changes: object) -> Network:
    vertices = [
        Vertex("goal", "Help in time", layer=0, kind="Goal", url="/goals/1"),
        Vertex("activity", "Hand-over of cases between organisations in the region", layer=1, current=True),
        Vertex("monitor", "Waiting lists", layer=1),
        Vertex("passage", "Page 6", layer=2),
    ]
    edges = [Edge("goal", "activity"), Edge("goal", "monitor"), Edge("activity", "passage"), Edge("goal", "passage")]
    return Network("Line of sight", vertices, edges, **changes)  # type: ignore[arg-type]


def big_network() -> Network:
    vertices = [Vertex(f"v{i}", f"Vertex number {i} with a longer name", layer=i % 5) for i in range(60)]
    edges = [Edge(f"v{i}", f"v{(i * 7 + 1) % 60}") for i in range(60) if i != (i * 7 + 1) % 60]
    return Network("Big", vertices, edges)


def parsed(markup: str) -> ET.Element:
    return ET.fromstring(markup)  # noqa: S314 - our own markup


def overlap(a: object, b: object) -> bool:
    return (
        a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height  # type: ignore[attr-defined]
    )


@pytest.mark.parametrize("network", [line_of_sight(), big_network()])
def test_no_two_boxes_overlap(network: Network) -> None:
    assert not [pair for pair in itertools.combinations(network.boxes.values(), 2) if overlap(*pair)]


def test_later_layers_stand_further_to_the_right() -> None:
    boxes = line_of_sight().boxes
    assert boxes["goal"].x + boxes["goal"].width < boxes["activity"].x
    assert boxes["activity"].x == boxes["monitor"].x < boxes["passage"].x


def test_every_box_lies_inside_the_drawing() -> None:
    network = big_network()
    for box in network.boxes.values():
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= network.width
        assert box.y + box.height <= network.height


def test_edges_run_from_the_right_side_of_one_box_to_the_left_side_of_the_next() -> None:
    network = Network("Two", [Vertex("a", "A", layer=0), Vertex("b", "B", layer=1)], [Edge("a", "b")])
    path = parsed(network.svg()).find(".//path[@class='d-edge']")
    assert path is not None
    start, *_, end = path.attrib["d"].lstrip("M").replace("C", " ").split(" ")[0:1], path.attrib["d"].split(" ")[-2]
    a, b = network.boxes["a"], network.boxes["b"]
    assert float(start[0]) == a.x + a.width
    assert b.x - 10 < float(end) < b.x


def test_an_edge_over_several_layers_does_not_run_through_a_box() -> None:
    network = line_of_sight()
    bend = next(box for key, box in network._places.items() if key.startswith("\0"))
    between = [network.boxes[key] for key in ("activity", "monitor")]
    assert not any(box.y < bend.middle < box.y + box.height for box in between)


def test_the_same_network_gives_the_same_bytes() -> None:
    assert line_of_sight().svg("x") == line_of_sight().svg("x")
    assert big_network().svg() == big_network().svg()


def test_without_given_layers_the_arrows_decide() -> None:
    network = Network("Free", [Vertex("b", "B"), Vertex("a", "A")], [Edge("a", "b")])
    assert network.layer_of == {"a": 0, "b": 1}


def test_an_arrow_back_is_drawn_towards_the_earlier_layer() -> None:
    network = Network("Back", [Vertex("a", "A", layer=0), Vertex("b", "B", layer=1)], [Edge("b", "a")])
    arrow = parsed(network.svg()).find(".//path[@class='d-arrow']")
    assert arrow is not None
    right_of_a = network.boxes["a"].x + network.boxes["a"].width
    assert arrow.attrib["d"].startswith(f"M{right_of_a:g} ")


def test_two_boxes_in_one_layer_can_be_joined() -> None:
    network = Network("Bow", [Vertex("a", "A", layer=0), Vertex("b", "B", layer=0)], [Edge("a", "b")])
    assert parsed(network.svg()).find(".//path[@class='d-edge']") is not None


def test_labels_cannot_bring_markup_of_their_own() -> None:
    nasty = Network("<b>", [Vertex("a", "<script>alert(1)</script>", kind='"x"', url='/a"onclick="b')], [])
    tree = parsed(nasty.svg())
    assert tree.find(".//script") is None
    link = tree.find(".//a")
    assert link is not None
    assert set(link.attrib) == {"href"}


def test_the_words_of_a_linked_vertex_are_its_name() -> None:
    label = "Toezicht op de opvang van ontheemden niet voortzetten en de opvolging van aanbevelingen bezien"
    link = parsed(Network("N", [Vertex("a", label, kind="Activity", url="/a")], []).svg()).find(".//a")
    assert link is not None
    assert " ".join("".join(link.itertext()).split()) == f"Activity {label}"


def test_a_link_that_would_run_a_script_is_refused() -> None:
    with pytest.raises(ValueError, match="not an address"):
        Network("N", [Vertex("a", "A", url="javascript:alert(1)")], []).svg()


def test_without_links_it_is_an_image_with_a_name() -> None:
    tree = parsed(Network("Name of it", [Vertex("a", "A")], [], description="What it shows").svg("pic"))
    assert tree.attrib["role"] == "img"
    assert tree.attrib["aria-labelledby"] == "pic-title pic-desc"
    assert [tree.findtext(name) for name in ("title", "desc")] == ["Name of it", "What it shows"]


def test_with_links_it_is_a_group_whose_links_follow_the_layers() -> None:
    network = Network("N", [Vertex("b", "B", layer=1, url="/b"), Vertex("a", "A", layer=0, url="/a")], [])
    tree = parsed(network.svg())
    assert tree.attrib["role"] == "group"
    assert [link.attrib["href"] for link in tree.iter("a")] == ["/a", "/b"]


def test_words_of_an_arrow_fit_between_the_layers() -> None:
    vertices = [Vertex("a", "A", layer=0), Vertex("b", "B", layer=1)]
    labelled = Network("N", vertices, [Edge("a", "b", "melding met verzoek om onderzoek")])
    assert labelled.gap > Network("N", vertices, [Edge("a", "b")]).gap
    shown = [line for line in parsed(labelled.svg()).iter("text") if line.attrib["class"].startswith("d-edge-label")]
    assert " ".join("".join(line.itertext()).strip() for line in shown) == "melding met verzoek om onderzoek"
    for line in shown:
        half = width("".join(line.itertext()).strip(), 12.5) / 2
        assert labelled.boxes["a"].x + labelled.boxes["a"].width < float(line.attrib["x"]) - half
        assert float(line.attrib["x"]) + half < labelled.boxes["b"].x


def test_the_twin_holds_every_arrow_and_every_vertex() -> None:
    twin = Network(
        "N", [Vertex("a", "A", kind="Goal"), Vertex("b", "B"), Vertex("c", "C")], [Edge("a", "b", "for")]
    ).twin()
    assert twin.rows == (("Goal: A", "for", "B"), ("C", "", ""))


@pytest.mark.parametrize("edge", [Edge("a", "nowhere"), Edge("a", "a")])
def test_an_edge_that_joins_no_two_vertices_is_refused(edge: Edge) -> None:
    with pytest.raises(ValueError, match="does not join"):
        Network("N", [Vertex("a", "A")], [edge])


def test_two_vertices_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="same key"):
        Network("N", [Vertex("a", "A"), Vertex("a", "B")], [])


def test_nothing_to_draw_gives_an_empty_drawing() -> None:
    assert parsed(Network("Empty", [], []).svg()).attrib["role"] == "img"


def test_sixty_vertices_take_less_than_twenty_milliseconds() -> None:
    big_network().svg()  # the widths of letters are remembered
    times = []
    for _ in range(5):
        start = time.perf_counter()
        big_network().svg()
        times.append(time.perf_counter() - start)
    assert min(times) < 0.020
