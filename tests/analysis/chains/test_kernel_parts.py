"""A log in parts loses and repeats nothing; the clock of the loops gives the days of the calendar."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from zichtlijn.analysis.chains.kernels import case_loops, parts
from zichtlijn.analysis.chains.kernels.clock import local_clock
from zichtlijn.analysis.chains.kernels.times import ALL
from zichtlijn.analysis.eventlogs.calendar_days import calendar_days

HOUR_US = 3_600_000_000
ZONES = ("UTC", "Europe/Amsterdam", "America/Sao_Paulo", "Pacific/Apia", "Africa/Monrovia", "Asia/Kathmandu")


@pytest.fixture(autouse=True, scope="module")
def _small_parts() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "FEWEST_EVENTS", 4)
        patch.setattr(parts, "processors", lambda: 3)
        yield


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30))
def test_every_case_is_in_one_part(lengths: list[int]) -> None:
    first_events = np.concatenate([[0], np.cumsum(lengths)])
    found = parts.parts_of(first_events)
    assert [case for part in found for case in range(*part)] == list(range(len(lengths)))
    assert len(found) == max(1, min(3, sum(lengths) // 4))


@given(st.integers(0, 50))
def test_every_row_is_in_one_part_that_begins_even(rows: int) -> None:
    found = parts.rows_in_parts(rows)
    assert [row for part in found for row in range(*part)] == list(range(rows))
    assert all(first % 2 == 0 for first, _behind in found)


def test_what_goes_wrong_in_a_part_is_told() -> None:
    def work(part: tuple[int, int]) -> int:
        return 1 // (part[0] - 1)

    with pytest.raises(ZeroDivisionError):
        parts.together(work, [(0, 1), (1, 2)])


def _days(moments_us: NDArray[np.int64], zone: str) -> list[int]:
    clock = local_clock(zone, int(moments_us.min()), int(moments_us.max()))
    counts = np.zeros(clock.days, np.int64)
    case_loops.day_counts(moments_us, (0, len(moments_us)), ALL, tuple(clock), counts)
    days: list[int] = (np.repeat(np.arange(len(counts)), counts) + clock.first_day).tolist()
    return days


@pytest.mark.parametrize("zone", ZONES)
@settings(deadline=None)  # the first call loads compiled code
@given(hours=st.lists(st.integers(-20 * 8766, 130 * 8766), min_size=1, max_size=20), past_us=st.integers(0, HOUR_US))
def test_the_days_of_the_loops_are_those_of_the_calendar(zone: str, hours: list[int], past_us: int) -> None:
    moments_us = np.array(hours, np.int64) * HOUR_US + past_us
    assert _days(moments_us, zone) == sorted(calendar_days(moments_us, zone).tolist())


@pytest.mark.parametrize("zone", ZONES)
def test_both_sides_of_every_change_of_the_clock_are_on_the_day_of_the_calendar(zone: str) -> None:
    changes_us = local_clock(zone, 0, 0).changes_us[:-1]
    moments_us = np.concatenate([changes_us - 1, changes_us, changes_us + 1, [0]])
    assert _days(moments_us, zone) == sorted(calendar_days(moments_us, zone).tolist())
