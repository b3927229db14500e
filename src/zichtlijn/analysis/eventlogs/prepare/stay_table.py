"""The stays of sorted rows: the events in a row of one case at one organisation.

An event without an organisation belongs to the stay that its case is in; before its first known organisation a case
is in none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from zichtlijn.analysis.eventlogs.prepare.codes_of_mapping import MappedCodes
from zichtlijn.analysis.eventlogs.prepare.row_loops import walk_stays
from zichtlijn.analysis.eventlogs.prepare.sorted_rows import (
    NO_CODE,
    NO_TIME,
    Array,
    Codes,
    Flags,
    Longs,
    SortedRows,
    as_table,
    at,
    days_of,
    first_known,
    steps_of,
)
from zichtlijn.analysis.eventlogs.prepared import STAYS


@dataclass(frozen=True)
class Islands:
    """Of each stay: its first and last row, its case (counted from 0), its organisation, and the rows, or -1, with
    which it sends its case on and with which the waiting ends."""

    starts: Longs
    ends: Longs
    case: Longs
    organisation: Codes
    sent: Longs
    served: Longs

    @classmethod
    def of(cls, rows: SortedRows, codes: MappedCodes) -> Islands:
        """All stays, in order of case and time."""
        first, last, case, sent, served = (np.empty(rows.events, np.int64) for _ in range(5))
        organisation = np.empty(rows.events, np.int16)
        of_rows = (rows.codes("activity"), rows.codes("organisation"))
        columns = (first, last, case, organisation, sent, served)
        found = slice(int(walk_stays(rows.bounds, of_rows, (codes.sending, codes.serving), columns)))
        return cls(first[found], last[found], case[found], organisation[found], sent[found], served[found])

    @property
    def goes_on(self) -> Flags:
        """Of each stay but the last: the next one is of the same case."""
        return np.equal(self.case[1:], self.case[:-1])


def stays_of(rows: SortedRows, cases: pa.Table, codes: MappedCodes) -> pa.Table:
    """In the columns of ``STAYS``, in order of case and stay; ``cases`` are the cases of these same rows."""
    islands = Islands.of(rows, codes)
    starts, organisation = islands.starts, islands.organisation
    if not len(starts):
        return STAYS.empty_table()
    activity, at_us = rows.codes("activity"), rows.at_us
    sent_to = at(codes.sending[activity[islands.sent]], np.where(islands.sent < 0, -1, np.arange(len(starts))), NO_CODE)
    next_us = _shifted(at_us[starts], islands.goes_on, NO_TIME)
    until_us = _until(islands, at_us[starts], next_us, cases)
    moments = {
        "from": at_us[starts],
        "served": _before(until_us, at(at_us, islands.served, NO_TIME)),
        "last": at_us[islands.ends],
        "until": until_us,
    }
    to_next_us = np.where(next_us == NO_TIME, NO_TIME, next_us - moments["last"])
    return as_table(
        {
            "case_no": rows.case_no[starts],
            "stay": _numbered(islands.case),
            "organisation": organisation,
            **{
                name: _or_of_case(first_known(rows.codes(name), starts, islands.ends), cases[name], islands.case)
                for name in ("region", "group", "citizen_group")
            },
            **{f"{name}_us": moment_us for name, moment_us in moments.items()},
            **{f"{name}_day": days_of(moment_us, codes.time_zone) for name, moment_us in moments.items()},
            "next_day": days_of(next_us, codes.time_zone),
            "to_next_us": to_next_us,
            "to_next_step": steps_of(to_next_us),
            "events": islands.ends - starts + 1,
            "previous_organisation": np.concatenate(
                (np.array([NO_CODE], np.int16), np.where(islands.goes_on, organisation[:-1], NO_CODE))
            ).astype(np.int16),
            "next_organisation": _shifted(organisation, islands.goes_on, NO_CODE),
            "sent_to": sent_to,
            "sent_us": at(at_us, islands.sent, NO_TIME),
            "arrived_us": _arrivals(islands, sent_to, at_us[starts]),
            "filled": rows.codes("filled")[starts],
        },
        STAYS,
    )


def _shifted(values: Array, goes_on: Flags, absent: int) -> Array:
    following = np.full(len(values), absent, values.dtype)
    following[:-1] = np.where(goes_on, values[1:], absent)
    return following


def _numbered(case: Longs) -> Longs:
    first = np.flatnonzero(np.concatenate(([True], case[1:] != case[:-1])))
    return np.arange(len(case)) - np.repeat(first, np.diff(np.append(first, len(case))))


def _or_of_case(of_stay: Codes, of_case: pa.ChunkedArray, case: Longs) -> Codes:
    known = of_case.fill_null(NO_CODE).to_numpy()
    return np.where(of_stay >= 0, of_stay, known[case])


def _until(islands: Islands, from_us: Longs, next_us: Longs, cases: pa.Table) -> Longs:
    """A stay ends when the next begins or the case is closed; one that begins after the closing ends at once."""
    case_end = cases["end_us"].to_numpy()[islands.case]
    closed = cases["closed"].to_numpy()[islands.case]
    gone_us = np.where(next_us == NO_TIME, case_end, np.minimum(next_us, case_end))
    return np.where(closed, np.maximum(from_us, gone_us), next_us)


def _before(until_us: Longs, moments_us: Longs) -> Longs:
    """Those that are not later than the end of the stay: after its closing a case does not wait to be served."""
    return np.where((until_us != NO_TIME) & (moments_us > until_us), NO_TIME, moments_us)


def _arrivals(islands: Islands, sent_to: Codes, from_us: Longs) -> Longs:
    """When the case came to the organisation it was sent to: the first later stay there, found by bisection."""
    arrived = np.full(len(sent_to), NO_TIME)
    sent = np.flatnonzero(sent_to >= 0)
    if not len(sent):
        return arrived
    width = int(max(islands.organisation.max(), sent_to.max())) + 1
    there = islands.case * width + islands.organisation
    order = np.argsort(there, kind="stable")
    # ranks of (case, organisation), so that a pair and a place fit in one number
    pairs, rank = np.unique(there[order], return_inverse=True)
    many = len(sent_to)
    places = rank * many + order
    wanted = islands.case[sent] * width + sent_to[sent]
    pair = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
    found = np.minimum(np.searchsorted(places, pair * many + sent, side="right"), many - 1)
    is_there = (pairs[pair] == wanted) & (there[order[found]] == wanted) & (order[found] > sent)
    arrived[sent] = np.where(is_there, from_us[order[found]], NO_TIME)
    return arrived
