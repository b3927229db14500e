"""Counts too small to show: hidden, and with them enough others that no total gives them away."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Hidden = npt.NDArray[np.bool_]
Cell = tuple[int, int]


def hidden(counts: npt.ArrayLike, minimum: int, *, total_known: bool = True) -> Hidden:
    """Which counts of a row to hide: those from 1 up to ``minimum`` - 1, and what would give them away.

    With the total known, a single hidden count would follow by subtraction, and so would hidden counts that together
    stay below the minimum say too much; then the smallest others are hidden too. A count of 0 tells about nobody and is
    hidden only when there is nothing else to hide behind.
    """
    given = np.asarray(counts, dtype=np.int64)
    out: Hidden = (given > 0) & (given < minimum)
    if not total_known:
        return out
    order = sorted(range(len(given)), key=lambda place: (given[place] == 0, given[place], place))
    for place in order:
        if not out.any() or (out.sum() >= 2 and given[out].sum() >= minimum):
            break
        out[place] = True
    return out


def rounded(count: float, step: int) -> int:
    """The nearest multiple of ``step``, halves up: for counts that can stand beside nearly the same count.

    What hides within one table does not reach across figures of which people choose the questions; of two rounded
    counts the difference says no more than that it lies within one step of the difference shown.
    """
    return int((count + step / 2) // step) * step


def hidden_together(flows: npt.ArrayLike, others: npt.ArrayLike, minimum: int) -> Hidden:
    """Which moments of several series to hide, of shapes (series, moments): all series at a moment, or none.

    ``others`` are levels that follow from the ``flows``: each is the one before, with what came in and without what
    went out. So a hidden level follows from what is shown at the moment after it, and what flowed in a hidden stretch
    from the levels around it. A small level therefore takes the next moment with it, and what is hidden of each flow
    in a stretch is nothing, or at least the minimum on at least two moments. Everything is hidden when a flow does not
    have that much.
    """
    known, rest = (np.atleast_2d(np.asarray(given, dtype=np.int64)) for given in (flows, others))
    out: Hidden = np.asarray(np.any((known > 0) & (known < minimum), axis=0), dtype=np.bool_)
    if rest.size:
        low = np.any((rest > 0) & (rest < minimum), axis=0)
        out |= low
        out[1:] |= low[:-1]
    while (too_little := _stretch_with_too_little(known, out, minimum)) is not None:
        series, first, last = too_little
        places = np.flatnonzero(series)
        outside = places[(places < first) | (places > last)]
        if not outside.size:
            out[:] = True
            break
        nearest = outside[np.argmin(np.maximum(first - outside, outside - last))]
        out[min(first, nearest) : max(last, nearest) + 1] = True
    return out


def _stretch_with_too_little(
    flows: npt.NDArray[np.int64], out: Hidden, minimum: int
) -> tuple[npt.NDArray[np.int64], int, int] | None:
    """A flow, and the first and last moment of a hidden stretch that tells too much of it."""
    turns = np.flatnonzero(np.diff(np.concatenate([[False], out, [False]])))
    for first, end in zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True):
        for series in flows:
            said = series[first:end]
            if said.any() and ((said > 0).sum() < 2 or said.sum() < minimum):
                return series, first, end - 1
    return None


def hidden_in_table(counts: npt.ArrayLike, minimum: int) -> Hidden:
    """The same for a table of at least two rows and columns of which the totals of rows and columns are known.

    Hidden counts are the edges of a graph between rows and columns; a count follows from the totals exactly when its
    edge is a bridge (Gusfield 1988, A graph theoretic approach to statistical data security, SIAM J. Comput. 17).
    Rectangles with the fewest cases are hidden along until there is no bridge, and no line that holds too little.
    """
    given = np.asarray(counts, dtype=np.int64)
    if min(given.shape) < 2:
        raise ValueError("a table of one row or column has no totals to protect; use hidden()")
    out: Hidden = (given > 0) & (given < minimum)
    while (told := _given_away(given, out, minimum)) is not None:
        for cell in _cheapest_rectangle(given, out, told):
            out[cell] = True
    return out


def _given_away(given: npt.NDArray[np.int64], out: Hidden, minimum: int) -> Cell | None:
    """A hidden cell that the totals give away, or one in a line whose hidden cells hold less than the minimum."""
    for row, column in np.argwhere(out).tolist():
        others = out.copy()
        others[row, column] = False
        if not _tied(others, row, column):
            return row, column
        for line in (np.s_[row, :], np.s_[:, column]):
            if given[line][out[line]].sum() < minimum and not out[line].all():
                return row, column
    return None


def _tied(out: Hidden, row: int, column: int) -> bool:
    """Whether the row and the column are connected by hidden cells."""
    rows = np.arange(out.shape[0]) == row
    while True:
        columns = np.any(out[rows], axis=0)
        following = rows | np.any(out[:, columns], axis=1)
        if np.array_equal(following, rows):
            return bool(np.any(columns[column]))
        rows = following


def _cheapest_rectangle(given: npt.NDArray[np.int64], out: Hidden, cell: Cell) -> list[Cell]:
    """The three cells that make a rectangle with this one, with the fewest cases newly hidden, zeros last."""
    row, column = cell
    cost = np.where(out, 0, np.where(given == 0, given.sum() + 1, given))

    def price(corners: list[Cell]) -> tuple[bool, int]:
        return all(out[one] for one in corners), sum(int(cost[one]) for one in corners)

    rectangles = (
        [(row, other), (other_row, column), (other_row, other)]
        for other_row in range(given.shape[0])
        for other in range(given.shape[1])
        if other_row != row and other != column
    )
    return min(rectangles, key=price)
