"""What is in the columns of a raw log: how much is filled, how many values, times or not, one value per case or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

import duckdb

from zichtlijn.analysis.eventlogs.model import Column, Level
from zichtlijn.analysis.eventlogs.raw import OWN, SEQUENCE, TRACE, RawLog
from zichtlijn.analysis.eventlogs.raw_tables import Types, cases_sql, column_types, events_sql, quoted, source_sql
from zichtlijn.analysis.eventlogs.typed_rows import moment_of, text_sql

_MOST_CELLS = 20_000_000  # looked at; of a larger log every so many-th event
_MOST_TRIED = 1_000  # values tried as times
_AT_ONCE = 40  # columns in one query
_SAMPLED_CASES = 5_000
_LIKE_A_TIME = r"^\s*(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{8}$)"


@dataclass(frozen=True, slots=True)
class Profile:
    """``filled`` and ``times`` are shares (0 to 1); ``values`` counts different ones, ``rows`` what was looked at."""

    column: Column
    kind: str
    rows: int
    filled: float
    values: int
    times: float

    @property
    def is_time(self) -> bool:
        """Nearly all that is filled can be read as a time."""
        return self.times > 0.9


def profiles(raw: RawLog, types: Types | None = None) -> list[Profile]:
    """Of every column of the events and the cases, in the order of the log."""
    types = types or column_types(raw)
    with duckdb.connect() as connection:
        found: list[Profile] = []
        for level in get_args(Level):
            columns = [Column(name, level) for name in types[level] if name not in OWN]
            sample = _Sample(connection, raw, types, *_sampled(raw, level, len(columns)))
            for start in range(0, len(columns), _AT_ONCE):
                found += sample.profiles(columns[start : start + _AT_ONCE])
        return found


def _sampled(raw: RawLog, level: Level, columns: int) -> tuple[str, str, str, int]:
    """SQL for all rows and for those to look at, the name they have in it, and one in how many is looked at."""
    rows, table, order, alias = raw.events, events_sql(raw), SEQUENCE, "e"
    if level == "case":
        rows, table, order, alias = raw.cases or 0, str(cases_sql(raw)), TRACE, "c"
    step = max(1, rows * columns // _MOST_CELLS)
    every = f"{table} {alias}"
    return every, f"{every} WHERE {alias}.{quoted(order)} % {step} = 0", alias, step


@dataclass(frozen=True, slots=True)
class _Sample:
    connection: duckdb.DuckDBPyConnection
    raw: RawLog
    types: Types
    every: str
    rows: str
    alias: str
    step: int

    def profiles(self, columns: list[Column]) -> list[Profile]:
        counts = self._counts(columns, self.rows)
        if self.step > 1:  # what returns seldom seems not to return at all in a sample
            seldom = [column for column in columns if counts[column][2] > 0.2 * counts[column][0]]
            counts |= self._counts(seldom, self.every) if seldom else {}
        times = self._times(columns)
        return [
            Profile(
                column,
                self.types[column.level][column.name],
                rows,
                filled / rows if rows else 0.0,
                min(values, filled),  # the count of values is an estimate
                share,
            )
            for column, (rows, filled, values), share in zip(columns, counts.values(), times, strict=True)
        ]

    def _counts(self, columns: list[Column], rows: str) -> dict[Column, tuple[int, int, int]]:
        """Per column the rows, those that are filled, and the different values."""
        texts = [text_sql(column, self.types) for column in columns]
        counts = ", ".join(f"count({text}), approx_count_distinct({text})" for text in texts)
        total, *pairs = _row(self.connection, f"SELECT count(*), {counts} FROM {rows}")  # noqa: S608
        return {
            column: (total, *pair)
            for column, pair in zip(columns, zip(pairs[::2], pairs[1::2], strict=True), strict=True)
        }

    def _times(self, columns: list[Column]) -> list[float]:
        """Per column the share of what is filled that can be read as a time, over the first rows."""
        tried = f"(FROM {self.rows} LIMIT {_MOST_TRIED}) {self.alias}"
        shares = ", ".join(_time_share(column, self.types) for column in columns)
        times = [share or 0.0 for share in _row(self.connection, f"SELECT {shares} FROM {tried}")]  # noqa: S608
        for place, column in enumerate(columns):
            if self.types[column.level][column.name] == "VARCHAR" and times[place] > 0.5:
                wall = moment_of(self.raw, column, self.types).wall
                readable = f"count({wall}) / count({text_sql(column, self.types)})"
                times[place] = _row(self.connection, f"SELECT {readable} FROM {tried}")[0]  # noqa: S608
        return times


def _time_share(column: Column, types: Types) -> str:
    """Of texts: how many look like a time at first sight. Numbers are times only by their name, so not here."""
    kind = types[column.level][column.name]
    if kind != "VARCHAR":
        return "1.0" if kind.startswith(("TIMESTAMP", "DATE")) else "0.0"
    text = text_sql(column, types)
    return f"count({text}) FILTER (regexp_matches({text}, '{_LIKE_A_TIME}')) / nullif(count({text}), 0)"


def values_per_case(raw: RawLog, case: Column, columns: list[Column], types: Types) -> dict[Column, float]:
    """Of each column the mean number of different values in a case, over cases picked by their number."""
    if not columns:
        return {}
    picked = f"hash({text_sql(case, types)}) % {max(1, raw.events // (_SAMPLED_CASES * 10))} = 0"
    texts = ", ".join(f"{text_sql(column, types)} AS v{place}" for place, column in enumerate(columns))
    counts = ", ".join(f"count(DISTINCT v{place}) AS n{place}" for place in range(len(columns)))
    rows = f"SELECT {text_sql(case, types)} AS k, {texts} FROM {source_sql(raw)} WHERE {picked}"  # noqa: S608
    means = ", ".join(f"avg(n{place}) FILTER (n{place} > 0)" for place in range(len(columns)))
    with duckdb.connect() as connection:
        found = _row(connection, f"SELECT {means} FROM (SELECT {counts} FROM ({rows}) GROUP BY k)")  # noqa: S608
    return {column: mean or 0.0 for column, mean in zip(columns, found, strict=True)}


def _row(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    row: tuple[Any, ...] = connection.execute(query).fetchall()[0]
    return row
