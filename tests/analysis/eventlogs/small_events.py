"""Random small logs, and what preparing them must give, counted by plain Python."""

from __future__ import annotations

import itertools
import random
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from zichtlijn.analysis.eventlogs.model import Column, Mapping
from zichtlijn.analysis.eventlogs.prepared import DIMENSIONS, SCHEMAS, Prepared, TableName
from zichtlijn.analysis.eventlogs.raw import LINE, SEQUENCE, RawLog, RawWriter

Row = dict[str, Any]
ROLES = ("case", "activity", "time", "organisation", "region", "group", "outcome", "term_date")
MAPPING = Mapping({role: Column(role) for role in ROLES})
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WHICH = ("first", "last", "previous", "next")
HOUR_US = 3_600_000_000
ACTIVITIES = ("ontvangen", "beoordeeld", "besloten", "verwezen", "gesloten")


FULL = replace(
    MAPPING,
    end_activities=("gesloten",),
    sent_to={"verwezen": "Raad", "besloten": "Elders"},
    service_activities=("beoordeeld",),
    required=(Column("needed"), Column("region")),
    term_days=42,
)


@dataclass(frozen=True)
class Event:
    """One row of a raw log; ``sequence`` is its place in the file."""

    sequence: int
    case: str | None
    activity: str | None
    time: datetime | None
    organisation: str | None = None
    region: str | None = None
    group: str | None = None
    outcome: str | None = None
    term_date: datetime | None = None
    needed: str | None = None

    @property
    def counts(self) -> bool:
        """Nothing that an event needs is missing, and its time can be meant."""
        return None not in (self.case, self.activity) and self.time is not None and 1900 <= self.time.year < 2200


Events = list[Event]
YEAR_2024 = datetime(2024, 1, 1, tzinfo=UTC)
MOMENTS = st.one_of(
    st.sampled_from([datetime(2024, 3, day, tzinfo=UTC) for day in (30, 31)]),
    st.integers(0, 366 * 86_400_000_000).map(lambda after: YEAR_2024 + timedelta(microseconds=after)),
    st.sampled_from(
        [datetime(1, 1, 2, tzinfo=UTC), datetime(1969, 12, 31, 23, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)]
    ),
)
TERMS = st.sampled_from([None, None, datetime(2024, 5, 31, 22, tzinfo=UTC), datetime(2024, 6, 1, 9, tzinfo=UTC)])


@st.composite
def _event(draw: st.DrawFn) -> Event:
    return Event(
        0,
        draw(st.sampled_from(["1", "2", "zaak-é", "案件", "1 ", None])),
        draw(st.sampled_from([*ACTIVITIES, None])),
        draw(st.one_of(MOMENTS, st.none())),
        draw(st.sampled_from([None, "Bureau", "Hof", "Raad"])),
        draw(st.sampled_from([None, "Noord", "Zuid"])),
        draw(st.sampled_from([None, "a", "B"])),
        draw(st.sampled_from([None, "toegewezen", "afgewezen"])),
        draw(TERMS),
        draw(st.sampled_from([None, "ja"])),
    )


def _numbered(events: Events) -> Events:
    return [Event(place, *astuple(event)[1:]) for place, event in enumerate(events)]


EVENTS = st.lists(_event(), min_size=1, max_size=25).map(_numbered).filter(lambda all_: any(e.counts for e in all_))
MAPPINGS = st.builds(
    Mapping,
    st.just(MAPPING.roles),
    end_activities=st.sampled_from([(), ("gesloten",), ("gesloten", "besloten"), ("nooit",)]),
    sent_to=st.sampled_from([{}, {"verwezen": "Raad"}, {"verwezen": "Elders", "besloten": "Hof"}]),
    service_activities=st.sampled_from([(), ("beoordeeld",)]),
    required=st.sampled_from([(), (Column("needed"), Column("region"))]),
    term_days=st.sampled_from([None, 0, 42]),
)


def random_events(seed: int, number: int = 600) -> Events:
    """Many ties, many missing values, times from the year 1 to 9999 and texts of all kinds."""
    chance = random.Random(seed)
    far = [YEAR_2024.replace(year=1), YEAR_2024.replace(year=9999), YEAR_2024.replace(year=1969)]
    return [
        Event(
            place,
            chance.choice(["", *(f"zaak-é {n}" for n in range(80))]),
            chance.choice([*ACTIVITIES, None]),
            chance.choice([*far, *(YEAR_2024 + timedelta(hours=chance.randint(0, 9_000)) for _ in range(20))]),
            chance.choice([None, "Bureau", "Hof", "Raad"]),
            chance.choice([None, "Noord", "Zuid"]),
            chance.choice([None, "a"]),
            chance.choice([None, "toegewezen"]),
            chance.choice([None, None, YEAR_2024.replace(month=5, day=31, hour=22), YEAR_2024]),
            chance.choice([None, "ja"]),
        )
        for place in range(number)
    ]


