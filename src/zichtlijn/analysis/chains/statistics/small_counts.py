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


def hidden_together(flows: npt.ArrayLike, others: npt.ArrayLike, minimum: int) -> Hidden:
    """Which moments of several series to hide, of shapes (series, moments): all series at a moment, or none.

    One of them follows from the others, as a level does from what came in and went out. The totals of ``flows`` are
    known, so that what is hidden of each is nothing, or at least the minimum on at least two moments.
    """
    known, rest = (np.atleast_2d(np.asarray(given, dtype=np.int64)) for given in (flows, others))
    every = np.vstack([known, rest]) if rest.size else known
    out: Hidden = np.asarray(np.any((every > 0) & (every < minimum), axis=0), dtype=np.bool_)
    for series in known:
        for place in np.argsort(np.where(series == 0, series.sum() + 1, series), kind="stable").tolist():
            said = series[out]
            if not said.sum() or ((said > 0).sum() >= 2 and said.sum() >= minimum):
                break
            out[place] = True
    return out


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
