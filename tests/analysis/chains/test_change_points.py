"""Trend and change points: found where they are, not where they are not, also in series with memory."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from scipy import stats

from zichtlijn.analysis.chains.statistics.change_points import control_chart, long_run_variance, segments
from zichtlijn.analysis.chains.statistics.trend_tests import mann_kendall, seasonal_mann_kendall


def _with_memory(rng: Any, n: int, memory: float) -> Any:
    noise, out = rng.normal(size=n), np.zeros(n)
    for step in range(n):
        out[step] = memory * out[step - 1] + noise[step] if step else noise[0] / np.sqrt(1 - memory**2)
    return out


def test_slope_is_the_median_of_slopes_and_the_statistic_counts_pairs() -> None:
    values = [3.0, 5.0, 5.0, 4.0, 9.0, 8.0]
    pairs = list(itertools.combinations(range(6), 2))
    found = mann_kendall(values, memory=False)
    assert found.slope == pytest.approx(np.median([(values[b] - values[a]) / (b - a) for a, b in pairs]))
    count = sum(np.sign(values[b] - values[a]) for a, b in pairs)
    variance = (6 * 5 * 17 - 2 * 1 * 9) / 18
    assert found.z == pytest.approx((count - 1) / np.sqrt(variance))
    assert found.lower <= found.slope <= found.upper


def test_slope_and_its_interval_are_close_to_those_of_scipy() -> None:
    values = np.random.default_rng(1).normal(size=60) + 0.03 * np.arange(60)
    found, theirs = mann_kendall(values, memory=False), stats.theilslopes(values)
    assert found.slope == pytest.approx(theirs.slope)
    assert found.lower == pytest.approx(theirs.low_slope, abs=2e-3)
    assert found.upper == pytest.approx(theirs.high_slope, abs=2e-3)


@pytest.mark.parametrize("memory", [0.0, 0.6])
def test_a_series_without_trend_seldom_shows_one(memory: float) -> None:
    rng = np.random.default_rng(3)
    shown = [mann_kendall(_with_memory(rng, 150, memory)).p_value < 0.05 for _ in range(200)]
    assert np.mean(shown) < 0.1
    if memory:
        plain = [mann_kendall(_with_memory(rng, 150, memory), memory=False).p_value < 0.05 for _ in range(200)]
        assert np.mean(plain) > 0.2


def test_a_real_trend_is_found_in_a_series_with_memory_and_its_interval_mostly_holds_it() -> None:
    rng = np.random.default_rng(4)
    found = [mann_kendall(_with_memory(rng, 200, 0.6) + 0.02 * np.arange(200)) for _ in range(100)]
    assert max(trend.p_value for trend in found) < 0.01
    assert np.mean([trend.lower < 0.02 < trend.upper for trend in found]) > 0.85


def test_the_week_is_no_trend() -> None:
    week = np.tile([9.0, 8.0, 9.0, 8.0, 9.0, 1.0, 0.0], 20) + np.random.default_rng(5).normal(size=140)
    assert seasonal_mann_kendall(week, 7).p_value > 0.05
    assert seasonal_mann_kendall(week + 0.05 * np.arange(140), 7).slope == pytest.approx(0.05, abs=0.01)


def test_too_short_a_series_says_nothing() -> None:
    assert np.isnan(mann_kendall([1.0, 2.0, 3.0]).p_value)
    assert np.isnan(seasonal_mann_kendall([1.0, 2.0, 3.0], 7).p_value)
    assert mann_kendall([2.0] * 20).p_value == 1


def test_changes_of_level_are_found_where_they_are() -> None:
    rng = np.random.default_rng(6)
    values = np.concatenate([np.full(100, 10.0), np.full(60, 14.0), np.full(90, 8.0)]) + rng.normal(size=250)
    found = segments(values)
    assert [part.start for part in found] == pytest.approx([0, 100, 160], abs=3)
    assert [part.mean for part in found] == pytest.approx([10, 14, 8], abs=0.5)


@pytest.mark.parametrize("memory", [0.0, 0.5])
def test_a_level_series_seldom_shows_a_change(memory: float) -> None:
    rng = np.random.default_rng(7)
    assert np.mean([len(segments(_with_memory(rng, 200, memory))) > 1 for _ in range(100)]) <= 0.12


def test_the_cuts_are_the_cheapest_of_all() -> None:
    values = np.array([1.0, 2.0, 1.5, 6.0, 7.0, 6.5, 6.2, 1.0, 1.2, 0.7, 1.1])
    price = 3.0 * np.log(11) * long_run_variance(values)

    def cost(cuts: tuple[int, ...]) -> float:
        edges = [0, *cuts, 11]
        parts = [values[a:b] for a, b in itertools.pairwise(edges)]
        return sum(float(((part - part.mean()) ** 2).sum()) for part in parts) + price * len(cuts)

    every = [
        cuts
        for size in range(4)
        for cuts in itertools.combinations(range(2, 10), size)
        if all(b - a >= 2 for a, b in itertools.pairwise([0, *cuts, 11]))
    ]
    best = min(every, key=cost)
    assert tuple(part.start for part in segments(values, shortest=2)[1:]) == best


def test_an_empty_or_constant_series_has_no_change() -> None:
    assert segments([]) == []
    assert [(part.start, part.end) for part in segments([4.0] * 50)] == [(0, 50)]


def test_a_chart_marks_the_point_outside_and_the_long_run() -> None:
    values = [10.0, 11.0, 9.0, 10.5, 9.5] * 6
    values[12] = 30.0
    chart = control_chart(values)
    assert np.flatnonzero(chart.outside).tolist() == [12]
    assert not chart.in_run.any()
    assert control_chart([1.0, 2.0] * 5 + [4.0, 5.0] * 5).in_run.all()
