"""What a figure says in words: stays and cases, who differs and whether anyone does."""

from __future__ import annotations

import json
from typing import Any

from zichtlijn.analysis.chains.equality import DIFFERENCE, NO_DIFFERENCE
from zichtlijn.platform.design.drawing import Funnel
from zichtlijn.supervision.sources import chain_figures
from zichtlijn.supervision.sources.chain_figures import Reader


def test_stays_are_not_called_cases(results: dict[str, Any], everybody: Reader) -> None:
    tables = chain_figures.figure_of("lead-times", results["lead-times"], everybody).tables
    heads = {table.caption: table.heads[1].words for table in tables}
    assert heads["Time that a case stays at an organisation"] == "Stays"
    assert heads["Lead time per region"] == "Cases"


def test_who_differs_is_named_and_marked_in_the_funnel(results: dict[str, Any], everybody: Reader) -> None:
    result = json.loads(json.dumps(results["equality"]))
    comparison = next(each for each in result["comparisons"] if each["funnel"] and each["dimension"] == "region")
    for each in result["comparisons"]:
        each["verdict"] = each["verdict"] if each is not comparison else DIFFERENCE
        for unit in each["units"]:
            unit["verdict"] = NO_DIFFERENCE
    comparison["units"][0]["verdict"] = DIFFERENCE
    name = comparison["units"][0]["value"]
    figure = chain_figures.figure_of("equality", {**result, "shown": 1}, everybody)
    drawing = figure.drawings[0]
    assert isinstance(drawing, Funnel)
    assert [dot.label for dot in drawing.dots if dot.outside] == [name]
    assert figure.verdict.endswith(f"these stand out: {name}.")
    assert figure.tables[0].rows[0].cells[0] == name


def test_without_a_difference_it_says_that_none_is_shown(results: dict[str, Any], everybody: Reader) -> None:
    result = json.loads(json.dumps(results["equality"]))
    for each in result["comparisons"]:
        each["verdict"] = NO_DIFFERENCE
    figure = chain_figures.figure_of("equality", {**result, "shown": 0}, everybody)
    assert figure.verdict.startswith("No difference shown in any of")
