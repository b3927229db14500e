"""From cells in the order of the text to columns, compiled."""

from __future__ import annotations

from typing import Any

from zichtlijn.analysis.eventlogs.readers.xes_bytes import compiled


@compiled
def group(keys: Any, of: Any, starts: Any, order: Any) -> None:
    """Counting sort: ``order`` gets the places of ``of`` grouped by ``keys[of[i]]``, in their own order within each.

    ``starts`` has a place more than there are groups.
    """
    starts[:] = 0
    for i in range(len(of)):
        starts[keys[of[i]] + 1] += 1
    for i in range(1, len(starts)):
        starts[i] += starts[i - 1]
    free = starts.copy()
    for i in range(len(of)):
        key = keys[of[i]]
        order[free[key]] = i
        free[key] += 1


@compiled
def number_within(order: Any, starts: Any, places: Any) -> None:
    """``places``: the how-manieth of its group each one is."""
    for number in range(len(starts) - 1):
        for i in range(starts[number], starts[number + 1]):
            places[order[i]] = i - starts[number]


@compiled
def fill(  # noqa: PLR0917 - compiled code takes arrays by place
    cells: Any, cell_row: Any, cell_entry: Any, entry_place: Any, codes: Any, valid: Any, uses: Any
) -> int:
    """Per row the place of its entry, a bitmap of the rows that have one, and how often each entry is used.

    The last cell of a row counts. Returns how many cells were in a row that had one already.
    """
    repeated = 0
    for i in range(len(cells)):
        row, place = cell_row[cells[i]], entry_place[cell_entry[cells[i]]]
        if valid[row >> 3] >> (row & 7) & 1:
            repeated += 1
            uses[codes[row]] -= 1
        valid[row >> 3] |= 1 << (row & 7)
        codes[row] = place
        uses[place] += 1
    return repeated


@compiled
def gather(text: Any, starts: Any, lengths: Any, offsets: Any, letters: Any) -> None:
    """The texts of entries one after another, as an Arrow string array has them."""
    used = 0
    for i in range(len(starts)):
        offsets[i] = used
        for at in range(starts[i], starts[i] + lengths[i]):
            letters[used] = text[at]
            used += 1
    offsets[len(starts)] = used
