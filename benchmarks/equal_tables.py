"""Tables of cases that are treated alike, or not, without a log: what the statistics of equality are tried on."""

from __future__ import annotations

from typing import Any

import numpy as np

from zichtlijn.analysis.chains.equality_counts import Table

REGIONS = (0.3, 0.2, 0.15, 0.12, 0.1, 0.08, 0.05)


def equal_tables(rng: np.random.Generator, *, cases: int = 1500, slower: float = 1.0, periods: int = 40) -> list[Table]:
    """A lead time, a term and an outcome per region. Regions differ only in the last being ``slower``.

    Each period of start has its own pace, shared by all: the cases of a period are not independent.
    """
    region = rng.choice(len(REGIONS), cases, p=np.array(REGIONS))
    period = rng.integers(0, periods, cases)
    pace = rng.lognormal(0, 0.2, periods)[period] * np.where(region == len(REGIONS) - 1, slower, 1.0)
    takes = rng.exponential(40, cases) * pace
    watched = (periods - period - rng.random(cases)) * 10
    days, ended = np.minimum(takes, watched).astype(int), takes <= watched
    term = 60.0
    due = watched > term
    tables = [_lead_times(region, period, days, ended, periods)]
    tables.append(_shares("term-exceeded", region[due], period[due], (takes > term)[due], periods))
    granted = rng.random(cases) < 0.4
    tables.append(_shares("outcome", region[ended], period[ended], granted[ended], periods))
    return tables


def _names(count: int) -> tuple[tuple[int, ...], tuple[str, ...]]:
    return tuple(range(count)), tuple(f"R{code}" for code in range(count))


def _shares(measure: Any, region: Any, period: Any, happened: Any, periods: int) -> Table:
    sums = np.zeros((2, len(REGIONS), periods), dtype=np.int64)
    np.add.at(sums, (0, region, period), happened.astype(np.int64))
    np.add.at(sums, (1, region, period), 1)
    return Table("region", measure, None, None, *_names(len(REGIONS)), sums[0], sums[1])


def _lead_times(region: Any, period: Any, days: Any, ended: Any, periods: int) -> Table:
    times = np.unique(days)
    sums = np.zeros((2, len(REGIONS), periods, len(times)), dtype=np.int64)
    column = np.searchsorted(times, days)
    np.add.at(sums, (0, region, period, column), ended.astype(np.int64))
    np.add.at(sums, (1, region, period, column), 1)
    names = _names(len(REGIONS))
    return Table("region", "lead-time", None, None, *names, sums[0], sums[1], times.astype(float), "days")
