"""The cases of sorted rows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from zichtlijn.analysis.eventlogs.prepare.codes_of_mapping import MappedCodes
from zichtlijn.analysis.eventlogs.prepare.row_loops import first_flagged
from zichtlijn.analysis.eventlogs.prepare.sorted_rows import (
    NO_TIME,
    Flags,
    Longs,
    SortedRows,
    as_table,
    at,
    days_of,
    first_known,
    last_index,
    last_known,
    steps_of,
)
from zichtlijn.analysis.eventlogs.prepare.term_dates import end_of_term_us, to_end_of_day_us
from zichtlijn.analysis.eventlogs.prepare.variant import variants
from zichtlijn.analysis.eventlogs.prepared import CASES


def cases_of(rows: SortedRows, codes: MappedCodes) -> pa.Table:
    """In the columns of ``CASES``, in order of ``case_no``."""
    starts, ends, activity = rows.starts, rows.ends, rows.codes("activity")
    start_us = rows.at_us[starts]
    end_us, closed = endings(rows, codes)
    return as_table(
        {
            "case_no": rows.case_no[starts],
            "case_key": rows.case_keys,
            "start_us": start_us,
            "end_us": end_us,
            "events": ends - starts + 1,
            "variant": variants(codes.text_numbers, activity, rows.bounds),
            "first_activity": activity[starts],
            "last_activity": activity[ends],
            **{name: first_known(rows.codes(name), starts, ends) for name in ("region", "group", "citizen_group")},
            "outcome": last_known(rows.codes("outcome"), starts, ends),
            "term_us": _terms(rows, start_us, codes),
            "closed": closed,
            "start_day": days_of(start_us, codes.time_zone),
            "end_day": days_of(end_us, codes.time_zone),
            "duration_step": steps_of(end_us - start_us),
            **rows.walked[1]._asdict(),
        },
        CASES,
    )


def endings(rows: SortedRows, codes: MappedCodes) -> tuple[Longs, Flags]:
    """Of every case when it ended, or its last event, and whether it is closed."""
    last_us = rows.at_us[rows.ends]
    if codes.closing is None:
        return last_us, np.ones(len(last_us), np.bool_)
    closing = np.empty(len(last_us), np.int64)
    first_flagged(rows.codes("activity"), codes.closing, rows.bounds, closing)
    closed = closing >= 0
    return np.where(closed, rows.at_us[closing], last_us), closed


def _terms(rows: SortedRows, start_us: Longs, codes: MappedCodes) -> Longs:
    """The last term date known; without one the term of the mapping, from the start."""
    found = np.full(len(start_us), NO_TIME)
    if "term_us" in rows.columns:
        dates = rows.longs("term_us")
        found = to_end_of_day_us(at(dates, last_index(dates != NO_TIME, rows.starts), NO_TIME), codes.time_zone)
    if codes.term_days is None:
        return found
    return np.where(found == NO_TIME, end_of_term_us(start_us, codes.term_days, codes.time_zone), found)
