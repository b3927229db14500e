"""Steps of a log, each with a number for its pair of codes: counted, and timed."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zichtlijn.analysis.chains.answers import Numbers
from zichtlijn.analysis.chains.kernels import step_loops
from zichtlijn.analysis.chains.kernels.parts import Array, Part, added, parts_of, rows_in_parts, together
from zichtlijn.analysis.chains.kernels.times import MOST_CELLS, Flags, PairTimes, times_of_cells, times_of_rows

MOST_CODES = 1_000
"""Up to so many codes the pairs are found with a table of all of them, of 16 MB for each part of the log."""
MOST_IN_A_BYTE = 255
_BYTES = 256


class Steps(NamedTuple):
    """Per event the place of its step in ``pairs`` (``one * known + other``), ascending; ``len(pairs)`` where none."""

    numbers: Array
    pairs: Numbers
    known: int
    first_events: NDArray[np.int64]

    def counts(self, chosen: Flags) -> Numbers:
        """Of each of ``pairs`` the number of steps in the chosen cases."""
        none = len(self.pairs)
        if len(chosen):
            tally = partial(_chosen, self, chosen)
            return added(together(tally, parts_of(self.first_events)))[:none]
        if self.numbers.itemsize > 1:
            return tallied(self.numbers, none + 1)[:none]
        # Two events at once: a table of 256 by 256 is still small
        even = len(self.numbers) // 2 * 2
        twos = tallied(self.numbers[:even].view(np.uint16), _BYTES**2).reshape(_BYTES, _BYTES)
        counts: Numbers = twos.sum(axis=0) + twos.sum(axis=1)
        counts[self.numbers[even:]] += 1
        return counts[:none]

    def times(self, at_us: Array, chosen: Flags, steps: int) -> PairTimes:
        """Times per pair of codes; ``steps``: one more than the longest time on the scale of times."""
        none = len(self.pairs)
        if none * steps > MOST_CELLS:
            cases = len(self.first_events) - 1
            rows, durations_us = np.empty(len(self.numbers), self.numbers.dtype), np.empty(len(at_us), np.int64)
            listed = step_loops.list_steps(
                (self.numbers, at_us), (self.first_events, 0, cases, chosen), none, rows, durations_us
            )
            found = times_of_rows(rows[:listed], durations_us[:listed])
        else:
            parts = together(partial(_timed, self, at_us, chosen, steps), parts_of(self.first_events))
            found = times_of_cells(*(added(each) for each in zip(*parts, strict=True)))
        return {divmod(int(self.pairs[number]), self.known): times for number, times in found.items()}


def steps_of(codes: Array, known: int, first_events: NDArray[np.int64]) -> Steps:
    """The steps of a log; ``codes`` from 0 up to ``known``, or unknown."""
    if known > MOST_CODES:
        return _steps_by_sorting(codes, known, first_events)
    width, parts = known + 1, rows_in_parts(max(0, len(codes) - 1))
    counts = added(together(partial(_pair_counts, codes, width), parts)).sum(axis=0)
    step_loops.leave_out_borders(codes, first_events, width, counts)
    pairs = np.flatnonzero(counts.reshape(width, width)[1:, 1:])
    dtype = _smallest(len(pairs))
    table = np.full(known * known, len(pairs), dtype)
    table[pairs] = np.arange(len(pairs), dtype=dtype)
    numbers = np.full((width, width), len(pairs), dtype)
    numbers[1:, 1:] = table.reshape(known, known)
    found = np.empty(len(codes), dtype)
    together(lambda part: step_loops.number_pairs(codes, part, width, numbers.ravel(), found), parts)
    step_loops.number_ends(first_events, len(pairs), found)
    return Steps(found, pairs, known, first_events)


def _steps_by_sorting(codes: Array, known: int, first_events: NDArray[np.int64]) -> Steps:
    there = np.zeros(len(codes), np.bool_)
    there[:-1] = (codes[:-1] >= 0) & (codes[1:] >= 0)
    there[first_events[1:] - 1] = False
    one = np.flatnonzero(there)
    pairs, places = np.unique(codes[one].astype(np.int64) * known + codes[one + 1], return_inverse=True)
    numbers = np.full(len(codes), len(pairs), _smallest(len(pairs)))
    numbers[one] = places
    return Steps(numbers, pairs, known, first_events)


def _smallest(highest: int) -> type[np.unsignedinteger]:
    if highest <= MOST_IN_A_BYTE:
        return np.uint8
    return np.uint16 if highest < 2**16 else np.uint32


def _pair_counts(codes: Array, width: int, part: Part) -> Numbers:
    counts = np.zeros((2, width * width), np.int64)
    step_loops.count_pairs(codes, part, width, counts)
    return counts


def tallied(numbers: Array, many: int) -> Numbers:
    """How often each number, from 0 up to ``many``, is among these."""

    def tally(part: Part) -> Array:
        counts = np.zeros((2, many), np.uint32)
        step_loops.tally(numbers[slice(*part)], counts)
        return counts

    found: Numbers = added(together(tally, rows_in_parts(len(numbers)))).sum(axis=0, dtype=np.int64)
    return found


def _chosen(steps: Steps, chosen: Flags, part: Part) -> Numbers:
    counts = np.zeros(len(steps.pairs) + 1, np.int64)
    step_loops.tally_chosen(steps.numbers, (steps.first_events, *part, chosen), counts)
    return counts


def _timed(steps: Steps, at_us: Array, chosen: Flags, width: int, part: Part) -> tuple[Array, Array]:
    cells, sums = np.zeros((len(steps.pairs), width), np.uint32), np.zeros((len(steps.pairs), 2), np.int64)
    step_loops.time_steps((steps.numbers, at_us), (steps.first_events, *part, chosen), cells, sums)
    return cells, sums
