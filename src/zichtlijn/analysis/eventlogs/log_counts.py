# ruff: noqa: S608 (the SQL is made of our own names and numbers; names of columns are quoted)
"""The counting behind the load report: each question is one SQL statement over the typed rows, kept once as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Any

import duckdb

from zichtlijn.analysis.eventlogs.model import Mapping, Role
from zichtlijn.analysis.eventlogs.prepare.making import cut_off_us
from zichtlijn.analysis.eventlogs.raw import SEQUENCE, RawLog
from zichtlijn.analysis.eventlogs.raw_tables import column_types, literal, quoted, source_sql
from zichtlijn.analysis.eventlogs.time_zones import Change, changes, offset_of_utc_sql
from zichtlijn.analysis.eventlogs.typed_rows import (
    TEXTS,
    TIMES,
    case_log,
    text_sql,
    typed_rows_sql,
)

MOST_PLACES = 5
_DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Counted:
    """How often, and the first line numbers."""

    count: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Of the events that count."""

    events: int
    cases: int
    first_us: int | None
    last_us: int | None
    at_midnight: int


@dataclass(frozen=True, slots=True)
class Ties:
    """Events with the time of an event before them in the case, cases with such an event, and whole duplicates."""

    events: int
    cases: int
    duplicates: Counted


@dataclass(frozen=True, slots=True)
class Start:
    """``cases``: share that begins with the activity."""

    activity: str
    hash: int
    cases: float


@dataclass(frozen=True, slots=True)
class Use:
    """Of a role."""

    values: int
    filled: int


