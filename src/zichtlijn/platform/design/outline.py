"""An outline: things under things, as a list that can be read and walked through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Node:
    """One line of an outline. ``kind`` says what it is (goal, activity), ``status`` and ``tone`` make a badge."""

    label: Any
    url: str = ""
    kind: Any = ""
    note: Any = ""
    status: Any = ""
    tone: str = "neutral"
    current: bool = False
    folded: bool = False
    children: Sequence[Node] = field(default_factory=tuple)
