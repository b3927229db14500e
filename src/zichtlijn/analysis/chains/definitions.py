"""What a metric is: written down before it is computed, and shown with every figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["cases", "events", "days", "share", "hand-overs", "per day", "score"]


@dataclass(frozen=True, slots=True)
class Definition:
    """``title`` and ``text`` are English and translation keys; ``source`` is the paper or rule it follows, or ours."""

    name: str
    title: str
    text: str
    unit: Unit
    source: str
