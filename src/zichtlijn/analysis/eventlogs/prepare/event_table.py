"""The events of sorted rows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from zichtlijn.analysis.eventlogs.prepare.sorted_rows import NO_TIME, Array, Flags, SortedRows, as_table
from zichtlijn.analysis.eventlogs.prepared import EVENTS, KEPT

COLUMNS = pa.schema([*EVENTS, *KEPT])


def hands_over(rows: SortedRows) -> Flags:
    """Of every row: the next one of its case is at another known organisation."""
    organisation = rows.codes("organisation")
    following = rows.next_of(organisation)
    return np.not_equal(organisation, following) & (organisation >= 0) & (following >= 0)


def events_of(rows: SortedRows) -> pa.Table:
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
        },
        COLUMNS,
    )
