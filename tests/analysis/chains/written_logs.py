"""Prepared logs of a few cases, written by plain Python straight from the layout: what metrics are held against."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from tests.analysis.eventlogs.small_events import EPOCH, day_of, step_of
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.model import Column, Mapping
from zichtlijn.analysis.eventlogs.prepared import DICTIONARIES, SCHEMAS, Manifest, Prepared, TableName

ACTIVITIES = ("report", "assess", "decide", "appeal", "close")
ORGANISATIONS = ("Court", "Council", "Police")
REGIONS = ("North", "South")
SECOND, MINUTE, HOUR, DAY = 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000
START_US = 1_700_000_000 * SECOND
ROLES: dict[Any, Column] = {"case": Column("case"), "activity": Column("activity"), "time": Column("time")}
MAPPING = Mapping(ROLES | {"organisation": Column("organisation"), "region": Column("region")})


@dataclass(frozen=True)
class Event:
    """Codes of ``ACTIVITIES`` and ``ORGANISATIONS``."""

    at_us: int
    activity: int
    organisation: int | None = None
    filled: int | None = None

    @property
    def activity_text(self) -> str:
        return ACTIVITIES[self.activity]

    @property
    def organisation_text(self) -> str | None:
        return None if self.organisation is None else ORGANISATIONS[self.organisation]


@dataclass(frozen=True)
class Case:
    """Events in order."""

    events: tuple[Event, ...]
    region: int | None = None
    number: int = 0

    def pairs(self) -> Iterator[tuple[Event, Event]]:
        """Events with the one directly after it."""
        return itertools.pairwise(self.events)

    def end_us(self, mapping: Mapping) -> tuple[int, bool]:
        """When it ended, and whether it is closed."""
        closing = [event.at_us for event in self.events if event.activity_text in mapping.end_activities]
        return (closing or [self.events[-1].at_us])[0], bool(closing) or not mapping.end_activities

    def stays(self) -> list[list[Event]]:
        """Events in a row at one organisation, those without an organisation at the one before."""
        found: list[list[Event]] = []
        for event in self.events:
            if event.organisation is None:
                if found:
                    found[-1].append(event)
            elif found and found[-1][0].organisation == event.organisation:
                found[-1].append(event)
            else:
                found.append([event])
        return found


Cases = tuple[Case, ...]


def numbered(cases: Sequence[Case]) -> Cases:
    """With numbers that are not in the order of the cases."""
    return tuple(replace(case, number=place * 2_654_435_761 % 2**40) for place, case in enumerate(cases))


GAPS_US = st.one_of(
    st.just(0),
    st.integers(0, 3 * SECOND),
    st.integers(0, 200 * MINUTE),
    st.integers(0, 10 * DAY),
    st.integers(0, 900 * DAY),
)
CODES = st.integers(0, len(ACTIVITIES) - 1)
STEPS = st.tuples(GAPS_US, CODES, st.sampled_from([0, 1, 2, 2, None]), st.sampled_from([None, 0, 1, 2]))


@st.composite
def _cases(draw: st.DrawFn) -> Case:
    at_us = START_US + draw(st.integers(0, 400 * DAY))
    events = []
    for gap_us, activity, organisation, filled in draw(st.lists(STEPS, min_size=1, max_size=7)):
        at_us += gap_us
        events.append(Event(at_us, activity, organisation, filled))
    return Case(tuple(events), draw(st.sampled_from([None, 0, 1])))


LOGS = st.lists(_cases(), min_size=1, max_size=12).map(numbered)
SELECTIONS = st.builds(
    Selection,
    from_us=st.one_of(st.none(), st.integers(START_US, START_US + 400 * DAY)),
    until_us=st.one_of(st.none(), st.integers(START_US, START_US + 400 * DAY)),
    organisations=st.sampled_from([(), (0,), (1, 2)]),
    regions=st.sampled_from([(), (0,), (0, 1)]),
)
MAPPINGS = st.builds(
    replace,
    st.just(MAPPING),
    end_activities=st.sampled_from([(), ("close",), ("close", "decide")]),
    sent_to=st.sampled_from([{}, {"appeal": "Court", "assess": "Council"}]),
    required=st.sampled_from([(), (Column("a"), Column("b"))]),
    time_zone=st.sampled_from(["Europe/Amsterdam", "UTC", "America/Curacao", "Asia/Kathmandu"]),
)


def selected(cases: Cases, selection: Selection) -> Cases:
    """What ``selection`` says, in plain Python."""
    return tuple(case for case in cases if _is_selected(case, selection))


def _is_selected(case: Case, selection: Selection) -> bool:
    start_us = case.events[0].at_us
    return (
        (selection.from_us is None or start_us >= selection.from_us)
        and (selection.until_us is None or start_us < selection.until_us)
        and (not selection.regions or case.region in selection.regions)
        and (not selection.organisations or any(e.organisation in selection.organisations for e in case.events))
    )


@contextmanager
def engine_on(
    cases: Cases, mapping: Mapping = MAPPING, *, buckets: int = 2, cut_off_us: int | None = None
) -> Iterator[Embedded]:
    """An engine on a log of these cases."""
    with tempfile.TemporaryDirectory() as folder:
        log = written_log(Path(folder), cases, mapping, buckets=buckets, cut_off_us=cut_off_us)
        with Embedded(log, threads=1) as engine:
            yield engine


def written_log(
    folder: Path, cases: Cases, mapping: Mapping = MAPPING, *, buckets: int = 2, cut_off_us: int | None = None
) -> Prepared:
    """The folder of a prepared log of these cases."""
    tables: dict[str, Any] = {}
    for bucket in range(buckets):
        here = sorted((case for case in cases if case.number % buckets == bucket), key=lambda case: case.number)
        if here:
            rows: dict[TableName, list[dict[str, Any]]] = {
                "events": [row for case in here for row in _event_rows(case, mapping)],
                "cases": [_case_row(case, mapping) for case in here],
                "stays": [row for case in here for row in _stay_rows(case, mapping)],
            }
            for name, values in rows.items():
                path = folder / name / f"{bucket:05d}.parquet"
                path.parent.mkdir(exist_ok=True)
                pq.write_table(pa.Table.from_pylist(values, SCHEMAS[name]), path)
                tables[f"{name}/{path.name}"] = {"sha256": "", "rows": len(values)}
    _write_dictionaries(folder)
    moments = [event.at_us for case in cases for event in case.events]
    last_us = max(moments)
    counts = (sum(len(case.events) for case in cases), len(cases))
    cut_off_us = last_us if cut_off_us is None else cut_off_us
    Manifest(mapping, "written", buckets, *counts, min(moments), last_us, cut_off_us, (), tables).write(folder)
    return Prepared(folder)


def _write_dictionaries(folder: Path) -> None:
    texts = {"activity": ACTIVITIES, "organisation": ORGANISATIONS, "region": REGIONS}
    rows = [
        {"dimension": dimension, "code": code, "value": value}
        for dimension, values in texts.items()
        for code, value in enumerate(values)
    ]
    schema = pa.schema([("dimension", pa.string()), ("code", pa.int32()), ("value", pa.string())])
    pq.write_table(pa.Table.from_pylist(rows, schema), folder / DICTIONARIES)


def _event_rows(case: Case, mapping: Mapping) -> Iterator[dict[str, Any]]:
    for position, (event, following) in enumerate(itertools.zip_longest(case.events, case.events[1:])):
        yield {
            "case_no": case.number,
            "position": position,
            "activity": event.activity,
            "at_us": event.at_us,
            "organisation": event.organisation,
            "region": case.region,
            "next_activity": following and following.activity,
            "next_organisation": following and following.organisation,
            "to_next_us": following and following.at_us - event.at_us,
            "hand_over": bool(following) and _is_hand_over(event, following),
            "day": _day(event.at_us, mapping),
            "to_next_step": following and step_of(following.at_us - event.at_us),
            "done_before": sum(event.activity == earlier.activity for earlier in case.events[:position]),
        }


def _is_hand_over(event: Event, following: Event) -> bool:
    both = (event.organisation, following.organisation)
    return None not in both and both[0] != both[1]


def _case_row(case: Case, mapping: Mapping) -> dict[str, Any]:
    events = case.events
    end_us, closed = case.end_us(mapping)
    known = [event.organisation for event in events if event.organisation is not None] or [None]
    return {
        "case_no": case.number,
        "case_key": str(case.number),
        "start_us": events[0].at_us,
        "end_us": end_us,
        "events": len(events),
        "activities": len({event.activity for event in events}),
        "self_loops": sum(a.activity == b.activity for a, b in case.pairs()),
        "hand_overs": max(0, len(case.stays()) - 1),
        "variant": int("1" + "".join(str(event.activity) for event in events)),
        "first_activity": events[0].activity,
        "last_activity": events[-1].activity,
        "first_organisation": known[0],
        "last_organisation": known[-1],
        "region": case.region,
        "closed": closed,
        "start_day": _day(events[0].at_us, mapping),
        "end_day": _day(end_us, mapping),
        "duration_step": step_of(end_us - events[0].at_us),
    }


def _day(at_us: int | None, mapping: Mapping) -> int | None:
    return None if at_us is None else day_of(EPOCH + timedelta(microseconds=at_us), mapping)


def left_us(stay: list[Event], next_us: int | None, closed_us: int | None) -> int | None:
    """When a stay ends: the next begins or the case is closed; one that begins after the closing ends at once."""
    closed = [] if closed_us is None else [max(closed_us, stay[0].at_us)]
    return min([*closed, *([] if next_us is None else [next_us])], default=None)


def _stay_rows(case: Case, mapping: Mapping) -> Iterator[dict[str, Any]]:
    stays = case.stays()
    end_us, closed = case.end_us(mapping)
    for place, stay in enumerate(stays):
        later = stays[place + 1 :]
        sent = [event for event in stay if event.activity_text in mapping.sent_to]
        to = ORGANISATIONS.index(mapping.sent_to[sent[-1].activity_text]) if sent else None
        arrived = [each[0].at_us for each in later if each[0].organisation == to]
        next_us = later[0][0].at_us if later else None
        until_us = left_us(stay, next_us, end_us if closed else None)
        filled = [event.filled for event in stay if event.filled is not None]
        yield {
            "case_no": case.number,
            "stay": place,
            "organisation": stay[0].organisation,
            "region": case.region,
            "from_us": stay[0].at_us,
            "last_us": stay[-1].at_us,
            "until_us": until_us,
            "events": len(stay),
            "previous_organisation": stays[place - 1][0].organisation if place else None,
            "next_organisation": later[0][0].organisation if later else None,
            "sent_to": to,
            "sent_us": sent[-1].at_us if sent else None,
            "arrived_us": arrived[0] if sent and arrived else None,
            "filled": filled[0] if mapping.required and filled else None,
            "from_day": _day(stay[0].at_us, mapping),
            "last_day": _day(stay[-1].at_us, mapping),
            "until_day": _day(until_us, mapping),
            "next_day": _day(next_us, mapping),
            "to_next_us": None if next_us is None else next_us - stay[-1].at_us,
            "to_next_step": None if next_us is None else step_of(next_us - stay[-1].at_us),
        }


def numbers_of(engine: Embedded, expression: Any) -> set[int]:
    """The cases an expression gives; each once."""
    found = engine.run(expression)["case_no"].to_pylist()
    assert len(found) == len(set(found))
    return set(found)