class LogCounts:
    """Questions to a raw log with a mapping. Values are kept as 64-bit hashes; what does not fit goes to ``spill``."""

    def __init__(self, raw: RawLog, mapping: Mapping, spill: str, memory_mib: int) -> None:
        self.raw, self._mapping = case_log(raw, mapping), mapping
        self._connection = duckdb.connect()
        self._connection.execute(f"SET memory_limit = '{int(memory_mib)}MiB'")
        self._connection.execute(f"SET temp_directory = {literal(spill)}")
        self._connection.execute("SET preserve_insertion_order = false")
        self._texts = [TEXTS[role] for role in mapping.roles if role in TEXTS]
        hashes = ", ".join(
            f"CASE WHEN {quoted(name)} IS NOT NULL THEN hash({quoted(name)}) END AS {quoted(name)}"
            for name in self._texts
        )
        typed = typed_rows_sql(raw, mapping, with_wall=True)
        numbers = "line, sequence, dropped, at_us, complete_us, term_us, wall_us, offset_us"
        self._connection.execute(f"CREATE TEMP TABLE typed AS SELECT {numbers}, {hashes} FROM ({typed})")
        self._connection.execute("CREATE TEMP VIEW kept AS FROM typed WHERE dropped IS NULL")

    def dropped(self) -> list[tuple[str, Counted]]:
        """Per reason."""
        return [
            (code, Counted(count, _places(lines)))
            for code, count, lines in self._rows(
                f"SELECT dropped, count(*), min(line, {MOST_PLACES}) FROM typed WHERE dropped IS NOT NULL "
                f"GROUP BY dropped ORDER BY dropped"
            )
        ]

    def kept(self) -> Kept:
        """How many, and from when to when."""
        local = f"at_us + {offset_of_utc_sql(self._mapping.time_zone, 'at_us')}"
        values = self._row(
            f"SELECT count(*), count(DISTINCT case_key), min(at_us), max(at_us), "
            f"count(*) FILTER (({local}) % {_DAY_US} = 0) FROM kept"
        )
        return Kept(*values)

    def ties(self) -> Ties:
        """By counting events per case and moment; no order is needed for that."""
        moment = "hash(case_key, at_us)"
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE tied AS SELECT {moment} AS moment, any_value(case_key) AS case_key, "
            f"count(*) - 1 AS n FROM kept GROUP BY {moment} HAVING count(*) > 1"
        )
        events, cases = self._row("SELECT coalesce(sum(n), 0)::BIGINT, count(DISTINCT case_key) FROM tied")
        what = "activity, organisation" if "organisation" in self._texts else "activity"
        same = (
            f"SELECT count(*) - 1 AS n, max(line) AS line FROM kept WHERE {moment} IN (SELECT moment FROM tied) "
            f"GROUP BY case_key, at_us, {what} HAVING count(*) > 1"
        )
        duplicates, lines = self._row(f"SELECT coalesce(sum(n), 0)::BIGINT, min(line, {MOST_PLACES}) FROM ({same})")
        return Ties(events, cases, Counted(duplicates, _places(lines)))

    def usual_start(self) -> Start:
        """The activity that most cases begin with; of equal ones the first by its hash."""
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE starts AS SELECT case_key, "
            "arg_min({'activity': activity, 'line': line}, at_us::HUGEINT * 1000000000000 + sequence) AS first "
            "FROM kept GROUP BY case_key"
        )
        rows = self._rows(
            "SELECT first.activity, count(*) AS n, min(first.line), sum(n) OVER () FROM starts "
            "GROUP BY first.activity ORDER BY n DESC, first.activity LIMIT 1"
        )
        if not rows:
            return Start("", 0, 0.0)
        activity, cases, line, total = rows[0]
        return Start(self._activity_of(line, activity), activity, cases / total)

    def around_start(self, start: int) -> list[tuple[str, Counted]]:
        """Cases that begin otherwise, and events before the first usual start of their case."""
        other = self._counted("first.line", f"FROM starts WHERE first.activity <> {start}")
        begun = f"SELECT case_key, min(at_us) AS begun_us FROM kept WHERE activity = {start} GROUP BY case_key"
        before = self._counted("line", f"FROM kept JOIN ({begun}) USING (case_key) WHERE at_us < begun_us")
        return [("other-start", other), ("before-start", before)]

    def impossible(self) -> list[tuple[str, Counted]]:
        """Orders and moments that cannot be."""
        found = {"before-1970": "at_us < 0", "complete-before-start": "complete_us < at_us"}
        until = cut_off_us(self._mapping.cut_off, self._mapping.time_zone)
        if until is not None:
            found["after-cut-off"] = f"at_us > {until}"
        counted = [(code, self._counted("line", f"FROM kept WHERE {where}")) for code, where in found.items()]
        return [*counted, ("unreadable-completion", self._unreadable_completions())]

    def _unreadable_completions(self) -> Counted:
        column = self._mapping.column("complete")
        if column is None:
            return Counted(0, ())
        filled = f"{text_sql(column, column_types(self.raw))} IS NOT NULL"
        written = f"SELECT e.{quoted(SEQUENCE)} AS sequence FROM {source_sql(self.raw)} WHERE {filled}"
        return self._counted("line", f"FROM kept SEMI JOIN ({written}) USING (sequence) WHERE complete_us IS NULL")

    def absent_activities(self) -> list[str]:
        """Those that the mapping names and that no event has."""
        named = ", ".join(literal(activity) for activity in self._mapping.activities())
        if not named:
            return []
        rows = self._rows(
            f"SELECT name FROM (SELECT unnest([{named}]) AS name) WHERE hash(name) NOT IN (SELECT activity FROM kept)"
        )
        absent = {name for (name,) in rows}
        return [activity for activity in self._mapping.activities() if activity in absent]

    def odd_local_times(self) -> list[tuple[str, Counted]]:
        """Times without a zone in an hour that was skipped or occurred twice."""
        first, last = self._row("SELECT min(wall_us), max(wall_us) FROM kept WHERE offset_us IS NULL")
        if first is None:
            return []
        _, found = changes(self._mapping.time_zone)
        within = [each for each in found if first < each.until_us and each.from_us <= last]
        return [
            (code, self._counted("line", f"FROM kept WHERE offset_us IS NULL AND ({_within(odd)})"))
            for code, odd in (
                ("nonexistent-time", [each for each in within if each.forward]),
                ("ambiguous-time", [each for each in within if not each.forward]),
            )
            if odd
        ]

    def offsets(self) -> dict[str, int]:
        """Of the times of events where they are text; of all times in the file where the reader made them UTC."""
        column = self._mapping.roles["time"]
        kind = column_types(self.raw)[column.level][column.name]
        if kind == "TIMESTAMP WITH TIME ZONE":
            return dict(self.raw.details.get("offsets", {})) or {"+00:00": self.kept().events}
        rows = self._rows("SELECT offset_us, count(*) FROM kept GROUP BY offset_us ORDER BY offset_us NULLS FIRST")
        return {_offset_name(offset): count for offset, count in rows}

    def roles(self) -> dict[Role, Use]:
        """How each role is filled, over the events that count."""
        names = {role: {**TEXTS, **TIMES}[role] for role in self._mapping.roles}
        counts = ", ".join(
            f"{_values(name, is_time=role in TIMES)}, count({quoted(name)})" for role, name in names.items()
        )
        row = self._row(f"SELECT {counts} FROM kept")
        return {role: Use(row[2 * place], row[2 * place + 1]) for place, role in enumerate(names)}

    def _activity_of(self, line: int, activity: int) -> str:
        typed = typed_rows_sql(self.raw, self._mapping)
        rows = self._rows(f"SELECT activity FROM ({typed}) WHERE line = {line} AND hash(activity) = {activity} LIMIT 1")
        return str(rows[0][0])

    def _counted(self, line: str, rows: str) -> Counted:
        count, lines = self._row(f"SELECT count(*), min({line}, {MOST_PLACES}) {rows}")
        return Counted(count, _places(lines))

    def _rows(self, query: str) -> list[Any]:
        return self._connection.execute(query).fetchall()

    def _row(self, query: str) -> Any:
        return self._rows(query)[0]

    def __enter__(self) -> LogCounts:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()


def _values(name: str, *, is_time: bool) -> str:
    """The number of different times is an estimate: it says little, and there can be as many as events."""
    return f"approx_count_distinct({quoted(name)})" if is_time else f"count(DISTINCT {quoted(name)})"


def _places(lines: list[int] | None) -> tuple[str, ...]:
    return tuple(str(line) for line in lines or ())


def _within(found: list[Change]) -> str:
    return " OR ".join(f"wall_us >= {each.from_us} AND wall_us < {each.until_us}" for each in found)


def _offset_name(offset_us: int | None) -> str:
    if offset_us is None:
        return ""
    minutes = abs(offset_us) // 60_000_000
    return f"{'-' if offset_us < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
