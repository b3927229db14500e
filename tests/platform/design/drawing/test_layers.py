"""Layering, order and heights of a network, as geometry."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from zichtlijn.platform.design.drawing import layers

NAMES = [f"v{i}" for i in range(9)]
graphs = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1]))


def test_longest_path_puts_every_step_of_a_line_in_its_own_layer() -> None:
    edges = [("signal", "goal"), ("goal", "activity"), ("signal", "activity")]
    assert layers.longest_path(["activity", "goal", "signal"], edges) == {"signal": 0, "goal": 1, "activity": 2}


def test_a_vertex_without_edges_stands_in_the_first_layer() -> None:
    assert layers.longest_path(["alone"], []) == {"alone": 0}


def test_a_cycle_gets_layers_too() -> None:
    found = layers.longest_path(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a")])
    assert found == {"a": 0, "b": 1, "c": 2}


@given(graphs)
def test_edges_of_a_graph_without_cycles_lead_to_a_later_layer(pairs: list[tuple[str, str]]) -> None:
    forward = [(min(pair), max(pair)) for pair in pairs]
    found = layers.longest_path(NAMES, forward)
    assert all(found[start] < found[end] for start, end in forward)


def test_a_line_of_many_vertices_needs_no_recursion() -> None:
    names = [str(i) for i in range(5000)]
    found = layers.longest_path(names, list(itertools.pairwise(names)))
    assert found["4999"] == 4999


def test_crossings_counts_pairs_of_edges_that_cross() -> None:
    assert layers.crossings(["a", "b"], ["x", "y"], [("a", "y"), ("b", "x")]) == 1
    assert layers.crossings(["a", "b"], ["x", "y"], [("a", "x"), ("b", "y"), ("a", "y")]) == 0
    assert layers.crossings(["a", "b", "c"], ["x", "y", "z"], [("a", "z"), ("b", "y"), ("c", "x")]) == 3


def test_edges_that_end_in_the_same_vertex_do_not_cross() -> None:
    assert layers.crossings(["a", "b"], ["x"], [("a", "x"), ("b", "x")]) == 0


def test_ordering_takes_away_a_crossing_that_can_be_avoided() -> None:
    edges = [("a", "y"), ("b", "x")]
    assert layers.crossings(*layers.ordered([["a", "b"], ["x", "y"]], edges), edges) == 0


@given(st.lists(st.tuples(st.sampled_from(NAMES[:4]), st.sampled_from(NAMES[4:])), unique=True))
def test_ordering_never_makes_more_crossings_and_loses_no_vertex(edges: list[tuple[str, str]]) -> None:
    given_order = [NAMES[:4], NAMES[4:]]
    found = layers.ordered(given_order, edges)
    assert [sorted(layer) for layer in found] == given_order
    assert layers.crossings(*found, edges) <= layers.crossings(*given_order, edges)


@given(
    st.lists(st.tuples(st.sampled_from(NAMES[:4]), st.sampled_from(NAMES[4:])), unique=True),
    st.lists(st.floats(10, 90), min_size=9, max_size=9),
)
def test_vertices_of_a_layer_keep_their_distance(edges: list[tuple[str, str]], heights: list[float]) -> None:
    size = dict(zip(NAMES, heights, strict=True))
    columns = [NAMES[:4], NAMES[4:]]
    middle = layers.heights(columns, edges, size, 12)
    for column in columns:
        for upper, lower in itertools.pairwise(column):
            assert middle[lower] - middle[upper] >= (size[upper] + size[lower]) / 2 + 12 - 1e-6


def test_a_single_neighbour_stands_at_the_same_height() -> None:
    middle = layers.heights([["a", "b"], ["x", "y"]], [("a", "x"), ("b", "y")], dict.fromkeys("abxy", 40.0), 10)
    assert middle["a"] == middle["x"]
    assert middle["b"] == middle["y"]
    assert min(middle.values()) == 20
