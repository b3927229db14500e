"""Whether two sides gave the same answers to the questions of the dashboard."""

from __future__ import annotations

import math
from typing import Any

CLOSE = 1e-6
STEP = 1 / 120  # our medians are rounded down to steps of at most this part


def differences(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """The names of the figures that are not the same."""
    wrong = [name for name in ("directly_follows", "hand_overs", "rework", "variants") if ours[name] != theirs[name]]
    wrong += [
        f"throughput {name}" for name in ours["throughput"] if ours["throughput"][name] != theirs["throughput"][name]
    ]
    checks = {
        "times": same_means(ours["times"], theirs["times"]),
        "durations": same_durations(ours["durations"], theirs["durations"]),
        "stock": all(ours["stock"].get(day) == level for day, level in theirs["stock"].items()),
        "kaplan_meier": same_curve(ours["kaplan_meier"], theirs["kaplan_meier"]),
    }
    return wrong + [name for name, is_same in checks.items() if not is_same]


def same_means(ours: dict[str, float], theirs: dict[str, float]) -> bool:
    """Per pair, to a millionth part."""
    return ours.keys() == theirs.keys() and all(
        math.isclose(mean, theirs[pair], rel_tol=CLOSE, abs_tol=CLOSE) for pair, mean in ours.items()
    )


def same_durations(ours: list[float], theirs: list[float]) -> bool:
    """Number and mean; the median within our rounding."""
    return (
        ours[0] == theirs[0]
        and math.isclose(ours[1], theirs[1], rel_tol=CLOSE)
        and theirs[2] * (1 - STEP) - 1 <= ours[2] <= theirs[2] + CLOSE
    )


def same_curve(ours: list[list[float]], theirs: list[list[float]]) -> bool:
    """At every time of the peer's; it begins with a point at 0 that ours needs not have."""
    shares, last = dict(map(tuple, ours)), 1.0
    for day, share in theirs:
        last = shares.get(day, last)
        if abs(last - share) > CLOSE:
            return False
    return len(theirs) - len(ours) in (0, 1)
