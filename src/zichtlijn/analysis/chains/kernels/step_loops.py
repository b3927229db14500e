"""Loops over events and the one after them in their case: what follows what, and after how long.

A step has a number for its pair of codes; the highest, ``none``, where there is no next event or a code is unknown.
In tables of pairs codes are counted from 1, so that unknown has a place too and no row needs to be looked at first.
"""

from __future__ import annotations

import numpy as np

from zichtlijn.analysis.chains.kernels.compiling import compiled
from zichtlijn.analysis.chains.kernels.time_loops import add_time


@compiled
def count_pairs(codes, part, width, counts):  # type: ignore[no-untyped-def]
    """Add each event with the one after it, of whatever case, to ``counts``, shape (2, width * width): two after one
    another are often the same, and adding to one place twice must wait."""
    for event in range(part[0], part[1]):
        pair = np.uint32((codes[event] + 1) * width + codes[event + 1] + 1)
        counts[event & 1, pair] += 1


@compiled
def leave_out_borders(codes, first_events, width, counts):  # type: ignore[no-untyped-def]
    """Take the pairs of two cases off ``counts`` again."""
    for case in range(1, len(first_events) - 1):
        event = first_events[case] - 1
        counts[np.uint32((codes[event] + 1) * width + codes[event + 1] + 1)] -= 1


@compiled
def number_pairs(codes, part, width, numbers, found):  # type: ignore[no-untyped-def]
    """Write the number of each event with the one after it, of whatever case."""
    for event in range(part[0], part[1]):
        found[event] = numbers[np.uint32((codes[event] + 1) * width + codes[event + 1] + 1)]


@compiled
def number_ends(first_events, none, found):  # type: ignore[no-untyped-def]
    """Write ``none`` at the last event of each case."""
    for case in range(1, len(first_events)):
        found[first_events[case] - 1] = none


@compiled
def tally(numbers, counts):  # type: ignore[no-untyped-def]
    """Add every row to ``counts``, shape (2, numbers)."""
    even = len(numbers) // 2 * 2
    for row in range(0, even, 2):
        counts[0, numbers[row]] += 1
        counts[1, numbers[row + 1]] += 1
    for row in range(even, len(numbers)):
        counts[0, numbers[row]] += 1


@compiled
def tally_chosen(numbers, within, counts):  # type: ignore[no-untyped-def]
    """Add the events of chosen cases to ``counts``."""
    first_events, start, behind_last, chosen = within
    for case in range(start, behind_last):
        if chosen[case]:
            for event in range(first_events[case], first_events[case + 1]):
                counts[numbers[event]] += 1


@compiled
def time_steps(steps, within, cells, sums):  # type: ignore[no-untyped-def]
    """Add the time of each step to the histogram of its number: see ``add_time``; ``steps``: the columns number and
    moment of every event."""
    numbers, at_us = steps
    first_events, start, behind_last, chosen = within
    everything = len(chosen) == 0
    none = len(cells)
    for case in range(start, behind_last):
        if everything or chosen[case]:
            for event in range(first_events[case], first_events[case + 1] - 1):
                number = numbers[event]
                if number < none:
                    add_time(cells, sums, number, at_us[event + 1] - at_us[event])


@compiled
def list_steps(steps, within, none, found, durations_us):  # type: ignore[no-untyped-def]
    """Write the number and the time of each step that counts one after another; gives how many there are."""
    numbers, at_us = steps
    first_events, start, behind_last, chosen = within
    everything = len(chosen) == 0
    count = 0
    for case in range(start, behind_last):
        if everything or chosen[case]:
            for event in range(first_events[case], first_events[case + 1] - 1):
                if numbers[event] < none:
                    found[count] = numbers[event]
                    durations_us[count] = at_us[event + 1] - at_us[event]
                    count += 1
    return count
