"""Cases as they were known at the cut-off: ended by then, or open and so of a duration that is known only in part."""

from __future__ import annotations

from typing import Literal, get_args

import ibis
import ibis.expr.types as ir
import numpy as np
from ibis import _

from zichtlijn.analysis.chains.answers import UNKNOWN, Answer, Numbers
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.eventlogs.prepared import Dimension
from zichtlijn.analysis.eventlogs.time_scale import DAY_US, HOUR_US, SECOND_US

Grouping = Literal["region", "group", "citizen_group", "first_organisation", "last_organisation"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
TimeUnit = Literal["days", "hours", "seconds"]
UNIT_US: dict[TimeUnit, int] = {"days": DAY_US, "hours": HOUR_US, "seconds": SECOND_US}


def known_at(table: ir.Table, start: str, end: str, cut_off_us: int | None) -> ir.Table:
    """``table`` with ``ended`` (1, or 0 while open) and ``stop_us``: its end, or the cut-off for what was open then.

    What started after the cut-off is left out; an end after it was not yet known. Without a cut-off (only to look at
    the expression) what is open stops where it starts.
    """
    if cut_off_us is None:
        ended, stop = table[end].notnull(), table[end].coalesce(table[start])
        return table.mutate(ended=ended.cast("int64"), stop_us=stop)
    ended = (table[end] <= cut_off_us).coalesce(ibis.literal(False))
    known = table.mutate(ended=ended.cast("int64"), stop_us=ibis.ifelse(ended, table[end], cut_off_us))
    return known.filter(known[start] <= cut_off_us)


def cases_known_at(selection: Selection, cut_off_us: int | None) -> ir.Table:
    """The cases of a selection with ``ended`` and ``stop_us``."""
    cases = selection.cases()
    closing = cases.mutate(closing_us=ibis.ifelse(cases.closed, cases.end_us, ibis.null("int64")))
    return known_at(closing, "start_us", "closing_us", cut_off_us)


def dimension_of(grouping: str) -> Dimension:
    """The dictionary that the codes of a column belong to."""
    if grouping in ("first_organisation", "last_organisation"):
        return "organisation"
    return "activity" if grouping == "last_activity" else grouping  # type: ignore[return-value]


def time_histograms(answer: Answer, key: str | None) -> tuple[list[int], Numbers, Numbers, Numbers]:
    """Codes, distinct times, and ends and open cases of shape (codes, times), from rows of time, ended and count.

    With no key all rows are of one code. Unknown comes last.
    """
    times, columns = np.unique(answer["time"], return_inverse=True)
    given = answer[key] if key else np.zeros(len(answer["time"]), dtype=np.int64)
    codes = sorted(set(given.tolist()), key=lambda code: (code == UNKNOWN, code))
    rows = np.array([codes.index(code) for code in given.tolist()], dtype=np.int64)
    sums = np.zeros((2, len(codes), len(times)), dtype=np.int64)
    np.add.at(sums, (1 - answer["ended"], rows, columns), answer["count"])
    return codes, times, sums[0], sums[1]


def matching(table: ir.Table, column: str, code: int | None) -> ir.Table:
    """The rows with this code; those where nothing is known for ``UNKNOWN``; all for None."""
    if code is None:
        return table
    return table.filter(_[column].isnull() if code == UNKNOWN else _[column] == code)


def cut_off(log: DescribedLog) -> int:
    """Up to when the registration was complete (microseconds)."""
    return log.manifest.cut_off_us
