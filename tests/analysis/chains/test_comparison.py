"""Comparing units: the known tests as special cases, and the right share of false alarms when periods differ."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from zichtlijn.analysis.chains.statistics.comparison import (
    against_the_rest,
    common_horizon,
    heterogeneity,
    of_restricted_means,
    of_shares,
)
from zichtlijn.analysis.chains.statistics.survival import kaplan_meier


def test_in_one_period_shares_are_compared_with_pearsons_test() -> None:
    events, cases = np.array([[30], [50], [12]]), np.array([[100], [120], [90]])
    found = heterogeneity(of_shares(events, cases))
    table = np.concatenate([events, cases - events], axis=1)
    theirs = stats.chi2_contingency(table, correction=False)
    assert found.statistic == pytest.approx(theirs.statistic)
    assert found.p_value == pytest.approx(theirs.pvalue)
    assert found.design_effect == 1


def test_two_units_differ_from_each_other_as_much_as_from_the_rest() -> None:
    rng = np.random.default_rng(1)
    cases = rng.integers(20, 60, (2, 30))
    estimates = of_shares(rng.binomial(cases, 0.3), cases)
    found = heterogeneity(estimates)
    z, p_values = against_the_rest(estimates, found)
    assert z[0] == pytest.approx(-z[1])
    assert z[0] ** 2 * found.design_effect == pytest.approx(found.statistic)
    assert p_values[0] == pytest.approx(found.p_value)


def _histograms(times: Any, ended: Any, unit: Any, period: Any) -> tuple[Any, Any, Any]:
    columns = np.unique(times)
    sums = np.zeros((2, unit.max() + 1, period.max() + 1, len(columns)), dtype=np.int64)
    np.add.at(sums, (1 - ended.astype(int), unit, period, np.searchsorted(columns, times)), 1)
    return columns.astype(float), sums[0], sums[1]


def test_without_open_cases_restricted_means_are_plain_means_with_their_errors() -> None:
    rng = np.random.default_rng(2)
    times, unit, period = rng.integers(0, 40, 300), rng.integers(0, 2, 300), rng.integers(0, 5, 300)
    columns, ended, opened = _histograms(times, np.ones(300), unit, period)
    found = of_restricted_means(columns, ended, opened, 25.0)
    cut = np.minimum(times, 25)
    for row in range(2):
        own = cut[unit == row]
        assert found.values[row] == pytest.approx(own.mean())
        for place in range(5):
            part = cut[(unit == row) & (period == place)]
            assert found.scores[row, place] == pytest.approx((part - own.mean()).sum() / len(own))


def test_the_squared_influences_of_all_cases_add_up_to_the_variance_of_kaplan_meier() -> None:
    rng = np.random.default_rng(3)
    times, ended = rng.integers(1, 30, 250), rng.random(250) < 0.6
    columns, events, censored = _histograms(times, ended, np.zeros(250, dtype=int), np.arange(250))
    found = of_restricted_means(columns, events, censored, 20.0)
    curve = kaplan_meier(times, ended, ~ended)
    assert (found.scores**2).sum() == pytest.approx(curve.restricted_mean_and_variance(20.0)[1])
    assert found.scores.sum() == pytest.approx(0, abs=1e-12)


def test_the_horizon_is_where_few_of_all_cases_are_still_under_way() -> None:
    times, unit = np.array([*range(1, 101), *range(1, 51)]), np.array([0] * 100 + [1] * 50)
    columns, ended, opened = _histograms(times, np.ones(150), unit, np.zeros(150, dtype=int))
    assert common_horizon(columns, ended, opened, share=0.05, least=10) == 93
    assert common_horizon(columns, ended, opened, share=0.05, least=60) == 0


def test_the_horizon_is_where_a_unit_still_has_cases_under_way_when_many_were_cut_off() -> None:
    times, unit = np.array([*range(1, 101), *range(1, 51)]), np.array([0] * 100 + [1] * 50)
    is_ended = (unit == 0) | (times % 2 == 0)
    columns, ended, opened = _histograms(times, is_ended, unit, np.zeros(150, dtype=int))
    assert common_horizon(columns, ended, opened, share=0.05, least=10) == 41


def _alarms(between_periods: float, own: bool, periods: int = 40, logs: int = 600) -> tuple[float, float]:
    """Share of false alarms with the correction, and without it."""
    rng, alarms = np.random.default_rng(4), np.zeros(2)
    for _ in range(logs):
        cases = rng.multinomial(3000, np.full(5 * periods, 1 / (5 * periods))).reshape(5, periods)
        rates = np.clip(rng.normal(0.3, between_periods, (5 if own else 1, periods)), 0.01, 0.99)
        estimates = of_shares(rng.binomial(cases, np.broadcast_to(rates, cases.shape)), cases)
        found = heterogeneity(estimates)
        alarms += found.p_value <= 0.05, stats.chi2.sf(found.statistic, found.degrees) <= 0.05
    corrected, plain = (alarms / logs).tolist()
    return corrected, plain


@pytest.mark.parametrize(("between", "own"), [(0.0, False), (0.1, False), (0.1, True)])
def test_false_alarms_are_as_rare_as_said_also_when_periods_differ_per_unit(between: float, own: bool) -> None:
    corrected, plain = _alarms(between, own)
    assert 0.025 <= corrected <= 0.08
    if own:
        assert plain > 0.12


def test_a_real_difference_is_found() -> None:
    rng = np.random.default_rng(5)
    cases = np.full((5, 40), 15)
    rates = np.array([0.3, 0.3, 0.3, 0.3, 0.45])[:, None]
    found = [heterogeneity(of_shares(rng.binomial(cases, rates), cases)).p_value < 0.05 for _ in range(100)]
    assert np.mean(found) > 0.95
