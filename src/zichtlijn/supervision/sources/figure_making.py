"""Computing a metric of a dataset, and comparing what came out with what was kept."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zichtlijn.analysis.eventlogs.model import LogError

from .dataset_times import moment
from .models import Dataset

Pairs = Sequence[tuple[str, str]]

DIGITS = 9
"""Floats that agree in so many significant digits are the same: engines add in another order."""


@dataclass(frozen=True)
class Made:
    """A metric as it was computed: of which log, of which part of it, and up to when that was complete."""

    metric: str
    selection: Pairs
    digest: str
    cut_off: datetime
    result: Any


def make_figure(dataset: Dataset, metric: str, selection: Pairs) -> Made:
    """Compute ``metric`` of the prepared log as it is now.

    Raises LogError, also for a selection with a value that the log does not have (any more).
    """
    from . import chain_figures

    log = dataset.open_prepared()
    chosen, unknown = chain_figures.selection_of(log, grouped(selection))
    if unknown:
        raise LogError("unknown-value", "%(value)s does not occur in this log.", value=", ".join(unknown))
    result = chain_figures.compute(metric, log, chosen)
    pairs = tuple(chain_figures.query_of(log, chosen))
    return Made(metric, pairs, log.manifest.digest, moment(log.manifest.cut_off_us), result)


def grouped(pairs: Pairs) -> dict[str, list[str]]:
    """Pairs of an address by their name."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def is_same(one: Any, other: Any) -> bool:
    """Equal, floats in their significant digits."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(is_same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, float) or isinstance(other, float):
        return _same_number(one, other)
    return type(one) is type(other) and one == other


def _same_number(one: Any, other: Any) -> bool:
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return numbers and math.isclose(one, other, rel_tol=10.0**-DIGITS, abs_tol=1e-12)
