"""The formulas of waiting-list pressure, with the examples published with them."""

from __future__ import annotations

import pytest

from zichtlijn.analysis.chains.statistics.backlog import (
    backlog,
    queue_load,
    relief_capacity,
    target_capacity,
    target_mean_wait,
    target_queue_size,
    waiting_list_pressure,
)


def test_the_published_example_of_an_ear_nose_and_throat_list() -> None:
    """Fong et al. 2022 and the walk-through of NHSRwaitinglist: weeks, term 52, 30 arrivals, 27 departures."""
    assert queue_load(30, 27) == pytest.approx(1.11, abs=0.005)
    assert target_mean_wait(52) == 13
    assert target_mean_wait(52, 6) == pytest.approx(8.67, abs=0.005)
    assert target_queue_size(30, 52) == 390
    assert relief_capacity(30, 1200, 390, 26) == pytest.approx(61.15, abs=0.005)
    assert target_capacity(30, 52, part=3, cv_demand=1.1, cv_capacity=1.2) == pytest.approx(30.076442, abs=1e-6)
    assert waiting_list_pressure(63, 52) == pytest.approx(2.42, abs=0.005)
    assert waiting_list_pressure(24, 4) == 12


def test_a_list_that_is_too_big_needs_relief_and_another_its_target_capacity() -> None:
    big = backlog(
        arrivals=300, departures=270, days=70, queue_size=1200, mean_wait_days=63 * 7, term_days=364, days_to_target=182
    )
    assert big.too_big
    assert big.needed_capacity * 7 == pytest.approx(61.15, abs=0.005)
    assert big.load == pytest.approx(10 / 9)
    small = backlog(arrivals=300, departures=310, days=70, queue_size=200, mean_wait_days=20, term_days=364)
    assert not small.too_big
    assert small.needed_capacity == pytest.approx(300 / 70 + 4 / 364)
    assert small.pressure == pytest.approx(40 / 364)


def test_an_empty_list_has_no_pressure_and_one_without_departures_an_infinite_load() -> None:
    empty = backlog(arrivals=5, departures=5, days=10, queue_size=0, mean_wait_days=float("nan"), term_days=30)
    assert empty.pressure == 0
    assert queue_load(3, 0) == float("inf")
    assert queue_load(0, 0) != queue_load(0, 0)
