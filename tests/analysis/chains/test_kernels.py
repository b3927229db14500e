"""The compiled loops give what the expressions give."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.chains.written_logs import (
    DAY,
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
from zichtlijn.analysis.chains import directly_follows, durations, hand_overs, lead_times, rework, throughput, variants
from zichtlijn.analysis.chains.answers import Answer, ask
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.kernels import Columns, Instant, known_times, parts, stays, steps, times
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.model import Mapping


def _consecutive(engine: Engine, selection: Selection) -> Answer:
    return ask(engine, hand_overs.consecutive(selection))


FIGURES = {
    "directly_follows": directly_follows.compute,
    "hand_overs": hand_overs.compute,
    "consecutive": _consecutive,
    "rework": rework.compute,
    "throughput": throughput.compute,
    "durations": durations.compute,
    "variants": partial(variants.compute, shown=3),
    "lead_times": lead_times.compute,
    "lead_times per region": partial(lead_times.compute, by="region"),
    "lead_times per organisation": partial(lead_times.compute, by="organisation", unit="hours"),
    "lead_times per first organisation": partial(lead_times.compute, by="first_organisation", unit="seconds"),
}
MANY_CASES = st.lists(LOGS, min_size=1, max_size=4).map(lambda logs: numbered([c for log in logs for c in log]))
WAYS: dict[str, dict[Any, dict[str, Any]]] = {
    "at once": {},
    "in parts": {parts: {"FEWEST_EVENTS": 3, "processors": lambda: 3}},
    "pairs that occur": {steps: {"MOST_CODES": 0}, stays: {"MOST_KNOWN": 0}},
    "numbers beyond a byte": {steps: {"MOST_IN_A_BYTE": 2}},
    "times that occur": {each: {"MOST_CELLS": 0} for each in (steps, times, known_times)},
}


def _plain(result: Any) -> Any:
    """To be held against another, with not-a-number equal to itself; rows of an answer in order."""
    if isinstance(result, dict):
        return sorted(zip(*(result[name].tolist() for name in sorted(result)), strict=True))
    if is_dataclass(result):
        return {each.name: _plain(getattr(result, each.name)) for each in fields(result)}
    if isinstance(result, np.ndarray):
        return _plain(result.tolist())
    if isinstance(result, list | tuple):
        return [_plain(each) for each in result]
    return None if isinstance(result, float) and np.isnan(result) else result


@pytest.fixture(autouse=True, params=WAYS)
def _every_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, values in WAYS[request.param].items():
        for name, value in values.items():
            monkeypatch.setattr(module, name, value)


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_is_that_of_the_expressions(figure: str) -> None:
    compute: Any = FIGURES[figure]
    given_too = compute.keywords if isinstance(compute, partial) else {}

    @settings(max_examples=5, deadline=None)
    @given(MANY_CASES, SELECTIONS, MAPPINGS, st.integers(1, 3), st.sampled_from([None, START_US + 200 * DAY]))
    def compare(cases: Cases, selection: Selection, mapping: Mapping, buckets: int, cut_off_us: int | None) -> None:
        with engine_on(cases, mapping, buckets=buckets, cut_off_us=cut_off_us) as engine:
            at_once = Instant(Columns(engine.log))
            for each in (selection, EVERYTHING, selection):
                found = getattr(at_once, figure.split(maxsplit=1)[0])(each, **given_too)
                assert _plain(found) == _plain(compute(engine, each))

    compare()


def test_counts_without_times_are_those_of_the_expressions() -> None:
    cases = numbered([Case((Event(START_US, 0), Event(START_US, 1), Event(START_US, 1)))] * 3)
    with engine_on(cases) as engine:
        found = Instant(Columns(engine.log)).directly_follows(with_times=False)
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
        assert Instant(Columns(engine.log)).hand_overs() == hand_overs.HandOvers(())
