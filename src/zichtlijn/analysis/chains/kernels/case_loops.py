"""Loops over whole cases: repeats in them, days, stays, routes, and how long they took or have been open."""

from __future__ import annotations

import numpy as np

from zichtlijn.analysis.chains.kernels.compiling import compiled, inlined
from zichtlijn.analysis.eventlogs.time_scale import DAY_US

_DAY_US = np.uint64(DAY_US)


@compiled
def repeats(activity, within, sums, totals):  # type: ignore[no-untyped-def]
    """Per activity add to ``sums``, shape (activities, 3): cases in which it is done again, how often, and how often it
    directly follows itself. Per case without and with a repeat add to ``totals``, shape (2, 4): cases, events,
    different activities, and events directly after the same activity."""
    first_events, start, behind_last, chosen = within
    everything = len(chosen) == 0
    # The case in which an activity was seen last, twice its number; and one more when it was seen in it again
    seen = np.full(len(sums), -1, np.int64)
    for case in range(start, behind_last):
        if everything or chosen[case]:
            first, behind = first_events[case], first_events[case + 1]
            again = on_the_spot = 0
            before = np.int64(-1)
            for event in range(first, behind):
                code = np.int64(activity[event])
                if seen[code] < 2 * case:
                    seen[code] = 2 * case
                else:
                    sums[code, 0] += seen[code] == 2 * case
                    sums[code, 1] += 1
                    sums[code, 2] += code == before
                    on_the_spot += code == before
                    again += 1
                    seen[code] = 2 * case + 1
                before = code
            row = np.int64(again > 0)
            totals[row, 0] += 1
            totals[row, 1] += behind - first
            totals[row, 2] += behind - first - again
            totals[row, 3] += on_the_spot


@inlined
def local_day(moment_us, clock):  # type: ignore[no-untyped-def]
    """Days since that of the clock: see ``LocalClock``."""
    changes_before, changes_us, offsets_us, from_us, local_from_us = clock
    place = changes_before[np.uint64(moment_us - from_us) // _DAY_US]
    while moment_us >= changes_us[place]:
        place += 1
    return np.uint64(moment_us + offsets_us[place] - local_from_us) // _DAY_US


@compiled
def day_counts(moments_us, part, chosen, clock, counts):  # type: ignore[no-untyped-def]
    """Add to ``counts`` the rows of each day; ``chosen``: one flag per row, or empty."""
    everything = len(chosen) == 0
    for row in range(part[0], part[1]):
        if everything or chosen[row]:
            counts[local_day(moments_us[row], clock)] += 1


@compiled
def event_day_counts(at_us, within, clock, counts):  # type: ignore[no-untyped-def]
    """Add to ``counts`` the events of each day of chosen cases."""
    first_events, start, behind_last, chosen = within
    for case in range(start, behind_last):
        if chosen[case]:
            for event in range(first_events[case], first_events[case + 1]):
                counts[local_day(at_us[event], clock)] += 1


@compiled
def list_stays(organisation, first_events, part, found):  # type: ignore[no-untyped-def]
    """Write the case, first event and last event of each stay to ``found``, shape (3, events); gives their number.

    An event without an organisation belongs to the stay that its case is in; before the first there is none.
    """
    count = 0
    for case in range(part[0], part[1]):
        here = np.int64(-1)
        for event in range(first_events[case], first_events[case + 1]):
            code = np.int64(organisation[event])
            if code >= 0 and code != here:
                found[0, count] = case
                found[1, count] = event
                count += 1
                here = code
            if here >= 0:
                found[2, count - 1] = event
    return count


@compiled
def number_routes(variant, places, numbers, first_cases):  # type: ignore[no-untyped-def]
    """Write the number of the route of each case, and the first case of each; gives how many routes there are.

    ``places``: a table of a power of two, at least twice as many as cases, filled with -1.
    """
    last = len(places) - 1
    routes = 0
    for case in range(len(variant)):
        # High bits too: a variant is a hash, but need not be one in its low bits
        place = (variant[case] ^ (variant[case] >> 29)) & last
        while places[place] >= 0 and variant[first_cases[places[place]]] != variant[case]:
            place = (place + 1) & last
        if places[place] < 0:
            places[place] = routes
            first_cases[routes] = case
            routes += 1
        numbers[case] = places[place]
    return routes


@compiled
def count_known_times(rows, chosen, limits, counts):  # type: ignore[no-untyped-def]
    """Add to ``counts``, shape (groups + 1, 2, times): per group (unknown first), ended or not, and time.

    ``rows``: the columns start, end, whether there is an end, and group. ``chosen``: one flag per row, or empty.
    ``limits``: the cut-off, and the unit in microseconds. See ``open_cases.known_at``.
    """
    starts_us, ends_us, has_end, groups = rows
    cut_off_us, unit_us = limits
    everything = len(chosen) == 0
    for row in range(len(starts_us)):
        if (everything or chosen[row]) and starts_us[row] <= cut_off_us:
            ended = has_end[row] and ends_us[row] <= cut_off_us
            stop_us = ends_us[row] if ended else cut_off_us
            time = np.uint64(stop_us - starts_us[row]) // np.uint64(unit_us)
            counts[np.int64(groups[row]) + 1, np.int64(ended), time] += 1


@compiled
def cases_with(codes, wanted, first_events):  # type: ignore[no-untyped-def]
    """Per case whether one of its events has a wanted code; ``wanted``: one flag per code, the first for unknown."""
    found = np.zeros(len(first_events) - 1, np.bool_)
    for case in range(len(found)):
        for event in range(first_events[case], first_events[case + 1]):
            if wanted[np.int64(codes[event]) + 1]:
                found[case] = True
                break
    return found
