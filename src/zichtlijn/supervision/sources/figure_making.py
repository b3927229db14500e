"""Computing a metric of a dataset, and comparing what came out with what was kept."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.texts import gettext_noop

from .dataset_times import moment
from .models import Agreement, Dataset

Pairs = Sequence[tuple[str, str]]

AGREEMENT = "agreement"
"""The name in an address before the digest of what the log is held against."""
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
    agreement: Agreement | None = None


def make_figure(dataset: Dataset, metric: str, selection: Pairs) -> Made:
    """Compute ``metric`` of the prepared log as it is now; the selection names the agreement that goes with it.

    Raises LogError, also for a selection with a value that the log does not have (any more).
    """
    from . import chain_figures

    log = dataset.open_prepared()
    agreement = agreement_asked(dataset, metric, selection)
    chosen, unknown = chain_figures.selection_of(log, grouped(selection))
    if unknown:
        raise LogError("unknown-value", "%(value)s does not occur in this log.", value=", ".join(unknown))
    pairs = tuple(chain_figures.query_of(log, chosen))
    if agreement is None:
        result = chain_figures.compute(metric, log, chosen)
    else:
        result = chain_figures.compute_agreed(metric, log, agreement.contents, chosen)
        of_selection = chain_figures.AGREED[metric].of_selection
        pairs = ((AGREEMENT, agreement.digest), *(pairs if of_selection else ()))
    return Made(metric, pairs, log.manifest.digest, moment(log.manifest.cut_off_us), result, agreement)


def agreement_asked(dataset: Dataset, metric: str, pairs: Pairs) -> Agreement | None:
    """What a figure holds the log against, by the digest among the pairs; None for a figure of the log alone.

    Also one that was taken away since, so that what was kept can be made again. Raises LogError for one that there is
    not.
    """
    from . import chain_figures

    if metric not in chain_figures.AGREED:
        return None
    digest = dict(pairs).get(AGREEMENT, "")
    found = Agreement.objects.filter(dataset=dataset, digest=digest).first()
    if found is None or found.metric != metric:
        message = gettext_noop("What this figure is held against is not with the dataset.")
        raise LogError("unknown-agreement", message)
    return found


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
