"""The prepared log: the layout of its folder, and opening it.

::

    manifest.json         what it was made from and how: see ``Manifest``
    dictionaries.parquet  dimension (text), code (int32, from 0), value (text)
    events/00000.parquet  one file per bucket; a case is in one bucket; sorted by case_no, position
    cases/00000.parquet   sorted by case_no
    stays/00000.parquet   a stay: the events in a row of one case at one organisation; only with an organisation;
                          before its first known organisation a case is in no stay

Times are int64 microseconds since 1970 in UTC (``…_us``). Days (``…_day``) are whole days since 1970-01-01 by the
calendar of the mapping's time zone (``calendar_days``). Steps (``…_step``) are numbers of durations on the
``time_scale``. Codes are int16, null where nothing is known, and mean the value of the dictionary of their dimension:
``activity``, ``organisation``, ``region``, ``group``, ``citizen_group``, ``outcome``. A code keeps its meaning when
events are added. ``case_no`` is made of the case's own number by MD5, so it does not depend on the order of the rows.
Within a case events are ordered by time, and by ``.sequence`` when times are equal (and, should events of two files
still be equal, by the digest of the file).

No event is later than the cut-off: the preparation leaves those out and its report counts them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as Values
from dataclasses import asdict, dataclass, field
from functools import cached_property
from glob import escape
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from zichtlijn.analysis.eventlogs.model import LogError, Mapping
from zichtlijn.analysis.texts import gettext_noop

FORMAT = 3
MANIFEST, DICTIONARIES = "manifest.json", "dictionaries.parquet"
TableName = Literal["events", "cases", "stays"]
TABLES: tuple[TableName, ...] = ("events", "cases", "stays")
Dimension = Literal["activity", "organisation", "region", "group", "citizen_group", "outcome"]
DIMENSIONS: tuple[Dimension, ...] = ("activity", "organisation", "region", "group", "citizen_group", "outcome")
MOST_VALUES = 32_767

EVENTS = pa.schema(
    [
        ("case_no", pa.int64()),
        ("position", pa.int32()),  # from 0 within the case
        ("activity", pa.int16()),
        ("at_us", pa.int64()),
        ("complete_us", pa.int64()),  # null: the log has no time of completion
        ("organisation", pa.int16()),
        ("region", pa.int16()),
        ("group", pa.int16()),
        ("citizen_group", pa.int16()),
        ("next_activity", pa.int16()),  # null at the last event of a case
        ("next_organisation", pa.int16()),
        ("to_next_us", pa.int64()),  # from this event to the next
        ("hand_over", pa.bool_()),  # the next event is at another known organisation than where the case is
        ("day", pa.int32()),  # of at_us
        ("to_next_step", pa.int32()),
        ("done_before", pa.int32()),  # how often its activity was done before in the case
    ]
)
# Behind the columns of EVENTS in the files of events, for adding events later; no metric asks for them.
KEPT = pa.schema(
    [
        (".sequence", pa.int64()),  # in the file it came from
        (".source", pa.int64()),  # which file that was: the first 60 bits of its SHA-256
        (".outcome", pa.int16()),
        (".term_us", pa.int64()),
        (".filled", pa.int16()),
    ]
)
CASES = pa.schema(
    [
        ("case_no", pa.int64()),
        ("case_key", pa.string()),  # as in the file, or its pseudonym
        ("start_us", pa.int64()),
        ("end_us", pa.int64()),  # the last event; of a closed case its first closing event
        ("events", pa.int32()),
        ("activities", pa.int32()),  # different ones; events - activities is the rework
        ("self_loops", pa.int32()),  # events followed by the same activity
        ("hand_overs", pa.int32()),
        ("variant", pa.int64()),  # hash of the activities in order
        ("first_activity", pa.int16()),
        ("last_activity", pa.int16()),
        ("first_organisation", pa.int16()),
        ("last_organisation", pa.int16()),
        ("region", pa.int16()),  # the first one known
        ("group", pa.int16()),
        ("citizen_group", pa.int16()),
        ("outcome", pa.int16()),  # the last one known
        ("term_us", pa.int64()),  # last moment within the term; a date without a time runs to the end of that day
        ("closed", pa.bool_()),  # false: still open at the cut-off, so its duration is censored
        ("start_day", pa.int32()),
        ("end_day", pa.int32()),
        ("duration_step", pa.int32()),  # from start_us to end_us
    ]
)
STAYS = pa.schema(
    [
        ("case_no", pa.int64()),
        ("stay", pa.int32()),  # from 0 within the case
        ("organisation", pa.int16()),
        ("region", pa.int16()),
        ("group", pa.int16()),
        ("citizen_group", pa.int16()),
        ("from_us", pa.int64()),
        # first service activity, not after until_us; null: not yet, or the mapping names none
        ("served_us", pa.int64()),
        ("last_us", pa.int64()),  # last event of the stay
        # the next stay begins or the case is closed; from_us for a stay that begins after that; null: still there
        ("until_us", pa.int64()),
        ("events", pa.int32()),
        ("previous_organisation", pa.int16()),
        ("next_organisation", pa.int16()),
        ("sent_to", pa.int16()),  # the organisation it was sent to, where the mapping says which activity sends
        ("sent_us", pa.int64()),
        ("arrived_us", pa.int64()),  # first later stay at sent_to; null: not arrived
        ("filled", pa.int16()),  # of the required fields, on the first event of the stay; null: none required
        ("from_day", pa.int32()),
        ("served_day", pa.int32()),
        ("last_day", pa.int32()),
        ("until_day", pa.int32()),
        ("next_day", pa.int32()),  # of the first event of the next stay
        ("to_next_us", pa.int64()),  # from last_us to the first event of the next stay
        ("to_next_step", pa.int32()),
    ]
)
SCHEMAS: dict[TableName, pa.Schema] = {"events": EVENTS, "cases": CASES, "stays": STAYS}


def bucket_path(folder: Path, table: TableName, bucket: int) -> Path:
    """The file of a table for one bucket."""
    return folder / table / f"{bucket:05d}.parquet"


@dataclass(frozen=True)
class Manifest:
    """What a prepared log is, so that every figure can be made again.

    ``sources``: per file read its name, SHA-256, format and number of events. ``tables``: per file of the prepared log
    its SHA-256 and rows. ``report`` is the load report as JSON. ``cut_off_us``: given, or the last event.
    """

    mapping: Mapping
    engine: str
    buckets: int
    events: int
    cases: int
    first_us: int
    last_us: int
    cut_off_us: int
    sources: tuple[Values[str, Any], ...]
    tables: Values[str, Values[str, Any]]
    report: Values[str, Any] = field(default_factory=dict)
    pseudonymised: bool = False
    is_demo: bool = False
    format: int = FORMAT

    @property
    def digest(self) -> str:
        """SHA-256 over all that decides the figures: the tables and the mapping."""
        decides = {
            "tables": {name: values["sha256"] for name, values in sorted(self.tables.items())},
            "mapping": self.mapping.as_json(),
            "cut_off_us": self.cut_off_us,
            "format": self.format,
        }
        return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()

    def write(self, folder: Path) -> None:
        """Last of all, so that a folder without a manifest is no prepared log."""
        values = asdict(self) | {"mapping": self.mapping.as_json(), "digest": self.digest}
        temporary = folder / f".{MANIFEST}"
        temporary.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
        temporary.replace(folder / MANIFEST)

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Raises LogError when there is none or it is of another version of the layout."""
        try:
            values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise LogError("not-prepared", gettext_noop("%(folder)s is not a prepared log."), folder=folder) from error
        if values.pop("format", None) != FORMAT:
            raise LogError(
                "prepared-version",
                gettext_noop("%(folder)s was prepared by another version; prepare it again."),
                folder=folder,
            )
        values.pop("digest", None)
        values["mapping"] = Mapping.from_json(values["mapping"])
        values["sources"] = tuple(values["sources"])
        return cls(**values)


