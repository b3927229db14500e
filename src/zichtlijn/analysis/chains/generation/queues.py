"""Waiting in order of arrival for a place, at many queues at once and without a loop over cases.

A queue has a capacity of places per working day, evenly spread, that may change once. In places passed since the
beginning, case i can start at ``s[i] = max(a[i], s[i-1] + 1)`` (Lindley, 1952, "The theory of queues with a single
server"), with ``a`` its moment of arrival on that clock. Unrolled this is ``s[i] = i + max over j <= i of (a[j] - j)``:
one running maximum. With arrivals at random this is the queue M/D/1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zichtlijn.analysis.chains.generation.working_time import Floats, Ints


@dataclass(frozen=True)
class Capacity:
    """Places per working day of each queue, ``before`` and ``after`` the moment ``change`` (in working days)."""

    before: Floats
    after: Floats
    change: float

    def passed(self, queue: Ints, moment: Floats) -> Floats:
        """Places passed since the beginning, at a moment."""
        late = np.maximum(moment - self.change, 0.0)
        return self.before[queue] * (moment - late) + self.after[queue] * late

    def moment(self, queue: Ints, passed: Floats) -> Floats:
        """The moment at which so many places had passed."""
        knee = self.before[queue] * self.change
        early = passed / self.before[queue]
        return np.where(passed <= knee, early, self.change + (passed - knee) / self.after[queue])


def served_at(queue: Ints, ready: Floats, capacity: Capacity) -> Floats:
    """When each case is served, in working days; ``queue`` is where it waits, ``ready`` from when it could start."""
    if not len(ready):
        return ready
    order = np.lexsort((ready, queue))
    queue_in_order = queue[order]
    size = np.bincount(queue_in_order, minlength=len(capacity.before))
    place = np.arange(len(order)) - np.repeat(np.cumsum(size) - size, size)
    free = capacity.passed(queue_in_order, ready[order]) - place
    # One running maximum serves all queues: each is lifted clear above the one before it.
    lift = queue_in_order * (float(np.ptp(free)) + 1.0)
    passed = np.maximum.accumulate(free + lift) - lift + place
    moments = np.empty_like(ready)
    moments[order] = np.maximum(capacity.moment(queue_in_order, passed), ready[order])
    return moments
