"""The scale on which times are counted: whole seconds, minutes, hours or days, the longer the coarser.

A histogram of durations must stay small whatever the log, and yet say something about minutes and about years. So a
duration is counted in whole seconds up to two hours, whole minutes up to five days, whole hours up to 300 days, and
whole days beyond: a step is never more than 1/120 of the duration. A duration is rounded down to its step.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
HOUR_US = 60 * MINUTE_US
DAY_US = 24 * HOUR_US


class Step(NamedTuple):
    """From ``from_us`` on, durations are counted in whole ``width_us``; the first of those has the number ``bin``."""

    from_us: int
    width_us: int
    bin: int


def _steps() -> tuple[Step, ...]:
    found: list[Step] = []
    starts = ((0, SECOND_US), (2 * HOUR_US, MINUTE_US), (5 * DAY_US, HOUR_US), (300 * DAY_US, DAY_US))
    for from_us, width_us in starts:
        before = found[-1] if found else Step(0, width_us, 0)
        found.append(Step(from_us, width_us, before.bin + (from_us - before.from_us) // before.width_us))
    return tuple(found)


STEPS = _steps()


def time_bins(durations_us: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of the step of each duration, none of them negative; the longer, the higher."""
    which = np.searchsorted(_FROM_US, durations_us, side="right") - 1
    return _BIN[which] + (durations_us - _FROM_US[which]) // _WIDTH_US[which]


def bin_starts_us(bins: NDArray[np.int64]) -> NDArray[np.int64]:
    """The shortest duration of each step."""
    which = np.searchsorted(_BIN, bins, side="right") - 1
    return _FROM_US[which] + (bins - _BIN[which]) * _WIDTH_US[which]


_FROM_US, _WIDTH_US, _BIN = (np.array(column, dtype=np.int64) for column in zip(*STEPS, strict=True))
SCALE = (_FROM_US, _WIDTH_US, _BIN)
"""The steps as arrays, for compiled loops: where each begins, how wide, and the number of its first duration."""
