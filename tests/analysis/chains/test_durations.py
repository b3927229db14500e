"""How long closed cases took."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from tests.analysis.chains.written_logs import (
    DAY,
    LOGS,
    MAPPINGS,
    SECOND,
    SELECTIONS,
    START_US,
    Case,
    Cases,
    Event,
    engine_on,
    numbered,
    numbers_of,
    selected,
)
from zichtlijn.analysis.chains import durations
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.analysis.eventlogs.time_scale import bin_starts_us, time_bins


@settings(max_examples=10, deadline=None)
@given(LOGS, SELECTIONS, MAPPINGS)
def test_durations_are_of_closed_cases_alone(cases: Cases, selection: Selection, mapping: Mapping) -> None:
    ends = [(case.events[0].at_us, *case.end_us(mapping)) for case in selected(cases, selection)]
    took = np.array([end_us - start_us for start_us, end_us, closed in ends if closed], dtype=np.int64)
    with engine_on(cases, mapping) as engine:
        found = durations.compute(engine, selection)
    assert found.open_cases == len(ends) - len(took)
    assert int(found.counts.sum()) == len(took)
    if not len(took):
        assert found.times is None
        return
    assert found.times is not None
    rounded = bin_starts_us(time_bins(took))
    assert np.repeat(found.starts_us, found.counts).tolist() == sorted(rounded)
    assert found.times.mean_s == pytest.approx(took.mean() / SECOND)
    assert found.times.median_s == np.median(rounded) / SECOND


def test_bars_hold_the_cases_of_their_width() -> None:
    cases = numbered([Case((Event(START_US, 0), Event(START_US + days * DAY, 1))) for days in (0, 6, 7, 8, 400)])
    with engine_on(cases) as engine:
        bars = durations.compute(engine).bars(7 * DAY)
        behind = numbers_of(engine, durations.cases_behind(EVERYTHING, 7 * DAY, 14 * DAY))
        longest = numbers_of(engine, durations.cases_behind(EVERYTHING, 14 * DAY))
    assert (bars[0], bars[1], bars[400 // 7], bars.sum()) == (2, 2, 1, 5)
    assert behind == {cases[2].number, cases[3].number}
    assert longest == {cases[4].number}
