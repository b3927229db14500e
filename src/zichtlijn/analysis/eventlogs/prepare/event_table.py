"""The events of sorted rows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from zichtlijn.analysis.eventlogs.prepare.sorted_rows import (
    NO_TIME,
    Array,
    Codes,
    Flags,
    Longs,
    SortedRows,
    as_table,
    days_of,
    steps_of,
)
from zichtlijn.analysis.eventlogs.prepared import EVENTS, KEPT

COLUMNS = pa.schema([*EVENTS, *KEPT])


def hands_over(rows: SortedRows) -> Flags:
    """Of every row: the next one of its case is at another known organisation than where the case is."""
    organisation = rows.codes("organisation")
    following = rows.next_of(organisation)
    # The last row with an organisation; of an earlier case when this one has none yet
    known = np.maximum.accumulate(np.where(organisation >= 0, np.arange(rows.events), -1))
    is_somewhere = known >= np.repeat(rows.starts, rows.counts)
    return is_somewhere & (following >= 0) & np.not_equal(organisation[known], following)


def events_of(rows: SortedRows, time_zone: str) -> pa.Table:
    """In the columns of ``EVENTS`` and ``KEPT``."""
    to_next_us = np.full(rows.events, NO_TIME)
    to_next_us[:-1] = np.where(rows.same_case, np.diff(rows.at_us), NO_TIME)
    columns = {name: rows.codes(name) for name in ("activity", "organisation", "region", "group", "citizen_group")}
    kept: dict[str, Array] = {f".{name}": rows.codes(name) for name in ("outcome", "filled")}
    kept |= {f".{name}": rows.longs(name) for name in ("sequence", "term_us")}
    return as_table(
        {
            **columns,
            **kept,
            ".source": rows.sources,
            "case_no": rows.case_no,
            "position": rows.position,
            "at_us": rows.at_us,
            "complete_us": rows.longs("complete_us"),
            "next_activity": rows.next_of(columns["activity"]),
            "next_organisation": rows.next_of(columns["organisation"]),
            "to_next_us": to_next_us,
            "hand_over": hands_over(rows),
            "day": days_of(rows.at_us, time_zone),
            "to_next_step": steps_of(to_next_us),
            "done_before": done_before(columns["activity"], rows.starts),
        },
        COLUMNS,
    )


def done_before(activity: Codes, starts: Longs) -> Longs:
    """Of every row how often its activity comes earlier in its case; ``starts``: the first rows of the cases."""
    case = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(activity))))
    pair = case * (int(activity.max(initial=0)) + 1) + activity
    order = np.argsort(pair, kind="stable")
    first = np.flatnonzero(np.diff(pair[order], prepend=-1))
    found = np.empty(len(activity), np.int64)
    found[order] = np.arange(len(activity)) - np.repeat(first, np.diff(np.append(first, len(activity))))
    return found
