"""The compiled loops. Whole numbers only, so that nothing depends on the order of adding.

A pair of codes is ``one * others + other``, with ``codes`` the columns ``one`` and ``other`` and the number ``others``.
``chosen`` is one flag per row, or empty: then every row counts. Codes below 0 stand for unknown and are left out.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

compiled: Any = numba.njit(cache=True, nogil=True)


@compiled
def pair_counts(codes, chosen, counts):  # type: ignore[no-untyped-def]
    """Add the rows of each pair to ``counts``."""
    one, other, others = codes
    everything = len(chosen) == 0
    for row in range(len(one)):
        if other[row] >= 0 and one[row] >= 0 and (everything or chosen[row]):
            counts[np.int64(one[row]) * others + other[row]] += 1


@compiled
def pair_counts_and_longest(codes, steps, chosen, counts):  # type: ignore[no-untyped-def]
    """The same; gives the highest of the steps counted, or 0."""
    one, other, others = codes
    everything = len(chosen) == 0
    longest = 0
    for row in range(len(one)):
        if other[row] >= 0 and one[row] >= 0 and (everything or chosen[row]):
            counts[np.int64(one[row]) * others + other[row]] += 1
            longest = max(longest, steps[row])
    return longest


@compiled
def pair_times(codes, places, times, chosen, cells):  # type: ignore[no-untyped-def]
    """Add count and duration of each row to ``cells``, shape (pairs that occur * steps, 2).

    ``places``: the rank of each pair among those that occur, and the number of steps. ``times``: the columns step and
    duration.
    """
    one, other, others = codes
    rank, width = places
    steps, durations_us = times
    everything = len(chosen) == 0
    for row in range(len(one)):
        if other[row] >= 0 and one[row] >= 0 and (everything or chosen[row]):
            cell = rank[np.int64(one[row]) * others + other[row]] * width + steps[row]
            cells[cell, 0] += 1
            cells[cell, 1] += durations_us[row]


@compiled
def packed_rows(codes, places, steps, chosen):  # type: ignore[no-untyped-def]
    """Per row the cell of ``pair_times``, -1 where it does not count."""
    one, other, others = codes
    rank, width = places
    everything = len(chosen) == 0
    found = np.full(len(one), -1, np.int64)
    for row in range(len(one)):
        if other[row] >= 0 and one[row] >= 0 and (everything or chosen[row]):
            found[row] = rank[np.int64(one[row]) * others + other[row]] * width + steps[row]
    return found


@compiled
def fields_filled(codes, filled, required, chosen, sums):  # type: ignore[no-untyped-def]
    """Per pair add to ``sums``, shape (pairs, 3): rows looked at, fields filled, and rows with all ``required``."""
    one, other, others = codes
    everything = len(chosen) == 0
    for row in range(len(one)):
        if filled[row] >= 0 and other[row] >= 0 and one[row] >= 0 and (everything or chosen[row]):
            pair = np.int64(one[row]) * others + other[row]
            sums[pair, 0] += 1
            sums[pair, 1] += filled[row]
            sums[pair, 2] += filled[row] >= required


@compiled
def day_counts(days, chosen, first_day, counts):  # type: ignore[no-untyped-def]
    """Add to ``counts`` the rows of each day, from ``first_day`` on."""
    everything = len(chosen) == 0
    for row in range(len(days)):
        if everything or chosen[row]:
            counts[days[row] - first_day] += 1


@compiled
def repeats(columns, chosen, sums):  # type: ignore[no-untyped-def]
    """Per activity add to ``sums``, shape (activities, 3): cases in which it is done again, how often, and how often
    it directly follows itself. ``columns``: ``activity``, ``next_activity`` and ``done_before``."""
    activity, following, done_before = columns
    everything = len(chosen) == 0
    for event in range(len(activity)):
        if everything or chosen[event]:
            code = activity[event]
            sums[code, 0] += done_before[event] == 1
            sums[code, 1] += done_before[event] > 0
            sums[code, 2] += code == following[event]


@compiled
def cases_with(codes, wanted, first_events):  # type: ignore[no-untyped-def]
    """Per case whether one of its events has a wanted code; ``wanted``: one flag per code."""
    found = np.zeros(len(first_events) - 1, np.bool_)
    for case in range(len(found)):
        for event in range(first_events[case], first_events[case + 1]):
            if codes[event] >= 0 and wanted[codes[event]]:
                found[case] = True
                break
    return found


@compiled
def spread(chosen, first_events):  # type: ignore[no-untyped-def]
    """The flag of each case on each of its events."""
    found = np.empty(first_events[-1], np.bool_)
    for case in range(len(chosen)):
        found[first_events[case] : first_events[case + 1]] = chosen[case]
    return found


@compiled
def places_in(cases, numbers):  # type: ignore[no-untyped-def]
    """The place in ``cases`` of each of ``numbers``, which come in the same order and can repeat."""
    found = np.empty(len(numbers), np.int64)
    case = 0
    for row in range(len(numbers)):
        while cases[case] != numbers[row]:
            case += 1
        found[row] = case
    return found
