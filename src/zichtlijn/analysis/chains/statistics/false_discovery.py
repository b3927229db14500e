"""Many comparisons at once: how many of the differences found may be chance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from zichtlijn.analysis.chains.statistics.survival import Floats


def benjamini_hochberg(p_values: npt.ArrayLike) -> Floats:
    """q-values after Benjamini & Hochberg (1995): of those with q at most x, on average at most a share x is chance.

    A NaN takes no part and stays NaN.
    """
    return _step_up(np.asarray(p_values, dtype=float), 1.0)


def benjamini_yekutieli(p_values: npt.ArrayLike) -> Floats:
    """The same under any dependence between the comparisons (Benjamini & Yekutieli 2001): stricter."""
    given = np.asarray(p_values, dtype=float)
    taking_part = int(np.isfinite(given).sum())
    return _step_up(given, float(np.sum(1 / np.arange(1, taking_part + 1))))


def _step_up(p_values: Floats, factor: float) -> Floats:
    q_values = np.full(p_values.shape, np.nan)
    known = np.flatnonzero(np.isfinite(p_values))
    if len(known) == 0:
        return q_values
    order = known[np.argsort(p_values[known], kind="stable")]
    scaled = p_values[order] * factor * len(known) / np.arange(1, len(known) + 1)
    q_values[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q_values
