"""The stays of sorted rows: the events in a row of one case at one organisation.

An event without an organisation belongs to the stay that its case is in; before its first known organisation a case
is in none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from zichtlijn.analysis.eventlogs.prepare.case_table import first_known
from zichtlijn.analysis.eventlogs.prepare.codes_of_mapping import MappedCodes
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
    first_index,
    last_index,
    steps_of,
)
from zichtlijn.analysis.eventlogs.prepared import STAYS


@dataclass(frozen=True)
class Islands:
    """``rows``: those in a stay. Of each stay: its first row, its case (counted from 0) and its organisation."""

    rows: SortedRows
    starts: Longs
    case: Longs
    organisation: Codes

    @property
    def ends(self) -> Longs:
        """The last row of each stay."""
        return np.append(self.starts[1:], self.rows.events) - 1

    @property
    def goes_on(self) -> Flags:
        """Of each stay but the last: the next one is of the same case."""
        return np.equal(self.case[1:], self.case[:-1])


def stays_of(rows: SortedRows, cases: pa.Table, codes: MappedCodes) -> pa.Table:
    """In the columns of ``STAYS``, in order of case and stay; ``cases`` are the cases of these same rows."""
    islands = _islands(rows)
    if not len(islands.starts):
        return STAYS.empty_table()
    rows, starts, organisation = islands.rows, islands.starts, islands.organisation
    activity, at_us = rows.codes("activity"), rows.at_us
    sends = codes.sending[activity]
    sent = last_index(sends >= 0, starts)
    sent_to = at(sends, sent, NO_CODE)
    next_us = _shifted(at_us[starts], islands.goes_on, NO_TIME)
    until_us = _until(islands, next_us, cases)
    moments = {
        "from": at_us[starts],
        "served": _before(until_us, at(at_us, first_index(codes.serving[activity], starts), NO_TIME)),
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
                name: _or_of_case(first_known(rows.codes(name), starts), cases[name], islands.case)
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
            "sent_us": at(at_us, sent, NO_TIME),
            "arrived_us": _arrivals(islands, sent_to),
            "filled": rows.codes("filled")[starts],
        },
        STAYS,
    )


def _islands(rows: SortedRows) -> Islands:
    organisation = rows.codes("organisation")
    case = np.repeat(np.arange(len(rows.starts)), rows.counts)
    place = np.maximum.accumulate(np.where(organisation >= 0, np.arange(rows.events), -1))
    inside = place >= np.repeat(rows.starts, rows.counts)
    if not inside.all():
        rows, case, place = SortedRows(rows.table.filter(pa.array(inside)), rows.source), case[inside], place[inside]
    known = organisation[place]
    begins = np.ones(rows.events, np.bool_)
    begins[1:] = ~rows.same_case | (known[1:] != known[:-1])
    starts = np.flatnonzero(begins)
    return Islands(rows, starts, case[starts], known[starts])


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


def _until(islands: Islands, next_us: Longs, cases: pa.Table) -> Longs:
    """A stay ends when the next begins or the case is closed; one that begins after the closing ends at once."""
    case_end = cases["end_us"].to_numpy()[islands.case]
    closed = cases["closed"].to_numpy()[islands.case]
    gone_us = np.where(next_us == NO_TIME, case_end, np.minimum(next_us, case_end))
    return np.where(closed, np.maximum(islands.rows.at_us[islands.starts], gone_us), next_us)


def _before(until_us: Longs, moments_us: Longs) -> Longs:
    """Those that are not later than the end of the stay: after its closing a case does not wait to be served."""
    return np.where((until_us != NO_TIME) & (moments_us > until_us), NO_TIME, moments_us)


def _arrivals(islands: Islands, sent_to: Codes) -> Longs:
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
    arrived[sent] = np.where(is_there, islands.rows.at_us[islands.starts[order[found]]], NO_TIME)
    return arrived
