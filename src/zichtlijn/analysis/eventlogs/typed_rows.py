"""Raw log and mapping to typed rows: the one place that decides what an event says and whether it can be used.

The load report counts over these rows and the preparation makes its buckets of them, so both drop the same events.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from zichtlijn.analysis.eventlogs.model import Column, LogError, Mapping, Role
from zichtlijn.analysis.eventlogs.raw import LINE, SEQUENCE, RawLog
from zichtlijn.analysis.eventlogs.raw_tables import Types, column_types, quoted, source_sql
from zichtlijn.analysis.eventlogs.time_zones import offset_sql
from zichtlijn.analysis.texts import gettext_noop

_NO_COLUMN = gettext_noop("The log has no column %(name)s.")
# role -> column of the typed rows
TEXTS: dict[Role, str] = {
    "case": "case_key",
    "activity": "activity",
    "organisation": "organisation",
    "region": "region",
    "group": "group",
    "citizen_group": "citizen_group",
    "outcome": "outcome",
    "lifecycle": "lifecycle",
}
# From 1900 to 2199: a time outside them, as 0001-01-01, stands for none or is a slip of the pen.
FIRST_US, LAST_US = -2_208_988_800_000_000, 7_258_118_399_999_999
TIMES: dict[Role, str] = {"time": "at_us", "complete": "complete_us", "term_date": "term_us"}
Dropped = Literal["event-without-case", "event-without-activity", "event-without-time", "unreadable-time"]

_ZONE = r":\d{2}(?:[.,]\d+)?\s*([Zz]|[+-]\d{2}(?::?\d{2})?)$"
# two digits of a year first: four are never taken for two, but two are for four
_DAY_FIRST = ("%d-%m-%y", "%d-%m-%Y", "%d/%m/%y", "%d/%m/%Y", "%d.%m.%Y")
_MONTH_FIRST = ("%m/%d/%y", "%m/%d/%Y", "%m-%d-%Y")
_CLOCKS = (" %H:%M:%S.%f", " %H:%M:%S", " %H:%M", "")


def typed_rows_sql(raw: RawLog, mapping: Mapping, *, with_wall: bool = False) -> str:
    """A SELECT for DuckDB with one row per event of the raw log, in no order.

    ``case_key``, ``activity``, ``organisation``, ``region``, ``group``, ``citizen_group``, ``outcome``, ``lifecycle``
    (text, null when missing or blank) · ``at_us``, ``complete_us``, ``term_us`` (int64, microseconds since 1970 in
    UTC; times without a zone are those of ``mapping.time_zone``) · ``filled`` (int16: how many of ``mapping.required``
    have a value, null without any) · ``sequence``, ``line`` (int64) · ``dropped`` (text: null for an event that
    counts, otherwise one of ``Dropped``). A role without a column gives nulls. ``with_wall`` adds ``wall_us``, the time
    as written, and ``offset_us``, null where it is written without a zone.

    Raises LogError when the mapping names a column that the log does not have, or an unknown time zone. A log of
    objects is flattened anew within its folder when the mapping names another type of object than it has as cases.
    """
    mapping.check()
    raw = case_log(raw, mapping)
    types = column_types(raw)
    inner = [f"e.{quoted(SEQUENCE)} AS sequence", f"e.{quoted(LINE)} AS line", f"{_filled(mapping, types)} AS filled"]
    outer = ["sequence", "line", "filled"]
    for role, name in TEXTS.items():
        column = mapping.column(role)
        inner.append(f"{text_sql(column, types) if column else 'NULL::VARCHAR'} AS {quoted(name)}")
        outer.append(quoted(name))
    for role, name in TIMES.items():
        column = mapping.column(role)
        moment = moment_of(raw, column, types) if column else NO_MOMENT
        inner += [f"{moment.wall} AS {name}_wall", f"{moment.offset} AS {name}_offset"]
        outer.append(f"{_utc(moment, name, mapping.time_zone)} AS {name}")
    if with_wall:
        outer += ["at_us_wall AS wall_us", "at_us_offset AS offset_us"]
    time = mapping.roles["time"]
    inner.append(f"{text_sql(time, types)} IS NOT NULL AS has_time")
    typed = f"SELECT {', '.join(outer)}, has_time FROM (SELECT {', '.join(inner)} FROM {source_sql(raw)})"  # noqa: S608
    meant = ", ".join(f"CASE WHEN {_meant(name)} THEN {name} END AS {name}" for name in ("at_us", "complete_us"))
    return f"SELECT * EXCLUDE (has_time) REPLACE ({meant}), {_DROPPED} AS dropped FROM ({typed})"  # noqa: S608


def case_log(raw: RawLog, mapping: Mapping) -> RawLog:
    """The raw log that the mapping is about: of a log of objects, the one with cases of ``mapping.object_type``."""
    if mapping.object_type is None:
        return raw
    from zichtlijn.analysis.eventlogs.readers.ocel_flattening import with_cases  # that module needs this one

    return with_cases(raw, mapping)


def _meant(name: str) -> str:
    return f"coalesce({name} BETWEEN {FIRST_US} AND {LAST_US}, false)"


_DROPPED = (
    "CASE WHEN case_key IS NULL THEN 'event-without-case' WHEN activity IS NULL THEN 'event-without-activity' "
    f"WHEN NOT has_time THEN 'event-without-time' WHEN NOT {_meant('at_us')} THEN 'unreadable-time' END"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """SQL of a time: ``wall`` in microseconds, and the ``offset`` in the data itself, null where it has none."""

    wall: str
    offset: str
    local: bool  # some of the times may have no zone


NO_MOMENT = Moment("NULL::BIGINT", "NULL::BIGINT", local=False)


def text_sql(column: Column, types: Types) -> str:
    """A column as text; blank is null, and a whole number in a column of fractions has no decimals."""
    name, kind = _found(column, types)
    if kind == "VARCHAR":
        return f"CASE WHEN trim({name}) <> '' THEN {name} END"
    if kind in ("DOUBLE", "FLOAT"):
        whole = f"{name} = trunc({name}) AND abs({name}) < 1e15"
        return f"CASE WHEN {whole} THEN {name}::BIGINT::VARCHAR WHEN NOT isnan({name}) THEN {name}::VARCHAR END"
    if kind == "TIMESTAMP WITH TIME ZONE":  # as text it would depend on the setting of the connection
        return f"strftime(make_timestamp(epoch_us({name})), '%Y-%m-%dT%H:%M:%S.%fZ')"
    return f"{name}::VARCHAR"


def moment_of(raw: RawLog, column: Column, types: Types) -> Moment:
    """A column as a time: of timestamps, texts (ISO and the usual Dutch forms), days as 20241231 or seconds since 1970.

    ``raw.details["month_first"]`` names the columns in which the month stands before the day.
    """
    name, kind = _found(column, types)
    if kind == "TIMESTAMP WITH TIME ZONE":
        return Moment(f"epoch_us({name})", "0", local=False)
    if kind.startswith(("TIMESTAMP", "DATE")):
        return Moment(f"epoch_us({name}::TIMESTAMP)", "NULL::BIGINT", local=True)
    if kind == "VARCHAR":
        return _written(name, column.name in raw.details.get("month_first", ()))
    if kind.endswith("INT") or kind in ("INTEGER", "DOUBLE", "FLOAT"):
        return _numbered(name)
    return NO_MOMENT


def _written(name: str, month_first: bool) -> Moment:
    zone = f"regexp_extract({name}, '{_ZONE}', 1)"
    begins = rf"regexp_matches({name}, '^\s*\d')"  # not the words that the database takes for times, as "infinity"
    body = f"CASE WHEN {begins} THEN trim({name}[:len({name}) - len({zone})]) END"
    iso = rf"CASE WHEN regexp_matches({body}, '^\d{{4}}-') THEN try_cast(replace({body}, ',', '.') AS TIMESTAMP) END"
    days = _MONTH_FIRST if month_first else _DAY_FIRST
    forms = ", ".join(f"'{day}{clock}'" for day in (*days, "%Y/%m/%d", "%Y%m%d") for clock in _CLOCKS)
    wall = f"epoch_us(coalesce({iso}, try_strptime(replace({body}, 'T', ' '), [{forms}])))"
    hours, minutes = f"try_cast({zone}[2:3] AS BIGINT)", f"coalesce(try_cast(right({zone}, -3)[-2:] AS BIGINT), 0)"
    ahead = f"({hours} * 3600000000 + {minutes} * 60000000) * CASE WHEN {zone}[1] = '-' THEN -1 ELSE 1 END"
    return Moment(wall, f"CASE WHEN {zone} = '' THEN NULL WHEN upper({zone}) = 'Z' THEN 0 ELSE {ahead} END", local=True)


def _numbered(name: str) -> Moment:
    """Days written as 20241231; otherwise seconds, or smaller parts of them by their size, since 1970 in UTC."""
    number = f"try_cast({name} AS BIGINT)"
    is_day = f"{name} BETWEEN 19000101 AND 21001231"
    day = f"epoch_us(try_strptime({number}::VARCHAR, '%Y%m%d'))"
    size = f"abs({name}::DOUBLE)"  # the smallest whole number has no opposite
    since = (
        f"WHEN {size} < 1e11 THEN try_cast({name} * 1000000 AS BIGINT) "
        f"WHEN {size} < 1e14 THEN try_cast({name} * 1000 AS BIGINT) "
        f"WHEN {size} < 1e17 THEN {number} ELSE {number} // 1000"
    )
    return Moment(f"CASE WHEN {is_day} THEN {day} {since} END", f"CASE WHEN {is_day} THEN NULL ELSE 0 END", local=True)


def _utc(moment: Moment, name: str, time_zone: str) -> str:
    if not moment.local:
        return f"{name}_wall"
    return f"{name}_wall - coalesce({name}_offset, {offset_sql(time_zone, f'{name}_wall')})"


def _filled(mapping: Mapping, types: Types) -> str:
    if not mapping.required:
        return "NULL::SMALLINT"
    return (
        "("
        + " + ".join(f"({text_sql(each, types)} IS NOT NULL)::SMALLINT" for each in mapping.required)
        + ")::SMALLINT"
    )


def _found(column: Column, types: Types) -> tuple[str, str]:
    if column.name not in types[column.level]:
        raise LogError("mapping-column-missing", _NO_COLUMN, name=column.name)
    return f"{'e' if column.level == 'event' else 'c'}.{quoted(column.name)}", types[column.level][column.name]
