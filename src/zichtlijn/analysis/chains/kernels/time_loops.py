"""Loops that count durations on the scale of times, and look up where half and nine tenths of them lie."""

from __future__ import annotations

import numpy as np

from zichtlijn.analysis.chains.kernels.compiling import compiled, inlined
from zichtlijn.analysis.eventlogs.time_scale import SECOND_US, STEPS

_SECOND = np.uint64(SECOND_US)
_MINUTES_FROM, _HOURS_FROM, _DAYS_FROM = (np.uint64(step.from_us // SECOND_US) for step in STEPS[1:])
_MINUTE, _HOUR, _DAY = (np.uint64(step.width_us // SECOND_US) for step in STEPS[1:])
_MINUTES_BIN, _HOURS_BIN, _DAYS_BIN = (np.uint64(step.bin) for step in STEPS[1:])


@inlined
def step_of(seconds):  # type: ignore[no-untyped-def]
    """The number on the scale of a whole number of seconds, as ``time_bins``."""
    found = seconds
    if seconds >= _MINUTES_FROM:
        found = _MINUTES_BIN + (seconds - _MINUTES_FROM) // _MINUTE
    if seconds >= _HOURS_FROM:
        found = _HOURS_BIN + (seconds - _HOURS_FROM) // _HOUR
    if seconds >= _DAYS_FROM:
        found = _DAYS_BIN + (seconds - _DAYS_FROM) // _DAY
    return found


@inlined
def add_time(cells, sums, number, duration_us):  # type: ignore[no-untyped-def]
    """Count a duration in ``cells``, shape (numbers, steps), and add its whole seconds and the microseconds beyond
    them to ``sums``, shape (numbers, 2): microseconds alone pass 63 bits sooner than one would think."""
    whole_us = np.uint64(duration_us)
    seconds = whole_us // _SECOND
    cells[number, step_of(seconds)] += 1
    sums[number, 0] += np.int64(seconds)
    sums[number, 1] += np.int64(whole_us - seconds * _SECOND)


@compiled
def time_rows(numbers, durations_us, chosen, cells, sums):  # type: ignore[no-untyped-def]
    """Add the duration of each row to the histogram of its number; ``chosen``: one flag per row, or empty."""
    everything = len(chosen) == 0
    for row in range(len(numbers)):
        if everything or chosen[row]:
            add_time(cells, sums, numbers[row], durations_us[row])


@compiled
def percentile_steps(cells, totals, parts, of, found):  # type: ignore[no-untyped-def]
    """Per number the step that ``parts / of`` of its ``totals`` durations do not exceed, and the next that occurs
    when exactly that share does not exceed it, else the same twice; shape (numbers, 2)."""
    for number in range(len(cells)):
        wanted = totals[number] * parts
        below, step = np.int64(0), -1
        while below * of < wanted:
            step += 1
            below += cells[number, step]
        found[number, 0] = step
        if below * of == wanted and below < totals[number]:
            step += 1
            while cells[number, step] == 0:
                step += 1
        found[number, 1] = step
