"""Figures from columns in memory are those of the engine, and logs that do not fit are left to the engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.analysis.chains.generated_logs import GeneratedLog, generated_log
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.kernels import bytes_of
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.supervision.sources.chain_figures import METRICS, at_once, compute

AT_ONCE = [name for name, metric in METRICS.items() if metric.at_once]
PARTS = (
    EVERYTHING,
    Selection(regions=(0, 2)),
    Selection(organisations=(1,), groups=(0,)),
    Selection(citizen_groups=(0, 1), from_us=1_600_000_000_000_000),
    Selection(from_us=0, until_us=1),
)


class Elsewhere:
    """An engine that is not DuckDB."""

    def __init__(self, engine: Embedded) -> None:
        self.log, self._engine = engine.log, engine
        self.asked = 0

    def run(self, expression: Any) -> Any:
        self.asked += 1
        return self._engine.run(expression)


@pytest.fixture(scope="module")
def asylum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GeneratedLog]:
    """Another log."""
    log = generated_log(tmp_path_factory.mktemp("asylum"), "asylum", cases=500, seed=1)
    yield log
    log.engine.close()


@pytest.fixture(autouse=True)
def _nothing_held() -> None:
    at_once._held.clear()


@pytest.mark.parametrize("selection", PARTS, ids=str)
@pytest.mark.parametrize("name", AT_ONCE)
def test_a_result_at_once_is_that_of_the_engine(name: str, selection: Selection, youth: GeneratedLog) -> None:
    elsewhere = Elsewhere(youth.engine)
    expected = compute(name, youth.prepared, selection, engine=elsewhere)
    assert elsewhere.asked
    assert compute(name, youth.prepared, selection) == expected


def test_seven_figures_come_at_once() -> None:
    assert len(AT_ONCE) == 7


def test_columns_are_held_for_the_next_question(youth: GeneratedLog) -> None:
    first = at_once.instant_for(youth.prepared, None)
    assert first is not None
    assert at_once.instant_for(youth.prepared, youth.engine) is first


def test_what_is_held_stays_within_what_was_said(youth: GeneratedLog) -> None:
    instant = at_once.instant_for(youth.prepared, None)
    assert instant is not None
    for name in AT_ONCE:
        METRICS[name].at_once(instant, EVERYTHING)  # type: ignore[misc]
    assert 0 < instant.bytes_held <= bytes_of(youth.prepared)


def test_a_log_that_does_not_fit_is_left_to_the_engine(youth: GeneratedLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_once, "MOST_BYTES", bytes_of(youth.prepared) - 1)
    assert at_once.instant_for(youth.prepared, None) is None


def test_half_of_the_memory_that_was_allowed_is_for_columns(youth: GeneratedLog) -> None:
    needed_mib = -(-bytes_of(youth.prepared) // 2**20)
    for memory_mib, fits in ((2 * needed_mib, True), (2 * needed_mib - 2, False)):
        youth.engine.memory_mib = memory_mib
        assert (at_once.instant_for(youth.prepared, youth.engine) is not None) == fits
    youth.engine.memory_mib = None


def test_the_log_asked_about_longest_ago_makes_room(
    youth: GeneratedLog, asylum: GeneratedLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_once, "MOST_BYTES", bytes_of(youth.prepared) + bytes_of(asylum.prepared) - 1)
    first = at_once.instant_for(youth.prepared, None)
    at_once.instant_for(asylum.prepared, None)
    assert len(at_once._held) == 1
    assert at_once.instant_for(youth.prepared, None) is not first
