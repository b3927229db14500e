"""What stands in a raw log, for who says what its columns mean: the columns, some rows, the values of a column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zichtlijn.analysis.eventlogs.model import Column, Mapping

from .dataset_computing import proposal_for
from .models import Dataset

if TYPE_CHECKING:
    from zichtlijn.analysis.eventlogs.raw import RawLog

SAMPLE_ROWS = 6
SAMPLE_COLUMNS = 12
MOST_VALUES = 200
CELL_LENGTH = 60


@dataclass(frozen=True)
class Value:
    """A value of a column and the number of events that have it."""

    text: str
    events: int


@dataclass(frozen=True)
class Sample:
    """The first events of the log: names of columns, and per event the text of each."""

    names: list[str]
    rows: list[list[str]]
    left_out: int


def key_of(column: Column) -> str:
    """A column in a form: ``event:name`` or ``case:name``."""
    return f"{column.level}:{column.name}"


def columns_of(raw: RawLog) -> dict[str, Column]:
    """Every column by its key, those of events first."""
    events = [Column(name, "event") for name in raw.event_columns]
    cases = [Column(name, "case") for name in raw.case_columns]
    return {key_of(column): column for column in [*events, *cases]}


def raw_with_cases(dataset: Dataset, object_type: str | None) -> tuple[RawLog, dict[str, Any]]:
    """The raw log of a dataset with these objects as cases, and what its columns seem to mean.

    Only a log of objects can be asked for others than it was read with; anything else is as it was read.
    Raises LogError.
    """
    raw = dataset.open_raw()
    known = [each["name"] for each in raw.details.get("object_types") or []]
    if object_type not in known or object_type == raw.details.get("object_type"):
        return raw, dataset.proposed
    from zichtlijn.analysis.eventlogs.readers.ocel import with_cases

    other = with_cases(raw, Mapping(roles={}, object_type=object_type))
    return other, proposal_for(other)


def sample_of(raw: RawLog, wanted: list[Column]) -> Sample:
    """The first events in the order of the file, with ``wanted`` columns first."""
    import duckdb

    from zichtlijn.analysis.eventlogs.raw import SEQUENCE
    from zichtlijn.analysis.eventlogs.raw_tables import column_types, quoted, source_sql
    from zichtlijn.analysis.eventlogs.typed_rows import text_sql

    every = list(dict.fromkeys([*wanted, *columns_of(raw).values()]))
    shown, types = every[:SAMPLE_COLUMNS], column_types(raw)
    cells = ", ".join(text_sql(column, types) for column in shown)
    first = f"ORDER BY e.{quoted(SEQUENCE)} LIMIT {SAMPLE_ROWS}"
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT {cells} FROM {source_sql(raw)} {first}").fetchall()  # noqa: S608
    names = [column.name for column in shown]
    return Sample(names, [[_cell(value) for value in row] for row in rows], len(every) - len(shown))


def values_of(raw: RawLog, column: Column, *, most: int = MOST_VALUES) -> list[Value]:
    """The values of a column, the most frequent first and no more than ``most``. Raises LogError for no such column."""
    import duckdb

    from zichtlijn.analysis.eventlogs.raw_tables import column_types, source_sql
    from zichtlijn.analysis.eventlogs.typed_rows import text_sql

    text = text_sql(column, column_types(raw))
    counted = f"SELECT {text} AS value, count(*) AS events FROM {source_sql(raw)} GROUP BY 1"  # noqa: S608
    asked = f"SELECT value, events FROM ({counted}) WHERE value IS NOT NULL ORDER BY events DESC, value LIMIT {most}"  # noqa: S608
    with duckdb.connect() as connection:
        return [Value(str(value), events) for value, events in connection.execute(asked).fetchall()]


def _cell(value: Any) -> str:
    text = value.isoformat() if isinstance(value, datetime) else "" if value is None else str(value)
    return text if len(text) <= CELL_LENGTH else f"{text[:CELL_LENGTH]}…"
