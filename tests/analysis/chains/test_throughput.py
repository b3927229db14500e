"""What goes in and out per day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings

from tests.analysis.chains.written_logs import (
    DAY,
    HOUR,
    LOGS,
    MAPPINGS,
    SECOND,
    SELECTIONS,
    Case,
    Cases,
    Event,
    engine_on,
    numbered,
    numbers_of,
    selected,
)
from zichtlijn.analysis.chains import throughput
from zichtlijn.analysis.chains.local_days import LocalDays, day_number
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.model import Mapping


def _day(moment_us: int, mapping: Mapping) -> date:
    return datetime.fromtimestamp(moment_us // SECOND, tz=ZoneInfo(mapping.time_zone)).date()


@settings(max_examples=10, deadline=None)
@given(LOGS, SELECTIONS, MAPPINGS)
def test_days_hold_what_happened_on_them(cases: Cases, selection: Selection, mapping: Mapping) -> None:
    chosen = selected(cases, selection)
    with engine_on(cases, mapping) as engine:
        flows = throughput.compute(engine, selection).per("day")
    starts = [_day(case.events[0].at_us, mapping) for case in chosen]
    ends = [_day(case.end_us(mapping)[0], mapping) for case in chosen if case.end_us(mapping)[1]]
    events = [_day(event.at_us, mapping) for case in chosen for event in case.events]
    assert flows[0].start == min(_day(event.at_us, mapping) for case in cases for event in case.events)
    assert [flow.start for flow in flows] == [flows[0].start + timedelta(days=n) for n in range(len(flows))]
    totals = [sum(column) for column in zip(*((f.started, f.ended, f.events) for f in flows), strict=True)]
    assert totals == [len(starts), len(ends), len(events)]
    for flow in flows[:3] + flows[-3:] + tuple(flow for flow in flows if flow.events):
        on_the_day = (starts.count(flow.start), ends.count(flow.start), events.count(flow.start))
        assert (flow.started, flow.ended, flow.events) == on_the_day
        assert flow.open_cases == sum(d <= flow.start for d in starts) - sum(d <= flow.start for d in ends)


@settings(max_examples=10, deadline=None)
@given(LOGS, SELECTIONS, MAPPINGS)
def test_weeks_and_months_add_up_their_days(cases: Cases, selection: Selection, mapping: Mapping) -> None:
    with engine_on(cases, mapping) as engine:
        found = throughput.compute(engine, selection)
    days = found.per("day")
    for period, start_of in (("week", _monday), ("month", lambda day: day.replace(day=1))):
        for flow in found.per(period):
            within = [day for day in days if start_of(day.start) == flow.start]
            assert flow.events == sum(day.events for day in within)
            assert flow.started == sum(day.started for day in within)
            assert flow.ended == sum(day.ended for day in within)
            assert flow.open_cases == within[-1].open_cases


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@settings(max_examples=10, deadline=None)
@given(LOGS, SELECTIONS, MAPPINGS)
def test_behind_a_figure_are_as_many_cases_as_it_counts(cases: Cases, selection: Selection, mapping: Mapping) -> None:
    with engine_on(cases, mapping) as engine:
        days = LocalDays.of(engine.log)
        flows = throughput.compute(engine, selection).per("day")
        flow = max(flows, key=lambda flow: flow.started)
        period = (days.start_us(day_number(flow.start)), days.start_us(day_number(flow.start) + 1))
        behind = {
            figure: len(numbers_of(engine, throughput.cases_behind(selection, figure, *period)))
            for figure in ("started", "ended", "events", "open")
        }
    with_events = [c for c in selected(cases, selection) if any(_day(e.at_us, mapping) == flow.start for e in c.events)]
    assert behind == {
        "started": flow.started,
        "ended": flow.ended,
        "events": len(with_events),
        "open": flow.open_cases,
    }


def test_a_summer_day_begins_at_midnight_in_summer_time() -> None:
    midnight = int(datetime(2024, 7, 1, tzinfo=ZoneInfo("Europe/Amsterdam")).timestamp()) * SECOND
    log = numbered([Case((Event(midnight - HOUR, 0), Event(midnight, 1), Event(midnight + 2 * DAY, 1)))])
    with engine_on(log) as engine:
        flows = throughput.compute(engine).per("day")
    assert [flow.events for flow in flows] == [1, 1, 0, 1]
    assert flows[0].start == date(2024, 6, 30)
