"""A figure that an organisation states about its waiting list is held against the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.analysis.chains.generated_logs import GeneratedLog
from zichtlijn.analysis.chains import tables
from zichtlijn.analysis.chains.self_monitoring import (
    BEFORE_THE_LOG,
    LESS,
    MORE,
    NO_ORGANISATIONS,
    NOBODY,
    TOO_EARLY,
    TOO_LATE,
    UNKNOWN_ORGANISATION,
    UNKNOWN_REGION,
    VERDICTS,
    WITHIN,
    Checked,
    Tolerance,
    check,
)
from zichtlijn.analysis.chains.stated_figures import Statement

ZONE = ZoneInfo("Europe/Amsterdam")
ON = date(2023, 6, 30)
HALF_YEAR = date(2023, 1, 1)
GI = "Gecertificeerde instellingen"


def _us(day: date) -> int:
    """The beginning of a day."""
    return int(datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp()) * 1_000_000


def _stays(log: GeneratedLog, organisation: str, region: str | None = None) -> list[dict[str, Any]]:
    stays = tables.stays.filter(tables.stays.organisation == log.prepared.code("organisation", organisation))
    rows = log.engine.run(stays.select("case_no", "region", "from_us", "served_us", "until_us")).to_pylist()
    code = None if region is None else log.prepared.code("region", region)
    return [row | {"left": row["served_us"] or row["until_us"]} for row in rows if code in (None, row["region"])]


def _waiting(log: GeneratedLog, day: date, region: str | None = None) -> list[dict[str, Any]]:
    """Those waiting at the end of a day, by counting the stays one by one."""
    end = _us(day + timedelta(days=1))
    stays = _stays(log, GI, region)
    return [row for row in stays if row["from_us"] < end and (row["left"] is None or row["left"] >= end)]


def _one(log: GeneratedLog, statement: Statement, **options: Any) -> Checked:
    (found,) = check([statement], log.engine, **options)
    return found


@pytest.fixture
def level(youth_protection: GeneratedLog) -> Statement:
    """The level that the log shows."""
    return Statement(ON, GI, "level", float(len(_waiting(youth_protection, ON))))


def test_a_true_level_agrees(youth_protection: GeneratedLog, level: Statement) -> None:
    found = _one(youth_protection, level)
    assert (found.verdict, found.measured, found.difference, found.reason) == ("agrees", level.value, 0.0, WITHIN)
    assert level.value > 50


@pytest.mark.parametrize(("factor", "reason"), [(0.5, MORE), (1.5, LESS)])
def test_a_level_that_is_far_off_differs_and_it_says_how(
    youth_protection: GeneratedLog, level: Statement, factor: float, reason: str
) -> None:
    found = _one(youth_protection, replace(level, value=level.value * factor))
    assert (found.verdict, found.reason) == ("differs", reason)
    assert found.difference == pytest.approx(level.value * factor - (found.measured or 0))


def test_the_tolerance_decides(youth_protection: GeneratedLog, level: Statement) -> None:
    off = replace(level, value=level.value * 1.2)
    assert _one(youth_protection, off).verdict == "differs"
    assert _one(youth_protection, off, tolerance=Tolerance(share=0.25)).verdict == "agrees"
    assert Tolerance(cases=3).of(level, 10) == 3
    assert Tolerance(days=2).of(replace(level, what="mean-wait"), 10) == 2


def test_a_level_may_be_that_of_the_beginning_of_the_day(youth_protection: GeneratedLog) -> None:
    days = [ON + timedelta(days=number) for number in range(-40, 40)]
    levels = {day: len(_waiting(youth_protection, day)) for day in days}
    day = max(days[1:], key=lambda each: abs(levels[each] - levels[each - timedelta(days=1)]))
    before = levels[day - timedelta(days=1)]
    found = _one(youth_protection, Statement(day, GI, "level", float(before)), tolerance=Tolerance(0, 0, 0))
    assert found.verdict == "agrees"
    assert youth_protection.engine.run(found.cases).num_rows == before


def test_a_level_of_one_region_is_measured_there(youth_protection: GeneratedLog) -> None:
    there = len(_waiting(youth_protection, ON, "Haaglanden"))
    found = _one(youth_protection, Statement(ON, GI, "level", float(there), region="haaglanden"))
    assert (found.verdict, found.measured) == ("agrees", there)
    assert found.measured is not None
    assert found.measured < len(_waiting(youth_protection, ON)) / 2


@pytest.mark.parametrize(("what", "moment"), [("inflow", "from_us"), ("outflow", "left")])
def test_what_came_in_and_what_was_taken_up_are_counted_over_the_period(
    youth_protection: GeneratedLog, what: Any, moment: str
) -> None:
    start, end = _us(HALF_YEAR), _us(ON + timedelta(days=1))
    moments = [row[moment] for row in _stays(youth_protection, GI)]
    counted = sum(1 for each in moments if each is not None and start <= each < end)
    found = _one(youth_protection, Statement(ON, GI, what, float(counted), since=HALF_YEAR))
    assert (found.verdict, found.measured) == ("agrees", counted)
    assert youth_protection.engine.run(found.cases).num_rows <= counted


def test_waiting_times_are_those_of_who_waits(youth_protection: GeneratedLog) -> None:
    waited = [(_us(ON) - row["from_us"]) / 86_400_000_000 for row in _waiting(youth_protection, ON)]
    mean = _one(youth_protection, Statement(ON, GI, "mean-wait", sum(waited) / len(waited)))
    longest = _one(youth_protection, Statement(ON, GI, "longest-wait", max(waited)))
    assert (mean.verdict, longest.verdict) == ("agrees", "agrees")
    short = _one(youth_protection, Statement(ON, GI, "mean-wait", sum(waited) / len(waited) / 2))
    assert (short.verdict, short.reason) == ("differs", MORE)


def test_the_cases_of_a_level_are_those_that_wait(youth_protection: GeneratedLog, level: Statement) -> None:
    found = _one(youth_protection, level, tolerance=Tolerance(0, 0, 0))
    cases = set(youth_protection.engine.run(found.cases)["case_no"].to_pylist())
    assert cases == {row["case_no"] for row in _waiting(youth_protection, ON)}


UNCHECKED = {
    UNKNOWN_ORGANISATION: Statement(ON, "Waterschap", "level", 1),
    UNKNOWN_REGION: Statement(ON, GI, "level", 1, region="Atlantis"),
    TOO_EARLY: Statement(date(2021, 3, 1), GI, "level", 1),
    TOO_LATE: Statement(date(2024, 2, 1), GI, "level", 1),
    BEFORE_THE_LOG: Statement(ON, GI, "inflow", 1, since=date(2020, 1, 1)),
}


@pytest.mark.parametrize("reason", UNCHECKED)
def test_what_the_log_cannot_tell_is_not_judged(youth_protection: GeneratedLog, reason: str) -> None:
    found = _one(youth_protection, UNCHECKED[reason])
    assert (found.verdict, found.reason, found.measured, found.cases) == ("cannot-be-checked", reason, None, None)
    assert "%(" not in found.reason % found.params


def test_when_nobody_waits_there_is_no_waiting_time(youth_protection: GeneratedLog) -> None:
    region, days = "Zeeland", [date(2022, 1, 3) + timedelta(days=number) for number in range(150)]
    empty = next(
        day for day in days if not _waiting(youth_protection, day, region)
        and not _waiting(youth_protection, day - timedelta(days=1), region)
    )  # fmt: skip
    assert _one(youth_protection, Statement(empty, GI, "mean-wait", 10, region=region)).reason == NOBODY


def test_a_log_without_organisations_checks_nothing(
    youth_protection: GeneratedLog, level: Statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(youth_protection.engine.log, "has", lambda table: table != "stays")
    assert [each.reason for each in check([level, level], youth_protection.engine)] == [NO_ORGANISATIONS] * 2


def test_statements_are_answered_in_their_order(log_of: Callable[..., GeneratedLog], level: Statement) -> None:
    statements = [level, UNCHECKED[TOO_LATE], replace(level, value=0), UNCHECKED[UNKNOWN_ORGANISATION]]
    found = check(statements, log_of("youth-protection").engine)
    assert [each.statement for each in found] == statements
    assert [each.verdict for each in found] == ["agrees", "cannot-be-checked", "differs", "cannot-be-checked"]
    assert {each.verdict for each in found} == set(VERDICTS)
    assert all("%(" not in each.reason % each.params for each in found)


def test_without_statements_nothing_is_asked(youth_protection: GeneratedLog) -> None:
    assert check([], youth_protection.engine) == []
