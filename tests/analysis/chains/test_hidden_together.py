"""Small counts in series that follow from each other, as a waiting list from what came in and went out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zichtlijn.analysis.chains.statistics.small_counts import hidden_together

MINIMUM = 5
Counts = npt.NDArray[np.int64]


@st.composite
def lists(draw: st.DrawFn) -> tuple[Counts, Counts, Counts]:
    """What came in, what went out and the level after it, of 2 to 14 moments."""
    moments = draw(st.integers(2, 14))
    some = st.one_of(st.just(0), st.integers(1, 4), st.integers(5, 30))
    came_in = draw(st.lists(some, min_size=moments, max_size=moments))
    level, went_out = 0, []
    for number in came_in:
        level += number
        went_out.append(min(level, draw(some)))
        level -= went_out[-1]
    levels = np.cumsum(came_in) - np.cumsum(went_out)
    return np.array(came_in), np.array(went_out), levels


def small(counts: Counts) -> npt.NDArray[np.bool_]:
    return (counts > 0) & (counts < MINIMUM)


def stretches(out: npt.NDArray[np.bool_]) -> list[list[int]]:
    """The hidden moments, those next to each other together."""
    found: list[list[int]] = []
    for place in np.flatnonzero(out).tolist():
        if found and found[-1][-1] == place - 1:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def given_away(series: tuple[Counts, Counts, Counts], out: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The hidden small counts on which all solutions agree, for who knows what is shown and the total of each stretch.

    The unknowns are the cells; that the level is the one before with the flows, and what is shown, are equations. The
    last level is what came in less what went out, so it is no secret.
    """
    moments = len(out)
    cell = np.arange(3 * moments).reshape(3, moments)
    equations = []
    for now in range(moments):
        balance = np.zeros(3 * moments)
        balance[cell[:, now]] = 1, -1, -1
        if now:
            balance[cell[2, now - 1]] = 1
        equations.append(balance)
    shown = [cell[one, now] for one in range(3) for now in range(moments) if not out[now]]
    for stretch in stretches(out):
        for one in range(2):
            total = np.zeros(3 * moments)
            total[cell[one, stretch]] = 1
            equations.append(total)
            shown += [] if series[one][stretch].any() else cell[one, stretch].tolist()  # a total of nothing
    equations += list(np.eye(3 * moments)[shown])
    matrix = np.array(equations)
    free = np.linalg.svd(matrix)[2][np.linalg.matrix_rank(matrix) :]
    known = np.abs(free).max(axis=0, initial=0).reshape(3, moments) < 1e-9
    known[2, -1] = False
    return [tuple(each) for each in np.argwhere(known & np.array([small(each) for each in series])).tolist()]


@given(lists())
def test_no_small_count_is_shown_and_none_follows_from_what_is(series: tuple[Counts, Counts, Counts]) -> None:
    out = hidden_together(series[:2], series[2:], MINIMUM)
    assert not any((small(each) & ~out).any() for each in series)
    if not out.all():
        assert given_away(series, out) == []


@given(lists())
def test_a_hidden_stretch_holds_nothing_or_enough_of_each_flow(series: tuple[Counts, Counts, Counts]) -> None:
    out = hidden_together(series[:2], series[2:], MINIMUM)
    for stretch in [] if out.all() else stretches(out):
        for flow in series[:2]:
            said = flow[stretch]
            assert not said.any() or (said.sum() >= MINIMUM and (said > 0).sum() >= 2)


@given(lists(), st.integers(1, 9))
def test_no_small_count_is_shown_whatever_the_minimum(series: tuple[Counts, Counts, Counts], minimum: int) -> None:
    out = hidden_together(series[:2], series[2:], minimum)
    assert (np.array(series)[:, ~out] >= minimum).sum() + (np.array(series)[:, ~out] == 0).sum() == 3 * (~out).sum()


def test_nothing_is_hidden_without_small_counts() -> None:
    assert not hidden_together([[9, 0, 8], [0, 7, 9]], [[9, 0, 12]], MINIMUM).any()


def test_a_small_level_takes_the_next_moment_along_because_it_follows_from_that() -> None:
    out = hidden_together([[30, 30, 30, 30], [10, 30, 48, 10]], [[20, 20, 2, 22]], MINIMUM)
    assert out.tolist() == [False, False, True, True]


def test_a_gap_grows_to_the_nearest_moment_with_something_in_it() -> None:
    came_in = [30, 0, 3, 0, 0, 30, 30]
    assert hidden_together([came_in], [[90] * 7], MINIMUM).tolist() == [True, True, True, False, False, False, False]


@pytest.mark.parametrize("flow", [[3, 0, 0], [0, 2, 1], [4]])
def test_a_flow_of_too_few_in_all_is_hidden_whole(flow: list[int]) -> None:
    assert hidden_together([flow], [], MINIMUM).all()
