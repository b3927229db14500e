"""The queue without a loop gives what a queue with a loop gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zichtlijn.analysis.chains.generation.queues import Capacity, served_at


def _one_by_one(queue: np.ndarray, ready: np.ndarray, capacity: Capacity) -> np.ndarray:
    """Each case takes the first place after the one before it, at the latest when it is ready."""
    served = np.empty_like(ready)
    last = dict.fromkeys(range(len(capacity.before)), -np.inf)
    for case in np.lexsort((ready, queue)):
        number = int(queue[case])
        place = max(float(capacity.passed(queue[[case]], ready[[case]])[0]), last[number] + 1)
        last[number] = place
        served[case] = capacity.moment(queue[[case]], np.array([place]))[0]
    return served


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 500)), max_size=60), st.floats(0.05, 5), st.floats(0, 500))
def test_waiting_is_first_come_first_served_with_one_place_each(
    arrivals: list[tuple[int, float]], rate: float, change: float
) -> None:
    queue = np.array([number for number, _ in arrivals], dtype=np.int64)
    ready = np.array([moment for _, moment in arrivals], dtype=float)
    capacity = Capacity(np.full(4, rate), np.array([rate, rate / 2, rate * 2, rate / 3]), change)
    found = served_at(queue, ready, capacity)
    np.testing.assert_allclose(found, _one_by_one(queue, ready, capacity), rtol=1e-7, atol=1e-6)
    assert (found >= ready).all()


@pytest.mark.parametrize("load", [0.5, 0.8])
def test_the_mean_wait_is_that_of_the_queue_m_d_1(load: float) -> None:
    """Pollaczek-Khinchine: the wait is load / (2 (1 - load)) times the time between two places."""
    random = np.random.default_rng(1)
    ready = np.sort(random.random(400_000) * 400_000 / load)
    capacity = Capacity(np.ones(1), np.ones(1), 0.0)
    waits = served_at(np.zeros(len(ready), dtype=np.int64), ready, capacity) - ready
    assert waits.mean() == pytest.approx(load / (2 * (1 - load)), rel=0.03)
