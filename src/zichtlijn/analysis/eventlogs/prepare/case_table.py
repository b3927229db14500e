"""The cases of sorted rows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from zichtlijn.analysis.eventlogs.prepare.codes_of_mapping import MappedCodes
from zichtlijn.analysis.eventlogs.prepare.event_table import hands_over
from zichtlijn.analysis.eventlogs.prepare.sorted_rows import (
    NO_CODE,
    NO_TIME,
    Codes,
    Longs,
    SortedRows,
    as_table,
    at,
    days_of,
    first_index,
    last_index,
    steps_of,
)
from zichtlijn.analysis.eventlogs.prepare.term_dates import end_of_term_us, to_end_of_day_us
from zichtlijn.analysis.eventlogs.prepare.variant import variants
from zichtlijn.analysis.eventlogs.prepared import CASES

_BITS = 63
_MOST_MASKS = 4


def cases_of(rows: SortedRows, codes: MappedCodes) -> pa.Table:
    """In the columns of ``CASES``, in order of ``case_no``."""
    starts, activity, organisation = rows.starts, rows.codes("activity"), rows.codes("organisation")
    last_us, start_us = rows.at_us[rows.ends], rows.at_us[starts]
    end_us, closed = last_us, np.ones(len(starts), np.bool_)
    if codes.closing is not None:
        closing = first_index(codes.closing[activity], starts)
        closed = closing >= 0
        end_us = np.where(closed, rows.at_us[closing], last_us)
    return as_table(
        {
            "case_no": rows.case_no[starts],
            "case_key": rows.case_keys(),
            "start_us": start_us,
            "end_us": end_us,
            "events": rows.counts,
            "activities": different_activities(activity, starts, len(codes.text_numbers)),
            "self_loops": np.add.reduceat(activity == rows.next_of(activity), starts, dtype=np.int64),
            "hand_overs": np.add.reduceat(hands_over(rows), starts, dtype=np.int64),
            "variant": variants(codes.text_numbers[activity], rows.position, starts),
            "first_activity": activity[starts],
            "last_activity": activity[rows.ends],
            "first_organisation": first_known(organisation, starts),
            "last_organisation": last_known(organisation, starts),
            **{name: first_known(rows.codes(name), starts) for name in ("region", "group", "citizen_group")},
            "outcome": last_known(rows.codes("outcome"), starts),
            "term_us": _terms(rows, start_us, codes),
            "closed": closed,
            "start_day": days_of(start_us, codes.time_zone),
            "end_day": days_of(end_us, codes.time_zone),
            "duration_step": steps_of(end_us - start_us),
        },
        CASES,
    )


def first_known(values: Codes, starts: Longs) -> Codes:
    """Of every group of rows the first code that is known."""
    return values[starts] if (values[starts] >= 0).all() else at(values, first_index(values >= 0, starts), NO_CODE)


def last_known(values: Codes, starts: Longs) -> Codes:
    """Of every group of rows the last code that is known."""
    return at(values, last_index(values >= 0, starts), NO_CODE)


def different_activities(activity: Codes, starts: Longs, most: int) -> Longs:
    """Per case how many different ones, as bits of a mask; of a log with very many activities by sorting."""
    if most > _BITS * _MOST_MASKS:
        case = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(activity))))
        pairs = np.unique(case * most + activity)
        return np.bincount(pairs // most, minlength=len(starts))
    total = np.zeros(len(starts), np.int64)
    for low in range(0, most, _BITS):
        bits = np.zeros(most, np.int64)
        bits[low : low + _BITS] = np.int64(1) << np.arange(min(_BITS, most - low))
        total += np.bitwise_count(np.bitwise_or.reduceat(bits[activity], starts))
    return total


def _terms(rows: SortedRows, start_us: Longs, codes: MappedCodes) -> Longs:
    """The last term date known; without one the term of the mapping, from the start."""
    dates = rows.longs("term_us")
    found = at(dates, last_index(dates != NO_TIME, rows.starts), NO_TIME)
    found = to_end_of_day_us(found, codes.time_zone)
    if codes.term_days is None:
        return found
    return np.where(found == NO_TIME, end_of_term_us(start_us, codes.term_days, codes.time_zone), found)
