"""Reading order: the columns of a page from the places of its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .pdf_lines import Line

# White space at least this many points wide over the whole height of a band separates columns.
_GUTTER = 7.0
# A line may reach this far into the white space, by a hyphen or a closing quote.
_OVERHANG = 3.0
# Fewer lines than this are no column.
_FEWEST_LINES = 3
# Share of the lines, such as heads over the full width, that may run through the white between columns.
_CROSSING_SHARE = 0.12
# Share of the letters of a page that a column holds at least.
_COLUMN_SHARE = 0.12
# Columns of two pages that begin this many points apart are the same.
_TOLERANCE = 5.0

Column = list[Line]
Gutter = tuple[float, float]


def columns_of(pages: Sequence[Sequence[Line]]) -> list[list[Column]]:
    """The lines of each page as columns in reading order.

    Lines that run over the columns (heads over the full width) divide a page into bands, each read column by column,
    from left to right. A page too empty to show its columns by itself has those of the other pages.
    """
    ordered = [sorted(lines, key=lambda line: (-line.base, line.left)) for lines in pages]
    gutters = [_gutters(lines) for lines in ordered]
    usual = Counter(tuple(found) for found in gutters if found).most_common(1)
    if usual:
        common = list(usual[0][0])
        gutters = [
            found or (common if _fits(lines, common) else []) for lines, found in zip(ordered, gutters, strict=True)
        ]
    return [_columns(lines, found) for lines, found in zip(ordered, gutters, strict=True)]


def _fits(lines: Sequence[Line], gutters: Sequence[Gutter]) -> bool:
    """Whether lines begin at the second column of other pages and hardly any runs over the white before it."""
    begins = any(abs(line.left - gutters[0][1]) < _TOLERANCE for line in lines)
    return begins and sum(_runs_over(line, gutters) for line in lines) <= _CROSSING_SHARE * len(lines)


def _columns(lines: Column, gutters: Sequence[Gutter]) -> list[Column]:
    if not gutters:
        return [lines] if lines else []
    return [column for band in _bands(lines, gutters) for column in band if column]


def _gutters(lines: Sequence[Line]) -> list[Gutter]:
    """Stretches of white between columns: left and right edge of each."""
    if len(lines) < 2 * _FEWEST_LINES:
        return []
    found: list[Gutter] = []
    for low, high in _white(lines):
        between = [line for line in lines if not found or line.left >= found[-1][1] - _OVERHANG]
        left = [line for line in between if line.right <= high + _OVERHANG]
        right = [line for line in lines if line.left >= low - _OVERHANG]
        if _is_column(left, lines) and _is_column(right, lines):
            found.append((low, high))
    return found


def _is_column(lines: Sequence[Line], page: Sequence[Line]) -> bool:
    """Whether lines are a column of text and not a few labels or page numbers."""
    return len(lines) >= _FEWEST_LINES and _length(lines) >= _COLUMN_SHARE * _length(page)


def _white(lines: Sequence[Line]) -> list[Gutter]:
    """Stretches between left and right that hardly any line runs through."""
    most = max(1, int(_CROSSING_SHARE * len(lines)))
    events = sorted([(line.left, 1) for line in lines] + [(line.right, -1) for line in lines])
    white: list[Gutter] = []
    covered = 0
    start: float | None = None
    for x, step in events:
        covered += step
        if covered <= most and start is None:
            start = x
        elif covered > most and start is not None:
            if x - start >= _GUTTER and start > events[0][0] + _GUTTER:
                white.append((start, x))
            start = None
    return white


def _length(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _bands(lines: Sequence[Line], gutters: Sequence[Gutter]) -> Iterator[list[Column]]:
    band: list[Column] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        if _runs_over(line, gutters):
            yield band
            yield [[line]]
            band = [[] for _ in range(len(gutters) + 1)]
        else:
            band[sum(line.left > left - _OVERHANG for left, _ in gutters)].append(line)
    yield band


def _runs_over(line: Line, gutters: Sequence[Gutter]) -> bool:
    return any(line.left < left - _OVERHANG and line.right > right + _OVERHANG for left, right in gutters)
