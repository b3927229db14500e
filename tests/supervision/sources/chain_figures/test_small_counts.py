"""Who may not see small counts reads none of them, and can derive none."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.analysis.chains.generated_logs import GeneratedLog
from tests.supervision.sources.chain_figures.looking import ALL, number_of, shown
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.platform.design.drawing import Histogram, TimeSeries
from zichtlijn.supervision.sources import chain_figures
from zichtlijn.supervision.sources.chain_figures import Reader
from zichtlijn.supervision.sources.chain_words import DAY_US


@pytest.mark.parametrize("name", ALL)
def test_a_stranger_reads_no_count_of_a_few_cases(name: str, youth: GeneratedLog, stranger: Reader) -> None:
    few = Selection(until_us=youth.prepared.manifest.first_us + 6 * DAY_US)
    result = chain_figures.compute(name, youth.prepared, few, engine=youth.engine)
    figure = chain_figures.figure_of(name, result, stranger)
    counts = {"Cases", "Open", "Number", "Times", "Waiting", "How many", "Returned", "Sent", "Lost", "Open cases"}
    for table in figure.tables:
        for place, head in enumerate(table.heads):
            if head.words in counts:
                said = {row.cells[place].split(" ")[0] for row in table.rows}
                assert not said & {"1", "2", "3", "4"}, (table.caption, head.words)


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_said_of_three_cases(name: str, youth: GeneratedLog, stranger: Reader) -> None:
    start = youth.prepared.manifest.first_us
    days = next(
        day for day in range(1, 60) if number_of(youth, "summary", {}, Selection(until_us=start + day * DAY_US)) >= 3
    )
    result = chain_figures.compute(name, youth.prepared, Selection(until_us=start + days * DAY_US), engine=youth.engine)
    figure = chain_figures.figure_of(name, result, stranger)
    assert not any(drawing.twin().rows for drawing in figure.drawings)
    assert not re.search(r"\d%|\d days|No case", " ".join(shown(figure)).replace("95%", ""))


def test_a_hidden_state_does_not_follow_from_the_others(results: dict[str, Any], stranger: Reader) -> None:
    result = json.loads(json.dumps(results["terms"]))
    states = {"closed-in-time": 80, "closed-late": 3, "open-late": 30, "not-yet-due": 12}
    result["everyone"] |= states | {"cases": 125, "late": 33}
    figure = chain_figures.figure_of("terms", result, stranger)
    assert [row.cells[1] for row in figure.tables[0].rows] == [
        "80 (64%)", "not shown", "30 (24%)", "not shown",
    ]  # fmt: skip
    assert "%" not in figure.verdict


def test_a_day_of_a_waiting_list_is_said_as_a_whole_or_not(results: dict[str, Any], stranger: Reader) -> None:
    result = json.loads(json.dumps(results["waiting-lists"]))
    figure = chain_figures.figure_of("waiting-lists", result, stranger)
    assert all(head.words != "Longest" for table in figure.tables for head in table.heads)
    series = [drawing for drawing in figure.drawings if isinstance(drawing, TimeSeries)]
    assert series
    for drawing in series:
        for day in zip(*(line.values for line in drawing.lines), strict=True):
            assert len({value is None for value in day}) == 1
            assert not any(value in {1, 2, 3, 4} for value in day)


def test_a_waiting_list_of_a_few_is_not_called_empty(results: dict[str, Any], stranger: Reader) -> None:
    result = json.loads(json.dumps(results["waiting-lists"]))
    for each in (*result["lists"], *result["regions"]):
        each["level"] = 3
    figure = chain_figures.figure_of("waiting-lists", result, stranger)
    assert figure.verdict == "Not shown: this is about fewer than 5 cases."


def test_bars_of_a_few_cases_are_not_drawn(results: dict[str, Any], stranger: Reader) -> None:
    result = json.loads(json.dumps(results["durations"]))
    result |= {"bars": [40, 2, 30, 9], "longer": 0}
    drawing = chain_figures.figure_of("durations", result, stranger).drawings[0]
    assert isinstance(drawing, Histogram)
    assert [each.count for each in drawing.bins] == [40, 30]


def test_hand_overs_of_perhaps_one_case_are_hidden(results: dict[str, Any], stranger: Reader) -> None:
    figure = chain_figures.figure_of("hand-overs", results["hand-overs"], stranger)
    assert all(int(row.cells[2].replace(",", "")) >= 10 for row in figure.tables[0].rows)
    assert "numbers below 10 are not shown" in " ".join(figure.notes)
