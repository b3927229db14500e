"""Reading order: the columns of a page from the places of its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .pdf_lines import Line

# White space at least this many points wide over the whole height of a band separates columns.
_GUTTER = 7.0
# A line may reach this far into the white space, by a hyphen or a closing quote.
_OVERHANG = 3.0
# Fewer lines than this are no column.
_FEWEST_LINES = 3
# Lines wider than this share of the band may run over the columns.
_WIDE_SHARE = 0.62

Column = list[Line]


def columns_of(lines: Sequence[Line]) -> list[Column]:
    """The lines of a page as columns in reading order.

    Lines that run over the columns (heads over the full width) divide the page into bands, each read column by
    column, from left to right.
    """
    ordered = sorted(lines, key=lambda line: (-line.base, line.left))
    gutters = _gutters(ordered)
    if not gutters:
        return [ordered] if ordered else []
    columns: list[Column] = []
    for band in _bands(ordered, gutters):
        columns += [column for column in band if column]
    return columns


def _gutters(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Stretches of white between columns: left and right edge of each."""
    if len(lines) < 2 * _FEWEST_LINES:
        return []
    width = max(line.right for line in lines) - min(line.left for line in lines)
    narrow = [line for line in lines if line.right - line.left <= _WIDE_SHARE * width]
    groups = _groups(narrow)
    full = [group for group in groups if len(group) >= _FEWEST_LINES]
    if len(full) < 2 or len(narrow) < 0.5 * len(lines):
        return []
    edges = [(min(line.left for line in group), max(line.right for line in group)) for group in full]
    return [(before[1], after[0]) for before, after in pairwise(edges)]


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that overlap from left to right taken together, with white between the groups."""
    groups: list[list[Line]] = []
    reach = float("-inf")
    for line in sorted(lines, key=lambda line: line.left):
        if not groups or line.left > reach + _GUTTER:
            groups.append([])
        groups[-1].append(line)
        reach = max(reach, line.right)
    return groups


def _bands(lines: Sequence[Line], gutters: Sequence[tuple[float, float]]) -> Iterator[list[Column]]:
    band: list[Column] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        if _runs_over(line, gutters):
            yield band
            yield [[line]]
            band = [[] for _ in range(len(gutters) + 1)]
        else:
            band[sum(line.left > left - _OVERHANG for left, _ in gutters)].append(line)
    yield band


def _runs_over(line: Line, gutters: Sequence[tuple[float, float]]) -> bool:
    return any(line.left < left - _OVERHANG and line.right > right + _OVERHANG for left, right in gutters)
