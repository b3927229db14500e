"""The chain drawn: its colours, and what is not in the drawing."""

from __future__ import annotations

from zichtlijn.platform.design.drawing import ChainFlow
from zichtlijn.supervision.sources.chain_figures import Reader
from zichtlijn.supervision.sources.chain_figures.flow_drawing import Way, flow_drawing, time_bounds
from zichtlijn.supervision.sources.chain_words import DAY_US


def test_the_colours_of_a_chain_begin_at_round_times() -> None:
    day = DAY_US / 1e6
    assert time_bounds([2 * day, 40 * day]) == (7 * day, 30 * day)
    assert time_bounds([]) == ()
    assert len(time_bounds([1.0, 3000 * day])) == 4


def test_only_the_busiest_ways_are_drawn_and_the_others_are_said(everybody: Reader) -> None:
    ways = [Way("hub", f"station {i}", 100 - i, None) for i in range(60)]
    drawing = flow_drawing(everybody, "Chain", ways, number_name="Cases", most=10)
    assert isinstance(drawing, ChainFlow)
    assert len(drawing.flows) == 10
    assert drawing.rest == "Not drawn: 50 less frequent ways, together 3,275 times, and 50 stations."


def test_ways_of_a_few_cases_are_not_drawn_for_a_stranger(stranger: Reader) -> None:
    drawing = flow_drawing(stranger, "Chain", [Way("a", "b", 9, 1.0), Way("b", "c", 4, 1.0)], number_name="Cases")
    assert [flow.end for flow in drawing.flows] == ["b"]
    assert "fewer than 5" in drawing.rest
