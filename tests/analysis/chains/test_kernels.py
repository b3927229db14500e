"""The compiled loops give what the expressions give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.chains.written_logs import (
    LOGS,
    MAPPING,
    MAPPINGS,
    SELECTIONS,
    START_US,
    Case,
    Cases,
    Event,
    engine_on,
    numbered,
)
from zichtlijn.analysis.chains import directly_follows, durations, hand_overs, rework, throughput
from zichtlijn.analysis.chains.kernels import Columns, Instant, instant
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.model import Mapping

FIGURES = {
    "directly_follows": directly_follows.compute,
    "hand_overs": hand_overs.compute,
    "rework": rework.compute,
    "throughput": throughput.compute,
    "durations": durations.compute,
}
MANY_CASES = st.lists(LOGS, min_size=1, max_size=4).map(lambda logs: numbered([c for log in logs for c in log]))


def _plain(result: Any) -> dict[str, Any]:
    values = {each.name: getattr(result, each.name) for each in fields(result)}
    return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in values.items()}


@pytest.fixture(autouse=True, params=["table of pairs", "pairs that occur", "steps that occur"])
def _both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.param == "pairs that occur":
        monkeypatch.setattr(instant, "MOST_CODES", 0)
    if request.param == "steps that occur":
        monkeypatch.setattr(instant, "MOST_CELLS", 0)
    return None


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_is_that_of_the_expressions(figure: str) -> None:
    @settings(max_examples=5, deadline=None)
    @given(MANY_CASES, SELECTIONS, MAPPINGS, st.integers(1, 3))
    def compare(cases: Cases, selection: Selection, mapping: Mapping, buckets: int) -> None:
        with engine_on(cases, mapping, buckets=buckets) as engine:
            at_once = Instant(engine.log)
            for each in (selection, EVERYTHING):
                assert _plain(getattr(at_once, figure)(each)) == _plain(FIGURES[figure](engine, each))

    compare()


def test_counts_without_times_are_those_of_the_expressions() -> None:
    cases = numbered([Case((Event(START_US, 0), Event(START_US, 1), Event(START_US, 1)))] * 3)
    with engine_on(cases) as engine:
        found = Instant(engine.log).directly_follows(with_times=False)
        assert found == directly_follows.compute(engine, with_times=False)


def test_only_the_columns_asked_for_are_read_and_each_once() -> None:
    cases = numbered([Case((Event(START_US, 0), Event(START_US, 1, 2)))] * 5)
    with engine_on(cases, buckets=3) as engine:
        columns = Columns(engine.log)
        (first,) = columns.of("events", "activity")
        again, organisation = columns.of("events", "activity", "organisation")
    assert first is again
    assert organisation.tolist() == [-1, 2] * 5
    assert columns.bytes_held == first.nbytes + organisation.nbytes
    assert (first.dtype, organisation.dtype) == (np.int16, np.int16)


def test_a_log_without_organisations_has_no_hand_overs() -> None:
    with engine_on(numbered([Case((Event(START_US, 0),))]), MAPPING) as engine:
        engine.log.manifest = replace(engine.log.manifest, tables={})
        assert Instant(engine.log).hand_overs() == hand_overs.HandOvers(())
