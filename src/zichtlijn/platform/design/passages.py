"""Passages with the cited words marked."""

from __future__ import annotations

from collections.abc import Iterable


def marked_parts(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[bool, str]]:
    """``text`` cut into parts ``(marked, words)``; ``spans`` are character offsets, end exclusive.

    Spans may overlap or stand in any order. Raises ValueError for a span that lies outside the text or is empty:
    a citation that no longer fits must be reported, not drawn somewhere else.
    """
    parts: list[tuple[bool, str]] = []
    position = 0
    for start, end in _merged(spans, len(text)):
        parts += [(False, text[position:start]), (True, text[start:end])]
        position = end
    parts.append((False, text[position:]))
    return [part for part in parts if part[1]]


def _merged(spans: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not 0 <= start < end <= length:
            raise ValueError(f"span {start}-{end} does not fit a text of {length} characters")
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
