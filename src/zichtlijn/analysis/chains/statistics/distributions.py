"""The distributions that the statistics need, on ``scipy.special``: ``scipy.stats`` takes a second or more to import.

``…_above`` is the chance of more than a value, ``…_quantile`` the value that a share does not exceed. Numbers or
arrays, which broadcast.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]


def normal_above(z: npt.ArrayLike) -> Any:
    """Standard normal."""
    return special.ndtr(-np.asarray(z, dtype=np.float64))


def normal_quantile(share: npt.ArrayLike) -> Any:
    """Standard normal."""
    return special.ndtri(share)


def chi_squared_above(value: npt.ArrayLike, degrees: npt.ArrayLike) -> Any:
    """With so many degrees of freedom."""
    return special.chdtrc(degrees, value)


def t_above(value: npt.ArrayLike, degrees: npt.ArrayLike) -> Any:
    """Student's t."""
    return special.stdtr(degrees, -np.asarray(value, dtype=np.float64))


def f_above(value: npt.ArrayLike, numerator: npt.ArrayLike, denominator: npt.ArrayLike) -> Any:
    """Fisher's F, with degrees of freedom of the numerator and the denominator."""
    return special.fdtrc(numerator, denominator, value)


def beta_quantile(share: npt.ArrayLike, a: npt.ArrayLike, b: npt.ArrayLike) -> Any:
    """Beta with shapes ``a`` and ``b``, above 0."""
    return special.betaincinv(a, b, share)


def binomial_above(hits: npt.ArrayLike, of: npt.ArrayLike, share: npt.ArrayLike) -> Any:
    """More than ``hits`` (whole numbers, -1 for certainty) out of ``of``."""
    k, n = np.asarray(hits, dtype=np.float64), np.asarray(of, dtype=np.float64)
    inside = special.betainc(np.maximum(k, 0) + 1, np.maximum(n - k, 1), share)
    return np.where(k < 0, 1.0, np.where(k >= n, 0.0, inside))[()]


def binomial_up_to(hits: npt.ArrayLike, of: npt.ArrayLike, share: npt.ArrayLike) -> Any:
    """``hits`` (whole numbers) or fewer out of ``of``."""
    k, n = np.asarray(hits, dtype=np.float64), np.asarray(of, dtype=np.float64)
    inside = special.betaincc(np.maximum(k, 0) + 1, np.maximum(n - k, 1), share)
    return np.where(k < 0, 0.0, np.where(k >= n, 1.0, inside))[()]


def binomial_quantile(part: float, of: npt.ArrayLike, share: float) -> Floats:
    """The fewest hits that are not exceeded with a chance of ``part`` (above 0, below 1); shape of ``of``."""
    n = np.asarray(of, dtype=np.float64)
    if not 0 < share < 1:
        return n * share
    near = np.ceil(special.bdtrik(part, n, share))
    hits = np.clip(np.nan_to_num(near), 0, n)
    # The inverse is of a continuous function: its answer can be one off
    hits = np.where((hits > 0) & (binomial_up_to(hits - 1, n, share) >= part), hits - 1, hits)
    found: Floats = np.where(binomial_up_to(hits, n, share) < part, hits + 1, hits)
    return found


def ranks(values: npt.ArrayLike) -> Floats:
    """From 1 up; equal values have the mean of the ranks they share."""
    _distinct, place, count = np.unique(np.asarray(values), return_inverse=True, return_counts=True)
    shared: Floats = np.cumsum(count) - (count - 1) / 2
    return shared[place]
