"""Equality: a planted inequality is found, none is found where none is, and small numbers stay protected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.equal_tables import equal_tables
from tests.analysis.chains.generated_logs import GeneratedLog
from tests.analysis.chains.small_logs import SmallLog, random_log
from zichtlijn.analysis.chains import equality, lost_hand_overs
from zichtlijn.analysis.chains.answers import ask
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.equality_counts import Table
from zichtlijn.analysis.eventlogs.model import Column, Mapping
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.readers import read_log


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallLog]:
    made = random_log(tmp_path_factory.mktemp("equality"), cases=600, seed=5)
    yield made
    made.engine.close()


def _table(events: list[int], cases: list[int]) -> Table:
    names = tuple(range(len(cases))), tuple(f"R{code}" for code in range(len(cases)))
    return Table("region", "outcome", "granted", 0, *names, np.array(events)[:, None], np.array(cases)[:, None])


def _judged(*tables: Table) -> equality.Equality:
    return equality.verdicts([equality.compared(table) for table in tables])


def test_the_share_of_equal_logs_with_a_difference_shown_is_about_the_level() -> None:
    rng = np.random.default_rng(11)
    alarms = [bool(_judged(*equal_tables(rng, cases=1200)).shown) for _ in range(200)]
    assert 0.01 <= np.mean(alarms) <= 0.095


def test_a_slower_region_is_found_and_it_is_that_one() -> None:
    rng = np.random.default_rng(12)
    found = [_judged(*equal_tables(rng, cases=4000, slower=2.0)) for _ in range(5)]
    for one in found:
        assert {"lead-time", "term-exceeded"} <= {each.measure for each in one.shown}
        lead_time = next(each for each in one.comparisons if each.measure == "lead-time")
        assert "R6" in [unit.value for unit in lead_time.standing_out]
        slow = next(unit for unit in lead_time.units if unit.value == "R6")
        assert slow.lower > lead_time.usual
        assert lead_time.usual < slow.shrunk < slow.estimate


def test_verdicts_allow_for_all_comparisons_together() -> None:
    one = _table([20, 36], [100, 100])
    alone = _judged(one)
    assert alone.comparisons[0].verdict == equality.DIFFERENCE
    among = _judged(one, *[_table([30, 30 + extra], [100, 100]) for extra in (0, 1, -1, 2, 0, 1)])
    assert {each.verdict for each in among.comparisons} == {equality.NO_DIFFERENCE}


def test_units_with_too_few_cases_take_no_part_and_say_so() -> None:
    found = _judged(_table([20, 60, 9], [100, 100, 10])).comparisons[0]
    assert [unit.verdict for unit in found.units] == [equality.DIFFERENCE] * 2 + [equality.TOO_FEW]
    assert np.isnan(found.units[2].estimate)
    assert found.funnel is not None
    assert len(found.funnel.values) == 2


@pytest.mark.parametrize("table", [_table([1, 0], [40, 40]), _table([9, 60], [20, 100])], ids=["events", "units"])
def test_too_few_events_or_units_give_no_verdict(table: Table) -> None:
    found = _judged(table).comparisons[0]
    assert found.verdict == equality.TOO_FEW
    assert np.isnan(found.p_value)


def test_small_counts_and_what_gives_them_away_are_marked() -> None:
    units = _judged(_table([2, 40, 20, 98], [100, 100, 100, 100])).comparisons[0].units
    assert [unit.count_hidden for unit in units] == [True, True, True, True]
    units = _judged(_table([30, 40, 20], [100, 100, 100])).comparisons[0].units
    assert not any(unit.count_hidden for unit in units)


def test_every_measure_counts_the_cases_it_says(log: SmallLog) -> None:
    found = equality.compute(log.engine, dimensions=["region"])
    cases = [row for row in log.rows("cases") if row["start_us"] <= log.cut_off_us]
    ended = [row for row in cases if row["closed"] and row["end_us"] <= log.cut_off_us]
    by_measure = {(each.measure, each.value): each for each in found.comparisons}
    due = [row for row in cases if row["term_us"] < log.cut_off_us]
    late = [row for row in due if row not in ended or row["end_us"] > row["term_us"]]
    for unit in by_measure["term-exceeded", None].units:
        assert unit.cases == sum(row["region"] == unit.code for row in due)
        assert unit.events == sum(row["region"] == unit.code for row in late)
    board = log.prepared.code("organisation", "Board")
    stays = [row for row in log.rows("stays") if row["organisation"] == board and row["from_us"] <= log.cut_off_us]
    for unit in by_measure["stay-time", "Board"].units:
        assert unit.cases == sum(row["region"] == unit.code for row in stays)
    for unit in by_measure["lead-time", None].units:
        assert unit.cases == sum(row["region"] == unit.code for row in cases)
    helped = log.prepared.code("activity", "Helped")
    had = {row["case_no"] for row in log.rows("events") if row["activity"] == helped}
    for unit in by_measure["activity", "Helped"].units:
        here = [row for row in ended if row["region"] == unit.code]
        assert (unit.cases, unit.events) == (len(here), sum(row["case_no"] in had for row in here))
    outcomes = [each for each in found.comparisons if each.measure == "outcome"]
    assert len(outcomes) == 1
    for unit in outcomes[0].units:
        here = [row for row in ended if row["region"] == unit.code and row["outcome"] == outcomes[0].value_code]
        assert unit.events == len(here)


def test_the_cases_behind_a_share_are_those_counted(log: SmallLog) -> None:
    found = equality.compute(log.engine, dimensions=["group"], measures=["term-exceeded", "outcome", "activity"])
    assert {each.measure for each in found.comparisons} == {"term-exceeded", "outcome", "activity"}
    for each in found.comparisons:
        for unit in each.units:
            expression = equality.cases_behind(
                dimension="group",
                code=unit.code,
                measure=each.measure,
                value=each.value_code,
                cut_off_us=log.cut_off_us,
            )
            assert log.engine.run(expression).num_rows == unit.events


def test_lost_hand_overs_are_those_of_the_metric_and_have_their_cases(youth_protection: GeneratedLog) -> None:
    engine = youth_protection.engine
    found = equality.compute(engine, dimensions=["region"], measures=["hand-over-lost"]).comparisons[0]
    lost, judged = sum(unit.events or 0 for unit in found.units), sum(unit.cases for unit in found.units)
    every = lost_hand_overs.compute(engine)
    assert (lost, judged) == (sum(each.lost for each in every), sum(each.judged for each in every))
    assert lost > 50
    allowances = lost_hand_overs.allowances_hours(ask(engine, lost_hand_overs.arrival_times()))
    cut_off_us = youth_protection.prepared.manifest.cut_off_us
    behind: dict[bool, list[int]] = {True: [], False: []}
    for unit in found.units:
        for timely in (True, False):
            expression = equality.cases_behind(
                dimension="region",
                code=unit.code,
                measure="hand-over-lost",
                allowances=allowances if timely else None,
                cut_off_us=cut_off_us,
            )
            behind[timely] += engine.run(expression)["case_no"].to_pylist()
    assert len(behind[True]) == pytest.approx(lost, rel=0.02)  # a case can be lost twice
    assert set(behind[True]) < set(behind[False])


def test_the_planted_slow_region_is_found_where_it_is_slow(youth_protection: GeneratedLog) -> None:
    planted = youth_protection.truth["planted"]["regional"]
    found = equality.compute(youth_protection.engine, dimensions=["region"], measures=["lead-time", "stay-time"])
    surest = found.shown[0]
    assert (surest.measure, surest.value) == ("stay-time", "Raad voor de Kinderbescherming")
    assert [unit.value for unit in surest.standing_out] == [planted["region"]]
    assert surest.standing_out[0].beyond_spread
    assert "lead-time" in {each.measure for each in found.shown}


def test_a_log_of_which_regions_are_drawn_at_random_shows_no_difference(log: SmallLog) -> None:
    found = equality.compute(log.engine)
    assert not found.shown
    assert {each.verdict for each in found.comparisons} <= {equality.NO_DIFFERENCE, equality.TOO_FEW}


def test_an_estimate_does_not_depend_on_the_order_of_units() -> None:
    rng = np.random.default_rng(3)
    table = equal_tables(rng)[0]
    back = slice(None, None, -1)
    turned = replace(
        table, codes=table.codes[back], values=table.values[back], events=table.events[back], cases=table.cases[back]
    )
    one, other = equality.compared(table), equality.compared(turned)
    assert one.p_value == pytest.approx(other.p_value)
    assert [unit.estimate for unit in one.units] == pytest.approx([unit.estimate for unit in other.units][back])


@pytest.mark.needs_shared
def test_the_planted_inequality_of_the_hospital_log_is_found(shared: Path, tmp_path: Path) -> None:
    raw = read_log(shared / "logs" / "fairness_hospital_log_high.xes.gz", tmp_path / "raw")
    roles = {
        "case": Column("concept:name", "case"),
        "activity": Column("concept:name"),
        "time": Column("time:timestamp"),
        "group": Column("protected"),
    }
    prepared = prepare(raw, Mapping(roles), tmp_path / "prepared")  # type: ignore[arg-type]
    with Embedded(prepared, threads=1) as engine:
        found = equality.compute(engine)
    shown = {each.value for each in found.shown if each.measure == "activity"}
    assert {"Treatment successful", "Expert Examination", "Thorough Examination"} <= shown
    same = {each.value for each in found.comparisons if each.verdict == equality.NO_DIFFERENCE}
    assert {"Register at ER", "Treatment unsuccessful"} <= same
    successful = next(each for each in found.shown if each.value == "Treatment successful")
    shares = {unit.value: unit.estimate for unit in successful.units}
    assert shares == pytest.approx({"true": 0.673, "false": 1.0}, abs=0.001)