def written(folder: Path, *parts: Events, sha256: str = "ab" * 32, zone: str | None = "UTC") -> RawLog:
    """A raw log of these events, in the order given, in a file per part; without a ``zone`` times have none."""
    writer = RawWriter(folder)
    for events in parts:
        columns = {name: [getattr(event, name) for event in events] for name in (*ROLES, "needed")}
        moments = {name: pa.array(columns.pop(name), pa.timestamp("us", "UTC")) for name in ("time", "term_date")}
        times = {name: values.cast(pa.int64()).cast(pa.timestamp("us", zone)) for name, values in moments.items()}
        places = pa.array([event.sequence for event in events], pa.int64())
        texts = {name: pa.array(values, pa.string()) for name, values in columns.items()}
        writer.write("events", pa.table({SEQUENCE: places, LINE: places, **times, **texts}))
    return writer.finish(filename="log.csv", file_format="csv", sha256=sha256)


def rows_of(prepared: Prepared, table: TableName) -> list[Row]:
    """The rows with texts for codes, without the numbers that only tell cases and variants apart; sorted."""
    found = [row for path in sorted((prepared.folder / table).glob("*.parquet")) for row in _read(path, table)]
    texts = {name: _texts(prepared, name) for name in found[0]} if found else {}
    for row in found:
        for name, values in texts.items():
            if values and row[name] is not None:
                row[name] = values[row[name]]
    return sorted(found, key=lambda row: (row["case_no"], row.get("position", 0), row.get("stay", 0)))


def _read(path: Path, table: TableName) -> list[Row]:
    rows: list[Row] = pq.ParquetFile(path).read(columns=SCHEMAS[table].names).to_pylist()
    return rows


def _texts(prepared: Prepared, name: str) -> tuple[str, ...]:
    named = {"sent_to": "organisation"} | {f"{which}_{what}": what for which in WHICH for what in DIMENSIONS}
    dimension = named.get(name, name)
    return next((prepared.values(each) for each in DIMENSIONS if each == dimension), ())


def tables_of(prepared: Prepared) -> dict[str, list[Row]]:
    """All that metrics can see."""
    return {name: rows_of(prepared, name) for name in SCHEMAS}


def expected(events: Events, mapping: Mapping) -> dict[str, list[Row]]:
    """The same from the events themselves; without ``case_no`` and ``variant``."""
    cases: dict[str, Events] = {}
    for event in sorted((e for e in events if e.counts), key=lambda e: (e.time, e.sequence)):
        cases.setdefault(str(event.case), []).append(event)
    return {
        "events": [row for case in cases.values() for row in _events(case, mapping)],
        "cases": [_case(case, mapping) for case in cases.values()],
        "stays": [row for case in cases.values() for row in _stays(case, mapping)],
    }


def us(moment: datetime | None) -> int | None:
    """Microseconds since 1970."""
    return None if moment is None else (moment - EPOCH) // timedelta(microseconds=1)


def day_of(moment: datetime | None, mapping: Mapping) -> int | None:
    """Days since 1970 of the calendar in the mapping's time zone."""
    if moment is None:
        return None
    if not datetime(1970, 1, 1, tzinfo=UTC) <= moment < datetime(2101, 1, 1, tzinfo=UTC):
        # outside the years of which the changes of the clock are known: winter time
        return ((us(moment) or 0) + HOUR_US) // (24 * HOUR_US)
    return (moment.astimezone(ZoneInfo(mapping.time_zone)).date() - EPOCH.date()).days


