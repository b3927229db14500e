"""What a dashboard shows: plain results, the same in words and tables, and the cases that are counted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.analysis.chains.generated_logs import GeneratedLog, generated_log
from zichtlijn.analysis.chains.equality import DIFFERENCE, NO_DIFFERENCE
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.platform.design.drawing import ChainFlow, Funnel, Histogram, TimeSeries
from zichtlijn.supervision.sources import chain_figures
from zichtlijn.supervision.sources.chain_figures import METRICS, Figure, Reader
from zichtlijn.supervision.sources.chain_figures import computing as kept_results
from zichtlijn.supervision.sources.chain_figures.flow_drawing import Way, flow_drawing, time_bounds
from zichtlijn.supervision.sources.chain_words import DAY_US, HOUR_US, MINUTE_US, Words

ALL = sorted(METRICS)


@pytest.fixture(scope="session")
def youth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GeneratedLog]:
    """A generated youth-protection chain as planted."""
    log = generated_log(tmp_path_factory.mktemp("youth"), "youth-protection", cases=3000, seed=1)
    yield log
    log.engine.close()


@pytest.fixture(scope="session")
def results(youth: GeneratedLog) -> dict[str, Any]:
    """The result of every metric on the whole log."""
    return {name: chain_figures.compute(name, youth.prepared, EVERYTHING, engine=youth.engine) for name in ALL}


@pytest.fixture
def everybody() -> Reader:
    """Who may see every count, in English."""
    return Reader(Words("en"), 1)


@pytest.fixture
def stranger() -> Reader:
    """Who may not see small counts, in English."""
    return Reader(Words("en"))


def number_of(youth: GeneratedLog, name: str, arguments: dict[str, str], selection: Selection = EVERYTHING) -> int:
    """How many different cases are behind a part of a figure."""
    expression = chain_figures.cases_behind(name, youth.prepared, selection, arguments)
    found = youth.engine.run(expression).column("case_no").to_pylist()
    return len(set(found))


def shown(figure: Figure) -> list[str]:
    """Every word and number of a figure."""
    said = [figure.verdict, *figure.notes]
    for table in figure.tables:
        said += [table.caption, table.left_out, *(head.words for head in table.heads)]
        said += [cell for row in table.rows for cell in row.cells]
    for drawing in figure.drawings:
        said += [drawing.title, *(cell for row in drawing.twin().rows for cell in row)]
    return said


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


def test_stays_are_not_called_cases(results: dict[str, Any], everybody: Reader) -> None:
    tables = chain_figures.figure_of("lead-times", results["lead-times"], everybody).tables
    heads = {table.caption: table.heads[1].words for table in tables}
    assert heads["Time that a case stays at an organisation"] == "Stays"
    assert heads["Lead time per region"] == "Cases"


def test_hand_overs_of_perhaps_one_case_are_hidden(results: dict[str, Any], stranger: Reader) -> None:
    figure = chain_figures.figure_of("hand-overs", results["hand-overs"], stranger)
    assert all(int(row.cells[2].replace(",", "")) >= 10 for row in figure.tables[0].rows)
    assert "numbers below 10 are not shown" in " ".join(figure.notes)


@pytest.mark.parametrize("name", ALL)
def test_every_row_leads_to_at_least_one_case(
    name: str, youth: GeneratedLog, results: dict[str, Any], everybody: Reader
) -> None:
    figure = chain_figures.figure_of(name, results[name], everybody)
    rows = [row for table in figure.tables for row in table.rows if row.behind][:12]
    for row in rows:
        assert number_of(youth, name, dict(row.behind or ())) > 0, row


def test_as_many_cases_are_behind_a_count_as_it_says(youth: GeneratedLog, results: dict[str, Any]) -> None:
    summary, terms, rework = (results[name] for name in ("summary", "terms", "rework"))
    assert number_of(youth, "summary", {}) == summary["cases"]
    assert number_of(youth, "summary", {"open": "1"}) == summary["open"]
    assert number_of(youth, "terms", {"breached": "1"}) == terms["everyone"]["late"]
    for state in ("closed-in-time", "closed-late", "open-late", "not-yet-due"):
        assert number_of(youth, "terms", {"state": state}) == terms["everyone"][state]
    assert number_of(youth, "rework", {}) == rework["cases_with_rework"]
    for route in results["variants"]["shown"][:5]:
        assert number_of(youth, "variants", {"route": route["route"]}) == route["cases"]
    for group in results["lead-times"]["by"]["region"]["groups"][:5]:
        assert number_of(youth, "lead-times", {"by": "region", "value": group["value"]}) == group["cases"]
    for waiting in results["waiting-lists"]["lists"]:
        assert number_of(youth, "waiting-lists", {"organisation": waiting["organisation"]}) == waiting["level"]
    for lost in results["lost-hand-overs"]["pairs"]:
        arguments = {"giver": lost["organisation"], "receiver": lost["sent_to"]}
        arguments["allowance_hours"] = str(lost["allowance_hours"])
        assert number_of(youth, "lost-hand-overs", arguments) <= lost["lost"]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("directly-follows", {"from_activity": "Nothing", "to_activity": "Nothing"}),
        ("hand-overs", {"giver": "Nobody", "receiver": "Nobody"}),
        ("variants", {"route": "one"}),
        ("variants", {"route": "9" * 40}),
        ("waiting-lists", {"organisation": "Veilig Thuis", "day": "soon"}),
        ("throughput", {"what": "open", "first": "soon", "last": "later"}),
        ("phenomena", {"kind": "weather"}),
        ("happiness", {}),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(name: str, arguments: dict[str, str], youth: GeneratedLog) -> None:
    with pytest.raises(LogError):
        chain_figures.cases_behind(name, youth.prepared, EVERYTHING, arguments)


def test_a_computed_figure_comes_from_memory_the_second_time(
    youth: GeneratedLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    selection = Selection(from_us=5)
    first = chain_figures.cached("summary", youth.prepared, selection)
    monkeypatch.setattr(kept_results, "compute", lambda *_words, **_more: pytest.fail("computed again"))
    assert chain_figures.cached("summary", youth.prepared, selection) is first


def test_memory_does_not_grow_without_end(youth: GeneratedLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_results, "MOST_KEPT", 3)
    monkeypatch.setattr(kept_results, "compute", lambda *_words, **_more: {})
    for number in range(10):
        chain_figures.cached("summary", youth.prepared, Selection(from_us=-number))
    assert len(kept_results._kept) == 3


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


def test_a_table_for_the_page_of_a_kept_figure_is_small(results: dict[str, Any]) -> None:
    for name in ALL:
        columns, rows = chain_figures.result_table(name, results[name])
        assert columns
        assert len(rows) <= 60
        assert {len(row) for row in rows} <= {len(columns)}


def test_key_figures_lead_to_their_cases(youth: GeneratedLog, results: dict[str, Any], everybody: Reader) -> None:
    numbers = chain_figures.key_figures(youth.prepared, results.__getitem__, everybody)
    assert [each.label for each in numbers][:3] == ["Cases", "Events", "Open"]
    for each in numbers:
        if each.behind is not None:
            assert number_of(youth, each.metric, dict(each.behind)) > 0


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


# The selection in an address


def test_a_selection_and_its_address_are_each_others_inverse(youth: GeneratedLog) -> None:
    region, organisation = youth.prepared.values("region")[3], youth.prepared.values("organisation")[1]
    query = {"from": ["2021-03-28"], "until": ["2021-10-31"], "region": [region], "organisation": [organisation]}
    selection, unknown = chain_figures.selection_of(youth.prepared, query)
    assert unknown == ()
    pairs = chain_figures.query_of(youth.prepared, selection)
    assert dict(pairs) == {name: values[0] for name, values in query.items()}


def test_both_days_of_a_period_are_in_it(youth: GeneratedLog) -> None:
    selection, _unknown = chain_figures.selection_of(youth.prepared, {"from": ["2021-03-28"], "until": ["2021-03-28"]})
    assert selection.from_us is not None
    assert selection.until_us is not None
    assert (selection.until_us - selection.from_us) / HOUR_US == 23  # the clock goes forward that day


@pytest.mark.parametrize(
    "query",
    [{"region": ["Atlantis"]}, {"from": ["yesterday"]}, {"until": ["2021-13-45"]}, {"until": ["9999-12-31"]}],
)
def test_what_is_unknown_is_left_out_and_named(query: dict[str, list[str]], youth: GeneratedLog) -> None:
    selection, unknown = chain_figures.selection_of(youth.prepared, query)
    assert selection.is_all
    assert unknown == tuple(value for values in query.values() for value in values)


# Numbers, times and days


@pytest.mark.parametrize(
    ("language", "value", "digits", "said"),
    [
        ("nl", 1234567.891, 2, "1.234.567,89"),
        ("en", 1234567.891, 2, "1,234,567.89"),
        ("nl", -3, 0, "−3"),
        ("nl", None, 0, "–"),
        ("nl", float("nan"), 0, "–"),
    ],
)
def test_numbers_are_written_as_in_the_language(language: str, value: float | None, digits: int, said: str) -> None:
    assert Words(language).number(value, digits) == said


@pytest.mark.parametrize(
    ("microseconds", "said"),
    [(30 * MINUTE_US, "30 min"), (90 * MINUTE_US, "1.5 hours"), (47 * HOUR_US, "47 hours"), (48 * HOUR_US, "2 days"),
     (9.96 * DAY_US, "10 days"), (3.2 * DAY_US, "3.2 days"), (0, "0 min"), (None, "–"), (float("inf"), "–")],
)  # fmt: skip
def test_a_time_is_written_in_the_unit_that_suits_it(microseconds: float | None, said: str) -> None:
    assert Words("en").duration(microseconds) == said


def test_days_and_shares_are_written_as_in_the_language() -> None:
    assert Words("nl").day(date(2031, 3, 1)) == "1 mrt 2031"
    assert Words("en").month(date(2031, 3, 1)) == "Mar 2031"
    assert Words("nl").fine_share(0.0713) == "7,1%"
    assert Words("nl").fine_share(0.713) == "71%"
    assert Words("en").p_value(0.00001) == "< 0.001"
    assert Words("nl").p_value(0.0314) == "0,031"


def test_a_language_that_we_do_not_speak_is_dutch() -> None:
    assert chain_figures.words_in("fy").language == "nl"
    assert chain_figures.words_in("en-gb").language == "en"


# The chain drawn


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
