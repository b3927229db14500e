"""The twin of a drawing: the same facts in a table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Twin:
    """``heads``: English words of HEADS, translated where the table is shown, or words of the drawing; rows as wide."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
