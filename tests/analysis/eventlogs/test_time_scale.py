"""Durations on a scale that stays small."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zichtlijn.analysis.chains.timing import percentile_s
from zichtlijn.analysis.eventlogs.time_scale import DAY_US, HOUR_US, MINUTE_US, SECOND_US, bin_starts_us, time_bins

DURATIONS = st.integers(0, 400 * 365 * DAY_US)


@given(st.lists(DURATIONS, min_size=1))
def test_a_duration_is_rounded_down_by_at_most_its_hundred_and_twentieth_or_a_second(durations: list[int]) -> None:
    exact = np.array(durations, dtype=np.int64)
    rounded = bin_starts_us(time_bins(exact))
    assert (rounded <= exact).all()
    assert (exact - rounded < np.maximum(exact / 120, SECOND_US)).all()


@given(DURATIONS, DURATIONS)
def test_the_longer_the_higher_the_number(one: int, other: int) -> None:
    shorter, longer = time_bins(np.array(sorted([one, other]), dtype=np.int64))
    assert shorter <= longer


def test_the_steps_join_without_a_gap() -> None:
    edges = np.array([0, 2 * HOUR_US, 5 * 24 * HOUR_US, 300 * DAY_US], dtype=np.int64)
    assert (bin_starts_us(time_bins(edges)) == edges).all()
    assert (time_bins(edges[1:]) - time_bins(edges[1:] - 1) == 1).all()


def test_a_step_is_a_second_a_minute_an_hour_and_a_day() -> None:
    starts = bin_starts_us(time_bins(np.array([1, HOUR_US + 1, 3 * HOUR_US + 1, 6 * DAY_US + 1, 400 * DAY_US + 1])))
    assert starts.tolist() == [0, HOUR_US, 3 * HOUR_US, 6 * DAY_US, 400 * DAY_US]
    assert time_bins(np.array([3 * HOUR_US + MINUTE_US]))[0] - time_bins(np.array([3 * HOUR_US]))[0] == 1


@given(st.lists(st.integers(0, 7000), min_size=1, max_size=60), st.sampled_from([(1, 2), (9, 10)]))
def test_percentiles_are_those_of_numpy(seconds: list[int], share: tuple[int, int]) -> None:
    bins, counts = np.unique(np.array(seconds, dtype=np.int64), return_counts=True)
    theirs = np.quantile(seconds, share[0] / share[1], method="averaged_inverted_cdf")
    assert percentile_s(bins, counts, *share) == float(theirs)
