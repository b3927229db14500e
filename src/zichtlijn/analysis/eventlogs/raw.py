"""The raw log: what a reader writes, whatever the format of the file was.

A folder with ``events-00000.parquet`` … and, for formats with attributes of cases, ``cases-00000.parquet`` …, and
``raw.json``. Every event has ``.sequence`` (int64, the order of the file, from 0) and ``.line`` (int64: line, row or
record number in the file, from 1). Formats in which events stand inside a case (XES, OCEL) give both tables a
``.trace`` (int64, from 0) that ties them. All other columns are the attributes under their own names: strings,
int64, double, bool, and ``timestamp[us, UTC]`` for times with a zone or ``timestamp[us]`` for those without. Parts
may have different columns; together they are read by name.

A Parquet file that can stay as it is, is itself the one part with events (``numbered_by_place``): then it has no
columns of our own, ``.sequence`` is the number of the row from 0 and ``.line`` from 1, columns may have other kinds
(the description names them), and what it does not name is not of the log. ``raw_tables`` gives either form as one.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping as Values
from dataclasses import asdict, dataclass, field
from glob import escape
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from zichtlijn.analysis.eventlogs.model import Problem

SEQUENCE, LINE, TRACE = ".sequence", ".line", ".trace"
OWN = (SEQUENCE, LINE, TRACE)
DESCRIPTION = "raw.json"
Part = Literal["events", "cases"]


@dataclass(frozen=True)
class RawLog:
    """A raw log that was written. ``sha256`` is of the file it was read from; ``columns`` are without our own.

    ``numbered_by_place``: the parts have no ``.sequence`` and ``.line``; they are the running number of the row.
    """

    folder: Path
    filename: str
    file_format: str
    sha256: str
    events: int
    cases: int | None
    event_columns: Values[str, str]
    case_columns: Values[str, str]
    problems: tuple[Problem, ...] = ()
    details: Values[str, Any] = field(default_factory=dict)
    numbered_by_place: bool = False

    def event_parts(self) -> list[Path]:
        """The files with events, in the order of the rows."""
        return sorted(self.folder.glob("events-*.parquet"))

    @property
    def key_check(self) -> str | None:
        """Of the key with which its case numbers were replaced (see ``pseudonyms``); None when they were not."""
        return self.details.get("key_check")

    @property
    def events_glob(self) -> str:
        """For ``read_parquet``."""
        return str(Path(escape(str(self.folder))) / "events-*.parquet")

    @property
    def cases_glob(self) -> str | None:
        """For ``read_parquet``; None when the format has no attributes of cases."""
        return str(Path(escape(str(self.folder))) / "cases-*.parquet") if self.case_columns else None

    def write_description(self) -> None:
        """Keep all this in ``raw.json``."""
        values = {key: value for key, value in asdict(self).items() if key != "folder"}
        (self.folder / DESCRIPTION).write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> RawLog:
        """A raw log written before."""
        values = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        values["problems"] = tuple(Problem(**{**each, "places": tuple(each["places"])}) for each in values["problems"])
        return cls(folder=folder, **values)


class RawWriter:
    """Writes the parts of a raw log as they come; nothing is kept in memory. ``discard`` takes all of it away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._parts: dict[Part, int] = {"events": 0, "cases": 0}
        self._columns: dict[Part, dict[str, str]] = {"events": {}, "cases": {}}
        self._numbered_by_place = False
        self.rows: dict[Part, int] = {"events": 0, "cases": 0}

    def write(self, part: Part, table: pa.Table) -> None:
        """Add rows; their columns need not be those of earlier rows. Dictionaries are written as their values."""
        path = self.folder / f"{part}-{self._parts[part]:05d}.parquet"
        # Without Arrow's own schema a dictionary is read back as what it says.
        pq.write_table(table, path, compression="zstd", compression_level=1, store_schema=False)
        self._parts[part] += 1
        self.rows[part] += table.num_rows
        for column in table.schema:
            if column.name not in OWN:
                plain = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
                self._columns[part].setdefault(column.name, str(plain))

    def keep(self, path: Path, rows: int, columns: Values[str, str]) -> None:
        """Take a Parquet file as it is for all events: a copy of it, as its owner may write over it."""
        shutil.copyfile(path, self.folder / "events-00000.parquet")
        self.rows["events"], self._columns["events"], self._numbered_by_place = rows, dict(columns), True

    def finish(
        self,
        *,
        filename: str,
        file_format: str,
        sha256: str,
        problems: tuple[Problem, ...] = (),
        details: Values[str, Any] | None = None,
    ) -> RawLog:
        """Describe what was written."""
        columns = self._columns
        cases = self.rows["cases"] if columns["cases"] else None
        log = RawLog(
            self.folder,
            filename,
            file_format,
            sha256,
            self.rows["events"],
            cases,
            columns["events"],
            columns["cases"],
            problems,
            details or {},
            self._numbered_by_place,
        )
        log.write_description()
        return log

    def discard(self) -> None:
        """A file that broke half-way leaves nothing."""
        shutil.rmtree(self.folder, ignore_errors=True)
