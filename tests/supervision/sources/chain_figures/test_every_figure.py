"""What holds for every figure: plain results, the same in words and tables, of any selection."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.analysis.chains.generated_logs import GeneratedLog
from tests.supervision.sources.chain_figures.looking import ALL, number_of, shown
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.supervision.sources import chain_figures
from zichtlijn.supervision.sources.chain_figures import Reader
from zichtlijn.supervision.sources.chain_words import Words


@pytest.mark.parametrize("name", ALL)
def test_a_result_is_plain_json_and_the_same_every_time(
    name: str, youth: GeneratedLog, results: dict[str, Any]
) -> None:
    again = chain_figures.compute(name, youth.prepared, EVERYTHING)
    assert json.loads(json.dumps(results[name], allow_nan=False)) == results[name]
    assert again == results[name]


@pytest.mark.parametrize("name", ALL)
def test_a_figure_says_something_with_its_definition_and_source(
    name: str, results: dict[str, Any], everybody: Reader
) -> None:
    figure = chain_figures.figure_of(name, results[name], everybody)
    assert figure.about.name == name
    assert all((figure.about.title, figure.about.definition, figure.about.unit, figure.about.source))
    assert figure.verdict or figure.drawings or figure.tables
    assert not {"None", "nan", "inf"} & set(shown(figure))


@pytest.mark.parametrize("name", ALL)
def test_a_figure_survives_being_kept_as_json(name: str, results: dict[str, Any], everybody: Reader) -> None:
    kept = json.loads(json.dumps(results[name]))
    assert shown(chain_figures.figure_of(name, kept, everybody)) == shown(
        chain_figures.figure_of(name, results[name], everybody)
    )


@pytest.mark.parametrize("name", ALL)
def test_rows_are_as_wide_as_their_heads(name: str, results: dict[str, Any], everybody: Reader) -> None:
    for table in chain_figures.figure_of(name, results[name], everybody).tables:
        assert {len(row.cells) for row in table.rows} <= {len(table.heads)}


@pytest.mark.parametrize("name", ALL)
def test_a_selection_without_cases_is_told_and_not_crashed_on(
    name: str, youth: GeneratedLog, everybody: Reader
) -> None:
    nothing = Selection(from_us=0, until_us=1)
    result = chain_figures.compute(name, youth.prepared, nothing, engine=youth.engine)
    figure = chain_figures.figure_of(name, result, everybody)
    assert shown(figure)
    assert number_of(youth, name, {}, nothing) == 0


@pytest.mark.parametrize("name", ALL)
def test_a_selection_of_one_case_can_be_shown(name: str, youth: GeneratedLog, everybody: Reader) -> None:
    start = youth.prepared.manifest.first_us
    result = chain_figures.compute(name, youth.prepared, Selection(until_us=start + 1), engine=youth.engine)
    for drawing in chain_figures.figure_of(name, result, everybody).drawings:
        assert drawing.svg("drawing").startswith("<svg")


def test_a_table_for_the_page_of_a_kept_figure_is_small(results: dict[str, Any]) -> None:
    for name in ALL:
        columns, rows = chain_figures.result_table(name, results[name])
        assert columns
        assert len(rows) <= 60
        assert {len(row) for row in rows} <= {len(columns)}


def test_a_log_without_organisations_says_what_it_does_not_allow(tmp_path: Path) -> None:
    from tests.analysis.chains.small_logs import START, small_log

    log = small_log(tmp_path, {"case": ["1", "1"], "activity": ["a", "b"], "time": [START, START]})
    allowed = {name for name in ALL if not chain_figures.missing(name, log.prepared)}
    assert allowed == {
        "summary", "phenomena", "lead-times", "trends", "bottlenecks", "throughput", "directly-follows", "durations",
        "variants", "rework",
    }  # fmt: skip
    with pytest.raises(LogError, match="which organisation"):
        chain_figures.compute("hand-overs", log.prepared, EVERYTHING)
    for name in allowed:
        result = chain_figures.compute(name, log.prepared, EVERYTHING, engine=log.engine)
        assert shown(chain_figures.figure_of(name, result, Reader(Words("nl"), 1)))