def step_of(duration_us: int) -> int:
    """The number on the scale of times: seconds to two hours, minutes to five days, hours to 300 days, then days."""
    second = duration_us // 1_000_000
    parts = ((300 * 86_400, 86_400, 21_360), (5 * 86_400, 3_600, 14_280), (7_200, 60, 7_200), (0, 1, 0))
    return next(first + (second - start) // width for start, width, first in parts if second >= start)


def _events(case: Events, mapping: Mapping) -> list[Row]:
    rows = []
    for position, (event, after) in enumerate(itertools.zip_longest(case, case[1:])):
        here = _first(case[position::-1], "organisation")
        rows.append(
            {
                "case_key": event.case,
                "position": position,
                "activity": event.activity,
                "at_us": us(event.time),
                "complete_us": None,
                "organisation": event.organisation,
                "region": event.region,
                "group": event.group,
                "citizen_group": None,
                "next_activity": after and after.activity,
                "next_organisation": after and after.organisation,
                "to_next_us": after and us(after.time) - us(event.time),  # type: ignore[operator]
                "hand_over": bool(after and here and after.organisation) and here != after.organisation,
                "day": day_of(event.time, mapping),
                "to_next_step": after and step_of(us(after.time) - us(event.time)),  # type: ignore[operator]
                "done_before": sum(event.activity == earlier.activity for earlier in case[:position]),
            }
        )
    return rows


def _case(case: Events, mapping: Mapping) -> Row:
    end, closed = _end(case, mapping)
    organisations = [event.organisation for event in case if event.organisation]
    return {
        "case_key": case[0].case,
        "start_us": us(case[0].time),
        "end_us": us(end),
        "events": len(case),
        "activities": len({event.activity for event in case}),
        "self_loops": sum(a.activity == b.activity for a, b in itertools.pairwise(case)),
        "hand_overs": sum(row["hand_over"] for row in _events(case, mapping)),
        "first_activity": case[0].activity,
        "last_activity": case[-1].activity,
        "first_organisation": next(iter(organisations), None),
        "last_organisation": next(iter(organisations[::-1]), None),
        "region": _first(case, "region"),
        "group": _first(case, "group"),
        "citizen_group": None,
        "outcome": _first(case[::-1], "outcome"),
        "term_us": _term(case, mapping),
        "closed": closed,
        "start_day": day_of(case[0].time, mapping),
        "end_day": day_of(end, mapping),
        "duration_step": step_of((us(end) or 0) - (us(case[0].time) or 0)),
    }


def _end(case: Events, mapping: Mapping) -> tuple[datetime | None, bool]:
    closing = [event.time for event in case if event.activity in mapping.end_activities]
    return (closing or [case[-1].time])[0], bool(closing) or not mapping.end_activities


def _first(events: Events, name: str) -> Any:
    return next((getattr(event, name) for event in events if getattr(event, name) is not None), None)


def _term(case: Events, mapping: Mapping) -> int | None:
    zone = ZoneInfo(mapping.time_zone)
    given: datetime | None = _first(case[::-1], "term_date")
    if given is not None:
        local = given.astimezone(zone)
        return _end_of_day(local, zone) if (local.hour, local.minute, local.second) == (0, 0, 0) else us(given)
    if mapping.term_days is None or case[0].time is None:
        return None
    if not datetime(1970, 1, 2, tzinfo=UTC) <= case[0].time < datetime(2100, 1, 1, tzinfo=UTC):
        # outside the years of which the changes of the clock are known: winter time
        day = ((us(case[0].time) or 0) + HOUR_US) // (24 * HOUR_US) + mapping.term_days
        return (day + 1) * 24 * HOUR_US - HOUR_US - 1
    return _end_of_day(case[0].time.astimezone(zone) + timedelta(days=mapping.term_days), zone)


def _end_of_day(local: datetime, zone: ZoneInfo) -> int | None:
    next_day = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=zone)
    return us(next_day.astimezone(UTC) - timedelta(microseconds=1))


def _stays(case: Events, mapping: Mapping) -> list[Row]:
    groups: list[Events] = []
    for event in case:
        if event.organisation is not None and (not groups or groups[-1][0].organisation != event.organisation):
            groups.append([event])
        elif groups:
            groups[-1].append(event)
    end, closed = _end(case, mapping)
    rows = []
    for place, stay in enumerate(groups):
        sent = [event for event in stay if event.activity in mapping.sent_to]
        to = mapping.sent_to[str(sent[-1].activity)] if sent else None
        later = groups[place + 1 :]
        served = next((e.time for e in stay if e.activity in mapping.service_activities), None)
        gone = [later[0][0].time] if later else []
        gone += [max(end, stay[0].time)] if closed else []  # type: ignore[type-var]
        until = min(gone, default=None)  # type: ignore[type-var]
        served = None if served and until and served > until else served
        to_next = us(later[0][0].time) - us(stay[-1].time) if later else None  # type: ignore[operator]
        rows.append(
            {
                "case_key": case[0].case,
                "stay": place,
                "organisation": stay[0].organisation,
                "region": _first(stay, "region") or _first(case, "region"),
                "group": _first(stay, "group") or _first(case, "group"),
                "citizen_group": None,
                "from_us": us(stay[0].time),
                "served_us": us(served),
                "last_us": us(stay[-1].time),
                "until_us": us(until),
                "events": len(stay),
                "previous_organisation": groups[place - 1][0].organisation if place else None,
                "next_organisation": later[0][0].organisation if later else None,
                "sent_to": to,
                "sent_us": us(sent[-1].time) if sent else None,
                "arrived_us": us(next((each[0].time for each in later if sent and each[0].organisation == to), None)),
                "filled": (stay[0].needed is not None) + (stay[0].region is not None) if mapping.required else None,
                "from_day": day_of(stay[0].time, mapping),
                "served_day": day_of(served, mapping),
                "last_day": day_of(stay[-1].time, mapping),
                "until_day": day_of(until, mapping),
                "next_day": day_of(later[0][0].time, mapping) if later else None,
                "to_next_us": to_next,
                "to_next_step": None if to_next is None else step_of(to_next),
            }
        )
    return rows
