"""What is still usual: below these limits nothing is called a phenomenon. All can be set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zichtlijn.analysis.chains.statistics.distributions import binomial_above


@dataclass(frozen=True, slots=True)
class Limits:
    """``level``: of those found, at most this share is chance on average. Fewer than ``fewest`` cases are not judged.

    ``lost_share``, ``returned_share`` and ``late_share``: up to which it is usual. ``growth``: by which share a list
    may be larger at the end than at the beginning. ``regional_ratio``: how many times as long a region may take.
    """

    level: float = 0.05
    fewest: int = 30
    lost_share: float = 0.01
    returned_share: float = 0.05
    late_share: float = 0.10
    growth: float = 0.25
    regional_ratio: float = 1.15


LIMITS = Limits()


def p_above(hits: int, of: int, usual: float) -> float:
    """Exact binomial: the chance of so many or more when the share is the usual one."""
    return float(binomial_above(hits - 1, of, usual))


def strength_of_share(share: float, usual: float) -> float:
    """Cohen's h between two shares (Cohen 1988, chapter 6)."""
    return float(2 * np.arcsin(np.sqrt(share)) - 2 * np.arcsin(np.sqrt(usual)))
