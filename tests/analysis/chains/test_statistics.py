"""Intervals, funnels, shrinkage, false discoveries and small counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from zichtlijn.analysis.chains.statistics import empirical_bayes
from zichtlijn.analysis.chains.statistics.false_discovery import benjamini_hochberg, benjamini_yekutieli
from zichtlijn.analysis.chains.statistics.funnel import funnel, funnel_of_shares, limits_of_shares
from zichtlijn.analysis.chains.statistics.intervals import clopper_pearson, wilson
from zichtlijn.analysis.chains.statistics.small_counts import hidden, hidden_in_table


@pytest.mark.parametrize(("events", "cases"), [(0, 10), (3, 10), (10, 10), (81, 263)])
def test_intervals_of_a_share_equal_those_of_scipy(events: int, cases: int) -> None:
    test = stats.binomtest(events, cases)
    for ours, method in ((wilson, "wilson"), (clopper_pearson, "exact")):
        theirs = test.proportion_ci(0.95, method)
        found = ours([events], [cases])
        assert (found[0][0], found[1][0]) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_no_cases_have_no_interval() -> None:
    for method in (wilson, clopper_pearson):
        lower, upper = method([0], [0])
        assert np.isnan(lower[0])
        assert np.isnan(upper[0])


def test_false_discovery_equals_scipy_and_leaves_out_what_was_not_tested() -> None:
    p_values = np.array([0.01, 0.8, np.nan, 0.03, 0.03, 0.2, 0.0004])
    known = np.isfinite(p_values)
    for ours, method in ((benjamini_hochberg, "bh"), (benjamini_yekutieli, "by")):
        found = ours(p_values)
        assert found[known] == pytest.approx(stats.false_discovery_control(p_values[known], method=method))
        assert np.isnan(found[2])
    assert len(benjamini_hochberg([])) == 0


def test_units_that_differ_by_chance_lie_within_the_funnel() -> None:
    rng = np.random.default_rng(1)
    cases = rng.integers(50, 2000, 400)
    found = funnel_of_shares(rng.binomial(cases, 0.2), cases, adjustment="none")
    assert 0.02 < (found.p_values < 0.05).mean() < 0.08
    lower, upper = found.limits(found.standard_errors)
    outside = (found.values < lower) | (found.values > upper)
    assert outside.tolist() == (found.p_values < 0.05).tolist()


@pytest.mark.parametrize("adjustment", ["additive", "multiplicative"])
def test_more_spread_than_chance_is_allowed_for_and_the_outlier_still_found(adjustment: str) -> None:
    rng = np.random.default_rng(2)
    cases = rng.integers(800, 1200, 100)
    rates = np.clip(rng.normal(0.3, 0.03, 100), 0, 1)
    rates[0] = 0.6
    events = rng.binomial(cases, rates)
    plain, wide = (
        funnel_of_shares(events, cases, adjustment="none"),
        funnel_of_shares(events, cases, adjustment=adjustment),
    )  # type: ignore[arg-type]
    assert (plain.p_values < 0.05).mean() > 0.2
    assert (wide.p_values[1:] < 0.05).mean() < 0.12
    assert wide.p_values[0] < 1e-4
    assert wide.dispersion > 2
    assert wide.between == pytest.approx(0.03, abs=0.012)


def test_over_dispersion_follows_the_published_formulas() -> None:
    values, errors = np.array([0.0, 1.0, 2.0, 4.0, 9.0]), np.array([1.0, 0.5, 1.0, 2.0, 1.5])
    found = funnel(values, errors, 2.0, winsorised=0.0)
    z = (values - 2) / errors
    phi = (z**2).sum() / 5
    w = 1 / errors**2
    between = (5 * phi - 4) / (w.sum() - (w**2).sum() / w.sum())
    assert found.dispersion == pytest.approx(phi)
    assert found.between == pytest.approx(np.sqrt(between))
    assert found.z == pytest.approx((values - 2) / np.sqrt(errors**2 + between))


def test_nobody_stands_out_where_all_or_none_have_the_event() -> None:
    for events in ([0, 0, 0], [5, 9, 30]):
        assert funnel_of_shares(events, [5, 9, 30]).p_values.tolist() == [1, 1, 1]


def test_exact_limits_lie_between_the_counts_that_hold_the_tail() -> None:
    cases = np.array([20, 50, 300])
    lower, upper = limits_of_shares(0.2, cases)
    for limit, part in ((lower, 0.025), (upper, 0.975)):
        count = stats.binom.ppf(part, cases, 0.2)
        assert np.all(limit * cases <= count + 1e-9)
        assert np.all(limit * cases >= np.maximum(count - 1, 0))
    assert np.all(np.diff(upper - lower) < 0)


def test_small_units_lean_on_what_is_usual_and_large_ones_on_themselves() -> None:
    found = empirical_bayes.shares([0, 300, 100, 200, 50], [2, 1000, 1000, 1000, 1000])
    assert found.values[0] == pytest.approx(found.usual, abs=0.02)
    assert found.values[1] == pytest.approx(0.3, abs=0.01)
    assert found.weight[0] < 0.3
    assert found.weight[1] > 0.9
    assert np.all(found.lower < found.values)
    assert np.all(found.values < found.upper)


def test_the_fitted_beta_is_the_one_units_were_drawn_from() -> None:
    rng = np.random.default_rng(6)
    cases = rng.integers(20, 300, 600)
    truth = rng.beta(6, 14, 600)
    found = empirical_bayes.shares(rng.binomial(cases, truth), cases)
    assert found.usual == pytest.approx(truth.mean(), abs=0.01)
    assert found.between == pytest.approx(truth.std(), abs=0.01)


def test_without_difference_all_units_are_pulled_to_the_same_share() -> None:
    found = empirical_bayes.shares([20, 20, 20], [100, 100, 100])
    assert found.values == pytest.approx(0.2, abs=1e-4)
    assert empirical_bayes.shares([0, 0], [10, 20]).values.tolist() == [0, 0]


def test_variance_between_means_is_the_restricted_likelihoods_best() -> None:
    y, v = np.array([10.0, 14.0, 9.0, 20.0, 12.0]), np.array([1.0, 2.0, 0.5, 3.0, 1.5])

    def cost(between: float) -> float:
        w = 1 / (v + between)
        middle = (w * y).sum() / w.sum()
        return float(np.log(v + between).sum() + np.log(w.sum()) + (w * (y - middle) ** 2).sum())

    best = optimize.minimize_scalar(cost, bounds=(0, 200), method="bounded", options={"xatol": 1e-8}).x
    found = empirical_bayes.means(y, v)
    assert found.between**2 == pytest.approx(best, rel=1e-4)
    assert found.values == pytest.approx(found.weight * y + (1 - found.weight) * found.usual)


def test_shrunk_estimates_lie_nearer_the_truth_than_plain_ones() -> None:
    rng = np.random.default_rng(9)
    truth, errors = rng.normal(50, 5, 200), rng.uniform(1, 15, 200)
    seen = rng.normal(truth, errors)
    found = empirical_bayes.means(seen, errors**2)
    assert ((found.values - truth) ** 2).mean() < 0.6 * ((seen - truth) ** 2).mean()
    assert 0.9 < ((found.lower <= truth) & (truth <= found.upper)).mean() < 0.99


def test_a_single_small_count_takes_another_with_it() -> None:
    assert hidden([3, 40, 12, 0], 5).tolist() == [True, False, True, False]
    assert hidden([3, 40, 12, 0], 5, total_known=False).tolist() == [True, False, False, False]


def test_two_ones_hide_behind_a_third() -> None:
    assert hidden([1, 1, 40, 30], 5).tolist() == [True, True, False, True]


def test_a_count_of_zero_is_hidden_only_when_nothing_else_is_left() -> None:
    assert hidden([0, 40, 30], 5).tolist() == [False, False, False]
    assert hidden([3, 0], 5).tolist() == [True, True]


@given(st.lists(st.integers(0, 40), min_size=2, max_size=8))
def test_no_shown_count_is_small_and_no_total_gives_one_away(counts: list[int]) -> None:
    out = hidden(counts, 5)
    assert all(shown == 0 or shown >= 5 for shown, away in zip(counts, out, strict=True) if not away)
    if out.any():
        assert out.sum() >= 2
        assert sum(count for count, away in zip(counts, out, strict=True) if away) >= 5 or out.all()


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_hidden_cell_of_a_table_follows_from_its_totals(rows: list[list[int]]) -> None:
    counts = np.array(rows)
    out = hidden_in_table(counts, 5)
    assert not ((counts > 0) & (counts < 5) & ~out).any()
    cells = np.argwhere(out)
    # Rows and columns as equations over the hidden cells: a cell that every solution agrees on is given away.
    equations = np.array(
        [[cell[0] == row for cell in cells] for row in range(counts.shape[0])]
        + [[cell[1] == column for cell in cells] for column in range(counts.shape[1])],
        dtype=float,
    )
    if len(cells):
        free = np.linalg.svd(equations)[2][np.linalg.matrix_rank(equations) :]
        assert np.all(np.abs(free).max(axis=0) > 1e-9)


def test_a_row_is_no_table() -> None:
    with pytest.raises(ValueError, match="one row"):
        hidden_in_table([[1, 2, 3]], 5)
