"""The compiled loops of the preparation: the order of rows, and one walk over the events of each case.

Codes are int16, -1 for none; times int64, the lowest number for none. ``starts``: the first row of each case, and the
number of rows; shape (cases + 1,).
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

compiled: Any = numba.njit(cache=True, nogil=True)
NO_TIME = np.iinfo(np.int64).min
_SHORT = 24


@compiled
def mark(places, found):  # type: ignore[no-untyped-def]
    """Set the flag of every place that occurs; -1 is the last one."""
    for place in places:
        found[place] = True


@compiled
def recode(codes, code_of):  # type: ignore[no-untyped-def]
    """Give every row another code, in place; -1 stays."""
    for row in range(len(codes)):
        if codes[row] >= 0:
            codes[row] = code_of[codes[row]]


@compiled
def first_flagged(codes, flags, bounds, found):  # type: ignore[no-untyped-def]
    """Of every case the first row whose code has its flag, or -1."""
    for case in range(len(bounds) - 1):
        found[case] = -1
        for row in range(bounds[case], bounds[case + 1]):
            if flags[codes[row]]:
                found[case] = row
                break


@compiled
def by_bucket(buckets, number):  # type: ignore[no-untyped-def]
    """The places of the rows, bucket by bucket and otherwise in their order; and where each bucket begins."""
    begins = np.zeros(number + 1, np.int64)
    for bucket in buckets:
        begins[bucket + 1] += 1
    for bucket in range(number):
        begins[bucket + 1] += begins[bucket]
    fill = begins[:-1].copy()
    order = np.empty(len(buckets), np.int64)
    for row in range(len(buckets)):
        order[fill[buckets[row]]] = row
        fill[buckets[row]] += 1
    return order, begins


@compiled
def runs(case_no):  # type: ignore[no-untyped-def]
    """The first row of every run of rows of one case, and the number of rows."""
    number = 0
    for row in range(len(case_no)):
        number += row == 0 or case_no[row] != case_no[row - 1]
    found = np.empty(number + 1, np.int64)
    place = 0
    for row in range(len(case_no)):
        if row == 0 or case_no[row] != case_no[row - 1]:
            found[place] = row
            place += 1
    found[number] = len(case_no)
    return found


@compiled
def unrolled(begins, order):  # type: ignore[no-untyped-def]
    """The rows of the runs, run by run in this order."""
    found = np.empty(begins[-1], np.int64)
    place = 0
    for run in order:
        for row in range(begins[run], begins[run + 1]):
            found[place] = row
            place += 1
    return found


@compiled
def _is_later(one, other, places):  # type: ignore[no-untyped-def]
    at_us, sequence, source = places
    if at_us[one] != at_us[other]:
        return at_us[one] > at_us[other]
    if sequence[one] != sequence[other]:
        return sequence[one] > sequence[other]
    return source[one] > source[other]


@compiled
def are_in_order(bounds, places):  # type: ignore[no-untyped-def]
    """Whether the rows of every case stand in order of ``places`` already, where they are."""
    for case in range(len(bounds) - 1):
        for row in range(bounds[case] + 1, bounds[case + 1]):
            if _is_later(row - 1, row, places):
                return False
    return True


@compiled
def order_within_cases(order, bounds, places):  # type: ignore[no-untyped-def]
    """Put the rows of every case in order of ``places``: time, sequence, source; rows that are alike in all stay as
    they are. ``bounds``: where each case begins in ``order``, and its length."""
    spare = np.empty(0, np.int64)
    for case in range(len(bounds) - 1):
        low, high = bounds[case], bounds[case + 1]
        in_order = True
        for place in range(low + 1, high):
            if _is_later(order[place - 1], order[place], places):
                in_order = False
                break
        if not in_order:
            if high - low > len(spare):
                spare = np.empty(2 * (high - low), np.int64)
            _merge_sort(order, (low, high), spare, places)


@compiled
def _merge_sort(order, between, spare, places):  # type: ignore[no-untyped-def]
    """Short stretches by insertion, then each two merged, so that a case of a million events is no trouble."""
    low, high = between
    for begin in range(low, high, _SHORT):
        for place in range(begin + 1, min(begin + _SHORT, high)):
            row, before = order[place], place - 1
            while before >= begin and _is_later(order[before], row, places):
                order[before + 1] = order[before]
                before -= 1
            order[before + 1] = row
    width = _SHORT
    while width < high - low:
        for begin in range(low, high, 2 * width):
            middle, end = min(begin + width, high), min(begin + 2 * width, high)
            for place in range(begin, middle):
                spare[place - begin] = order[place]
            one, other, place, many = 0, middle, begin, middle - begin
            while one < many:
                if other < end and _is_later(spare[one], order[other], places):
                    order[place] = order[other]
                    other += 1
                else:
                    order[place] = spare[one]
                    one += 1
                place += 1
        width *= 2


@compiled
def walk_events(starts, codes, times, events, cases):  # type: ignore[no-untyped-def]
    """One pass over the events of every case, filling columns of events and of cases.

    ``codes``: activity and organisation. ``times``: of the events, and the scale of steps (``time_scale``). ``events``:
    position, next activity, next organisation, time to the next, its step, hand-over, how often done before.
    ``cases``: different activities, repeats on the spot, hand-overs, first and last organisation.
    """
    activity, organisation = codes
    at_us, scale = times
    position, next_activity, next_organisation, to_next_us, to_next_step, hand_over, done_before = events
    different, on_the_spot, handed, first_at, last_at = cases
    most = 1
    for code in activity:
        most = max(most, code + 1)
    done, done_in = np.zeros(most, np.int32), np.full(most, -1, np.int64)
    for case in range(len(starts) - 1):
        low, high = starts[case], starts[case + 1]
        here = np.int16(-1)
        first_at[case] = -1
        kinds, same, hands = 0, 0, 0
        for row in range(low, high):
            code = activity[row]
            if done_in[code] != case:
                done_in[code] = case
                done[code] = 0
                kinds += 1
            done_before[row] = done[code]
            done[code] += 1
            position[row] = row - low
            if organisation[row] >= 0:
                if here < 0:
                    first_at[case] = organisation[row]
                here = organisation[row]
            if row + 1 < high:
                after = organisation[row + 1]
                next_activity[row], next_organisation[row] = activity[row + 1], after
                took = at_us[row + 1] - at_us[row]
                to_next_us[row], to_next_step[row] = took, _step(took, scale)
                hand_over[row] = here >= 0 and after >= 0 and after != here
                hands += hand_over[row]
                same += activity[row + 1] == code
            else:
                next_activity[row], next_organisation[row] = -1, -1
                to_next_us[row], to_next_step[row] = NO_TIME, -1
                hand_over[row] = False
        different[case], on_the_spot[case], handed[case], last_at[case] = kinds, same, hands, here


@compiled
def _step(duration_us, scale):  # type: ignore[no-untyped-def]
    from_us, width_us, bins = scale
    which = len(from_us) - 1
    while which > 0 and duration_us < from_us[which]:
        which -= 1
    return bins[which] + (duration_us - from_us[which]) // width_us[which]


@compiled
def walk_stays(starts, codes, of_activity, stays):  # type: ignore[no-untyped-def]
    """The stays of every case; gives how many there are.

    ``codes``: activity and organisation. ``of_activity``: per activity where it sends its case to, or -1, and whether
    the waiting ends with it. ``stays``, filled: first row, last row, case, organisation, last row that sends or -1,
    first row with which the waiting ends or -1.
    """
    activity, organisation = codes
    sending, serving = of_activity
    first, last, of_case, place_of, sent, served = stays
    stay = -1
    for case in range(len(starts) - 1):
        here = np.int16(-1)
        for row in range(starts[case], starts[case + 1]):
            if organisation[row] >= 0 and organisation[row] != here:
                here = organisation[row]
                stay += 1
                first[stay], of_case[stay], place_of[stay] = row, case, here
                sent[stay], served[stay] = -1, -1
            if here >= 0:
                last[stay] = row
                if sending[activity[row]] >= 0:
                    sent[stay] = row
                if served[stay] < 0 and serving[activity[row]]:
                    served[stay] = row
    return stay + 1


@compiled
def first_of_group(wanted, starts, ends, found):  # type: ignore[no-untyped-def]
    """Of every group of rows, from a start to an end, the first code of 0 or more, or -1."""
    for group in range(len(starts)):
        found[group] = -1
        for row in range(starts[group], ends[group] + 1):
            if wanted[row] >= 0:
                found[group] = wanted[row]
                break


@compiled
def last_of_group(wanted, starts, ends, found):  # type: ignore[no-untyped-def]
    """The same with the last one."""
    for group in range(len(starts)):
        found[group] = -1
        for row in range(ends[group], starts[group] - 1, -1):
            if wanted[row] >= 0:
                found[group] = wanted[row]
                break