class Prepared:
    """A prepared log on disk. ``values(dimension)`` gives the texts of its codes, in order of code."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = Manifest.read(folder)

    def glob(self, table: TableName) -> str:
        """For ``read_parquet``."""
        return str(Path(escape(str(self.folder))) / table / "*.parquet")

    def has(self, table: TableName) -> bool:
        """Whether the log has such a table: stays need an organisation."""
        return any(name.startswith(f"{table}/") for name in self.manifest.tables)

    @cached_property
    def _dictionaries(self) -> dict[str, tuple[str, ...]]:
        rows = pq.read_table(self.folder / DICTIONARIES).sort_by([("dimension", "ascending"), ("code", "ascending")])
        found: dict[str, list[str]] = {}
        for dimension, value in zip(rows["dimension"].to_pylist(), rows["value"].to_pylist(), strict=True):
            found.setdefault(dimension, []).append(value)
        return {dimension: tuple(values) for dimension, values in found.items()}

    def values(self, dimension: Dimension) -> tuple[str, ...]:
        """Empty when the log does not have the dimension."""
        return self._dictionaries.get(dimension, ())

    def code(self, dimension: Dimension, value: str) -> int:
        """Raises LogError when the value does not occur."""
        try:
            return self.values(dimension).index(value)
        except ValueError as error:
            message = gettext_noop("%(value)s does not occur in this log.")
            raise LogError("unknown-value", message, value=value, dimension=dimension) from error
