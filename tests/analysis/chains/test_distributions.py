"""The distributions are those of ``scipy.stats``, which takes too long to import."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from scipy import stats

from zichtlijn.analysis.chains.statistics import distributions as ours
from zichtlijn.analysis.chains.statistics.funnel import limits_of_shares

RNG = np.random.default_rng(20)
Z = np.concatenate([RNG.normal(0, 4, 500), [0.0, 37.0, -37.0, np.inf, -np.inf]])
SHARES = np.concatenate([RNG.uniform(0, 1, 500), [1e-12, 0.5, 0.975, 1 - 1e-12]])
POSITIVE = RNG.gamma(2, 8, 500)
DEGREES = RNG.integers(1, 400, 500)


def same(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-300)


def test_normal() -> None:
    same(ours.normal_above(Z), stats.norm.sf(Z))
    same(ours.normal_quantile(SHARES), stats.norm.ppf(SHARES))


def test_chi_squared_t_and_f() -> None:
    same(ours.chi_squared_above(POSITIVE, DEGREES), stats.chi2.sf(POSITIVE, DEGREES))
    same(ours.t_above(Z[:500], DEGREES), stats.t.sf(Z[:500], DEGREES))
    same(ours.f_above(POSITIVE, DEGREES, DEGREES[::-1]), stats.f.sf(POSITIVE, DEGREES, DEGREES[::-1]))
    same(ours.f_above(POSITIVE, 3, 7.5), stats.f.sf(POSITIVE, 3, 7.5))


def test_beta() -> None:
    a, b = RNG.gamma(2, 30, (2, 504)) + 0.01
    same(ours.beta_quantile(SHARES, a, b), stats.beta.ppf(SHARES, a, b))


@pytest.mark.parametrize("share", [0.0, 1e-6, 0.02, 0.37, 0.97, 1.0])
def test_binomial(share: float) -> None:
    of = np.concatenate([RNG.integers(1, 30, 300), RNG.integers(1, 200_000, 200)])
    hits = RNG.binomial(of, max(share, 0.01)) - RNG.integers(0, 2, 500)
    same(ours.binomial_above(hits, of, share), stats.binom.sf(hits, of, share))
    same(ours.binomial_up_to(hits, of, share), stats.binom.cdf(hits, of, share))
    for part in (0.001, 0.025, 0.5, 0.975, 0.999):
        same(ours.binomial_quantile(part, of, share), np.maximum(stats.binom.ppf(part, of, share), 0))
    assert ours.binomial_above(-1, 10, share) == 1.0


def test_ranks() -> None:
    values = RNG.integers(0, 40, 300)
    same(ours.ranks(values), stats.rankdata(values))


@pytest.mark.parametrize("target", [0.003, 0.2, 0.9])
def test_limits_of_shares_are_those_of_the_exact_distribution(target: float) -> None:
    cases = np.array([5.0, 12, 80, 1_000, 45_000])
    for limit, part in zip(limits_of_shares(target, cases, 0.05), (0.025, 0.975), strict=True):
        count = stats.binom.ppf(part, cases, target)
        back = (stats.binom.cdf(count, cases, target) - part) / stats.binom.pmf(count, cases, target)
        np.testing.assert_allclose(limit, np.clip((count - back) / cases, 0, 1), rtol=0, atol=1e-12)


def test_no_metric_imports_scipy_stats() -> None:
    script = (
        "import sys; import zichtlijn.analysis.chains.catalogue, zichtlijn.analysis.chains.parallels;"
        " sys.exit('scipy.stats' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
