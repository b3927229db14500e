"""What a waiting list needs: load, target size, capacity and pressure.

After Fong and others, Understanding Waiting List Pressures (medRxiv 2022.08.23.22279117, facts 1-9), with the formulas
as the R package NHSRwaitinglist 0.1.2 has them. Rates and times share one unit of time: arrivals per day with a term in
days, or per week with a term in weeks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MEAN_PART = 4.0  # a mean wait of a quarter of the term leaves 1.8 % beyond it when waits are exponential (fact 4)
TOO_BIG = 2.0  # above twice the target size a list does not come down by itself in time (fact 7)


def queue_load(demand: float, capacity: float) -> float:
    """Arrivals per departure; above 1 the list grows without end (facts 1 and 2). Infinite without departures."""
    if capacity == 0:
        return float("inf") if demand > 0 else float("nan")
    return demand / capacity


def target_mean_wait(target_wait: float, part: float = MEAN_PART) -> float:
    """The mean wait at which nearly all are helped within the term (fact 4)."""
    return target_wait / part


def target_queue_size(demand: float, target_wait: float, part: float = MEAN_PART) -> float:
    """How many may wait: Little's law with the target mean wait (facts 5 and 6)."""
    return demand * target_mean_wait(target_wait, part)


def target_capacity(
    demand: float, target_wait: float, *, part: float = MEAN_PART, cv_demand: float = 1.0, cv_capacity: float = 1.0
) -> float:
    """Capacity that keeps a list at its target size: Kingman's formula with Marchal's approximation (fact 8).

    ``cv_…``: coefficient of variation of the times between arrivals, and between departures.
    """
    return demand + (cv_demand**2 + cv_capacity**2) / 2 * (part / target_wait)


def relief_capacity(demand: float, queue_size: float, target_size: float, time_to_target: float = 26.0) -> float:
    """Capacity that brings a list down to its target size in time: the arrivals and an equal part of the excess."""
    return demand + (queue_size - target_size) / time_to_target


def waiting_list_pressure(mean_wait: float, target_wait: float) -> float:
    """Twice the mean wait of those waiting over the term; above 1 the term is most likely missed (fact 9)."""
    return 2 * mean_wait / target_wait


@dataclass(frozen=True, slots=True)
class Backlog:
    """The state of one list. ``needed_capacity`` is the relief capacity when the list is too big, else the target's.

    Every rate is per day and every wait in days.
    """

    demand: float
    capacity: float
    queue_size: int
    mean_wait_days: float
    load: float
    target_size: float
    too_big: bool
    needed_capacity: float
    pressure: float


def backlog(
    *,
    arrivals: int,
    departures: int,
    days: float,
    queue_size: int,
    mean_wait_days: float,
    term_days: float,
    days_to_target: float = 182.0,
    cv_demand: float = 1.0,
    cv_capacity: float = 1.0,
) -> Backlog:
    """All of it for a list with ``arrivals`` and ``departures`` in ``days``; the mean wait is NaN when nobody waits."""
    demand, capacity = arrivals / days, departures / days
    target = target_queue_size(demand, term_days)
    too_big = queue_size > TOO_BIG * target
    if too_big:
        needed = relief_capacity(demand, queue_size, target, days_to_target)
    else:
        needed = target_capacity(demand, term_days, cv_demand=cv_demand, cv_capacity=cv_capacity)
    waited = 0.0 if np.isnan(mean_wait_days) else mean_wait_days
    pressure = waiting_list_pressure(waited, term_days)
    load = queue_load(demand, capacity)
    return Backlog(demand, capacity, queue_size, mean_wait_days, load, target, too_big, needed, pressure)
