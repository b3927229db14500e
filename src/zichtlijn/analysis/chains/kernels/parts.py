"""A log in parts of whole cases, one for each processor."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Part = tuple[int, int]
Found = TypeVar("Found")
FEWEST_EVENTS = 200_000
"""A part of fewer is done sooner than a thread starts."""
MOST_PARTS = 8
"""Each part counts in a table of its own."""


def processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def parts_of(first_events: NDArray[np.int64]) -> list[Part]:
    """Ranges of cases with about as many events each; ``first_events``: see ``LogColumns``. Of anything else too."""
    cases, events = len(first_events) - 1, int(first_events[-1])
    many = max(1, min(processors(), MOST_PARTS, events // FEWEST_EVENTS))
    edges = np.searchsorted(first_events, [events * part // many for part in range(1, many)]).tolist()
    return list(zip([0, *edges], [*edges, cases], strict=True))


def rows_in_parts(rows: int) -> list[Part]:
    """Ranges of rows, each but the last of an even number of them."""
    many = max(1, min(processors(), MOST_PARTS, rows // FEWEST_EVENTS))
    edges = [rows * part // many // 2 * 2 for part in range(1, many)]
    return list(zip([0, *edges], [*edges, rows], strict=True))


def added(tables: Sequence[Array]) -> Array:
    """The sum of the tables of all parts, in the first of them."""
    total = tables[0]
    for table in tables[1:]:
        total += table
    return total


def together(work: Callable[[Part], Found], parts: list[Part]) -> list[Found]:
    """What the work on each part gives, all parts at once. The threads end with it, so that a process can fork."""
    if len(parts) == 1:
        return [work(parts[0])]
    with ThreadPoolExecutor(len(parts)) as threads:
        return list(threads.map(work, parts))
