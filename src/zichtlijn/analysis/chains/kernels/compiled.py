"""The compiled loops. Whole numbers only, so that nothing depends on the order of adding.

A pair of codes is ``one * others + other``, with ``codes`` the columns ``one`` and ``other`` and the number ``others``.
``chosen`` is one flag per row, or empty: then every row counts. Codes below 0 stand for unknown and are left out.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from zichtlijn.analysis.chains.time_scale import DAY_US, HOUR_US, MINUTE_US, SECOND_US, STEPS

compiled: Any = numba.njit(cache=True, nogil=True)
_MINUTES_US, _HOURS_US, _DAYS_US = (step.from_us for step in STEPS[1:])
# A duration in whole steps, plus this, is its number on the scale
_MINUTE_SHIFT, _HOUR_SHIFT, _DAY_SHIFT = (step.bin - step.from_us // step.width_us for step in STEPS[1:])


@compiled
def time_bin(duration_us):  # type: ignore[no-untyped-def]
    """See ``time_scale.time_bin``."""
    if duration_us < _MINUTES_US:
        return duration_us // SECOND_US
    if duration_us < _HOURS_US:
        return duration_us // MINUTE_US + _MINUTE_SHIFT
    if duration_us < _DAYS_US:
        return duration_us // HOUR_US + _HOUR_SHIFT
    return duration_us // DAY_US + _DAY_SHIFT


@compiled
def pair_counts(codes, chosen, counts):  # type: ignore[no-untyped-def]
    """Add the rows of each pair to ``counts``."""
    one, other, others = codes
    everything = len(chosen) == 0
    for row in range(len(one)):
        if other[row] >= 0 and one[row] >= 0 and (everything or chosen[row]):
            counts[np.int64(one[row]) * others + other[row]] += 1


@compiled
def pair_times(codes, duration_us, chosen, totals):  # type: ignore[no-untyped-def]
    """Add count, whole seconds and the rest in microseconds to ``totals``, shape (pairs, 3).

    Gives per pair the steps of its durations, one pair after the other.
    """
    one, other, others = codes
    everything = len(chosen) == 0
    for row in range(len(one)):
        if other[row] >= 0 and one[row] >= 0 and (everything or chosen[row]):
            pair = np.int64(one[row]) * others + other[row]
            whole_s = duration_us[row] // SECOND_US
            totals[pair, 0] += 1
            totals[pair, 1] += whole_s
            totals[pair, 2] += duration_us[row] - whole_s * SECOND_US
    place = np.zeros(len(totals), np.int64)
    for pair in range(1, len(totals)):
        place[pair] = place[pair - 1] + totals[pair - 1, 0]
    bins = np.empty(place[-1] + totals[-1, 0], np.int32)
    for row in range(len(one)):
        if other[row] >= 0 and one[row] >= 0 and (everything or chosen[row]):
            pair = np.int64(one[row]) * others + other[row]
            bins[place[pair]] = time_bin(duration_us[row])
            place[pair] += 1
    return bins


@compiled
def histograms(bins, counts):  # type: ignore[no-untyped-def]
    """Rows (group, step, count), ascending, of groups that lie one after the other, ``counts`` long."""
    highest = 0
    for each in bins:
        highest = max(highest, each)
    seen = np.zeros(highest + 1, np.int64)
    rows = np.empty((len(bins), 3), np.int64)
    filled, start = 0, 0
    for group in range(len(counts)):
        end = start + counts[group]
        longest = -1
        for place in range(start, end):
            seen[bins[place]] += 1
            longest = max(longest, bins[place])
        for step in range(longest + 1):
            if seen[step]:
                rows[filled, 0], rows[filled, 1], rows[filled, 2] = group, step, seen[step]
                filled += 1
                seen[step] = 0
        start = end
    return rows[:filled]


@compiled
def day_counts(moments_us, chosen, offsets, first_day, counts):  # type: ignore[no-untyped-def]
    """Add to ``counts`` the rows of each local day; ``offsets`` as ``LocalDays.offset_arrays``."""
    from_us, offsets_us = offsets
    everything = len(chosen) == 0
    which = 0
    for row in range(len(moments_us)):
        if everything or chosen[row]:
            moment_us = moments_us[row]
            while which > 0 and moment_us < from_us[which]:
                which -= 1
            while which + 1 < len(from_us) and moment_us >= from_us[which + 1]:
                which += 1
            counts[(moment_us + offsets_us[which]) // DAY_US - first_day] += 1


@compiled
def repeats(activity, first_events, chosen, cases, times):  # type: ignore[no-untyped-def]
    """Per activity add to ``cases`` those in which it is done again, and to ``times`` how often."""
    everything = len(chosen) == 0
    last_case = np.full(len(cases), -1, np.int64)
    last_repeat = np.full(len(cases), -1, np.int64)
    for case in range(len(first_events) - 1):
        if everything or chosen[case]:
            for event in range(first_events[case], first_events[case + 1]):
                code = activity[event]
                if last_case[code] == case:
                    times[code] += 1
                    if last_repeat[code] != case:
                        last_repeat[code] = case
                        cases[code] += 1
                last_case[code] = case


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
