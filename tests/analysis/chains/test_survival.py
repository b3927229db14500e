"""Kaplan-Meier, Aalen-Johansen and the log-rank test against lifelines, and on the edges where it gives no answer."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import median_survival_times, restricted_mean_survival_time

from zichtlijn.analysis.chains.statistics.competing import cumulative_incidence
from zichtlijn.analysis.chains.statistics.survival import Curve, kaplan_meier, log_rank

SAMPLES = {
    "no ties": lambda r: (r.exponential(30, 200), r.random(200) < 0.7),
    "days, many ties": lambda r: (r.integers(1, 15, 500).astype(float), r.random(500) < 0.6),
    "ends on day zero": lambda r: (r.integers(0, 6, 80).astype(float), r.random(80) < 0.5),
    "all ended": lambda r: (r.integers(1, 9, 60).astype(float), np.ones(60, dtype=bool)),
    "all open": lambda r: (r.integers(1, 9, 60).astype(float), np.zeros(60, dtype=bool)),
    "one ended": lambda _: (np.array([4.0]), np.array([True])),
    "one open": lambda _: (np.array([4.0]), np.array([False])),
}


def _sample(name: str) -> tuple[Any, Any]:
    return SAMPLES[name](np.random.default_rng(20))


def _curve(times: Any, ended: Any, **options: Any) -> Curve:
    return kaplan_meier(times, ended.astype(int), (~ended).astype(int), **options)


@pytest.mark.parametrize("name", SAMPLES)
def test_survival_and_band_equal_lifelines(name: str) -> None:
    times, ended = _sample(name)
    ours = _curve(times, ended)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = KaplanMeierFitter().fit(times, ended)
        band = theirs.confidence_interval_survival_function_.loc[ours.times].to_numpy()
    assert ours.survival == pytest.approx(theirs.survival_function_.loc[ours.times].to_numpy()[:, 0], abs=1e-9)
    inside = (ours.survival > 0) & (ours.survival < 1)
    assert ours.lower[inside] == pytest.approx(band[inside, 0], abs=1e-6)
    assert ours.upper[inside] == pytest.approx(band[inside, 1], abs=1e-6)
    assert np.all(ours.lower <= ours.survival)
    assert np.all(ours.upper >= ours.survival)


@pytest.mark.parametrize("name", SAMPLES)
def test_median_with_its_interval_equals_lifelines(name: str) -> None:
    times, ended = _sample(name)
    ours = _curve(times, ended).quantile(0.5)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = KaplanMeierFitter().fit(times, ended)
        band = theirs.confidence_interval_
    assert ours.value == theirs.median_survival_time_
    if len(times) > 1:
        edges = median_survival_times(band).to_numpy()[0]
        assert (ours.lower, ours.upper) == tuple(edges)


@pytest.mark.parametrize("name", ["no ties", "days, many ties", "ends on day zero", "all ended"])
def test_restricted_mean_equals_lifelines(name: str) -> None:
    times, ended = _sample(name)
    horizon = float(np.median(times))
    theirs = restricted_mean_survival_time(KaplanMeierFitter().fit(times, ended), t=horizon)
    assert _curve(times, ended).restricted_mean(horizon).value == pytest.approx(theirs, abs=1e-6)


def test_without_open_cases_the_restricted_mean_and_its_error_are_those_of_the_plain_mean() -> None:
    times = np.array([1.0, 2.0, 2.0, 5.0, 9.0, 30.0])
    mean, variance = _curve(times, np.ones(6, dtype=bool)).restricted_mean_and_variance(10.0)
    cut = np.minimum(times, 10.0)
    assert mean == pytest.approx(cut.mean())
    assert variance == pytest.approx(cut.var() / 6)


def test_restricted_mean_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    rng, hits = np.random.default_rng(4), 0
    truth = 10 * (1 - np.exp(-20 / 10))
    for _ in range(400):
        lives, watched = rng.exponential(10, 120), rng.uniform(0, 60, 120)
        found = _curve(np.minimum(lives, watched), lives <= watched).restricted_mean(20.0)
        hits += found.lower <= truth <= found.upper
    assert 0.92 <= hits / 400 <= 0.98


def test_beyond_the_data_nothing_is_claimed_while_cases_are_open() -> None:
    curve = _curve(np.array([1.0, 2.0, 3.0]), np.array([True, True, False]))
    assert np.isnan(curve.at(4.0).value)
    assert np.isnan(curve.restricted_mean(4.0).value)
    assert curve.quantile(0.9).value == float("inf")
    assert curve.at(0.5).value == 1.0


def test_no_cases_give_an_empty_curve() -> None:
    curve = kaplan_meier([], [], [])
    assert curve.cases == 0
    assert np.isnan(curve.at(3.0).value)
    assert np.isnan(curve.restricted_mean(3.0).value)
    assert curve.quantile().value == float("inf")


def test_plain_band_is_survival_and_its_standard_error() -> None:
    times, ended = _sample("days, many ties")
    curve = _curve(times, ended, band="plain")
    error = curve.survival * np.sqrt(curve.greenwood)
    assert curve.upper - curve.survival == pytest.approx(np.minimum(1.959964 * error, 1 - curve.survival), abs=1e-6)


def test_a_histogram_in_any_order_gives_the_curve_of_its_cases() -> None:
    times, ended = _sample("days, many ties")
    distinct = np.unique(times)[::-1]
    events = [(ended & (times == time)).sum() for time in distinct]
    censored = [(~ended & (times == time)).sum() for time in distinct]
    one, other = _curve(times, ended), kaplan_meier(distinct, events, censored)
    assert one.survival.tolist() == other.survival.tolist()
    assert one.lower.tolist() == other.lower.tolist()


def _grouped(times: Any, ended: Any, groups: Any) -> tuple[Any, Any]:
    columns = np.unique(times)
    shape = [(groups == group)[:, None] & (times[:, None] == columns) for group in np.unique(groups)]
    return (
        np.array([(one & ended[:, None]).sum(axis=0) for one in shape]),
        np.array([(one & ~ended[:, None]).sum(axis=0) for one in shape]),
    )


@pytest.mark.parametrize("name", ["no ties", "days, many ties", "ends on day zero", "all ended"])
@pytest.mark.parametrize("groups", [2, 5])
def test_log_rank_equals_lifelines(name: str, groups: int) -> None:
    times, ended = _sample(name)
    group = np.random.default_rng(5).integers(0, groups, len(times))
    ours = log_rank(*_grouped(times, ended, group))
    theirs = multivariate_logrank_test(times, group, ended)
    assert ours.statistic == pytest.approx(theirs.test_statistic, abs=1e-6)
    assert ours.p_value == pytest.approx(theirs.p_value, abs=1e-6)
    assert ours.degrees == groups - 1
    assert sum(ours.observed) == pytest.approx(sum(ours.expected))


def test_log_rank_without_ends_or_with_one_group_compares_nothing() -> None:
    assert np.isnan(log_rank([[0, 0], [0, 0]], [[3, 2], [1, 2]]).p_value)
    assert np.isnan(log_rank([[3, 2]], [[0, 1]]).p_value)


def test_stratified_log_rank_does_not_mistake_another_mix_of_strata_for_a_difference() -> None:
    rng = np.random.default_rng(8)
    stratum = rng.integers(0, 2, 4000)
    group = (rng.random(4000) < np.where(stratum == 1, 0.8, 0.2)).astype(int)
    times = np.ceil(rng.exponential(np.where(stratum == 1, 40, 10)))
    columns = np.unique(times)
    events = np.array(
        [
            [((stratum == s) & (group == g) & (times == column)).sum() for column in columns]
            for s in (0, 1)
            for g in (0, 1)
        ]
    ).reshape(2, 2, -1)
    assert log_rank(events.sum(axis=0), np.zeros_like(events.sum(axis=0))).p_value < 1e-6
    assert log_rank(events, np.zeros_like(events)).p_value > 0.01


def _endings(seed: int = 3) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    return rng.permutation(np.arange(1, 301)) / 7, rng.integers(0, 3, 300)


@pytest.mark.parametrize("ending", [1, 2])
def test_cumulative_incidence_equals_lifelines(ending: int) -> None:
    times, how = _endings()
    ours = cumulative_incidence(times, [(how == 1).astype(int), (how == 2).astype(int)], (how == 0).astype(int))
    fitted = AalenJohansenFitter().fit(times, how, event_of_interest=ending)
    row = ending - 1
    assert ours.share[row] == pytest.approx(fitted.cumulative_density_.loc[ours.times].to_numpy()[:, 0], abs=1e-6)
    theirs = fitted.variance_.loc[ours.times].to_numpy()
    known = np.isfinite(theirs)
    assert known.sum() > 290
    assert ours.variance[row][known] == pytest.approx(theirs[known], abs=1e-6)
    band = np.sort(fitted.confidence_interval_.loc[ours.times].to_numpy(), axis=1)
    inside = np.isfinite(band).all(axis=1) & (ours.share[row] > 0)
    assert ours.lower[row][inside] == pytest.approx(band[inside, 0], abs=1e-6)
    assert ours.upper[row][inside] == pytest.approx(band[inside, 1], abs=1e-6)


def test_with_one_way_to_end_incidence_is_one_minus_survival_also_with_ties() -> None:
    times, ended = _sample("days, many ties")
    found = cumulative_incidence(times, ended.astype(int), (~ended).astype(int))
    curve = _curve(times, ended)
    assert found.share[0] == pytest.approx(1 - curve.survival)
    greenwood = curve.survival**2 * curve.greenwood
    assert found.variance[0] == pytest.approx(greenwood, abs=1e-6)


def test_shares_of_all_endings_and_of_open_cases_add_up_to_one() -> None:
    rng = np.random.default_rng(2)
    times, how = rng.integers(0, 9, 400), rng.integers(0, 4, 400)
    events = [(how == ending).astype(int) for ending in (1, 2, 3)]
    found = cumulative_incidence(times, events, (how == 0).astype(int))
    curve = kaplan_meier(times, (how > 0).astype(int), (how == 0).astype(int))
    assert found.open_share == pytest.approx(curve.survival)
    assert found.at(0, 8.0).value == pytest.approx(found.share[0, -1])
    assert found.at(0, -1.0).value == 0.0
