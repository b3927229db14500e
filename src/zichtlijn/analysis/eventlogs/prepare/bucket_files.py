"""Writing one bucket: its events, cases and stays, each a Parquet file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from zichtlijn.analysis.eventlogs.prepare.case_table import cases_of
from zichtlijn.analysis.eventlogs.prepare.codes_of_mapping import MappedCodes
from zichtlijn.analysis.eventlogs.prepare.event_table import events_of
from zichtlijn.analysis.eventlogs.prepare.sorted_rows import SortedRows
from zichtlijn.analysis.eventlogs.prepare.stay_table import stays_of
from zichtlijn.analysis.eventlogs.prepared import TableName, bucket_path

# As large as DuckDB's own, so that every core has a part to read of a log of a few hundred thousand events.
_ROWS_TOGETHER = 122_880


@dataclass(frozen=True)
class BucketWriter:
    """Writes buckets into ``folder``; ``with_stays``: the log has organisations."""

    folder: Path
    codes: MappedCodes
    with_stays: bool

    def write_rows(self, bucket: int, rows_of: Callable[[int], SortedRows]) -> None:
        """All tables of a bucket."""
        rows = rows_of(bucket)
        self.write_events(bucket, rows)
        self.write_cases(bucket, rows)

    def write_events(self, bucket: int, rows: SortedRows) -> None:
        """The same rows give the same bytes."""
        self._write("events", bucket, events_of(rows, self.codes.time_zone))

    def write_cases(self, bucket: int, rows: SortedRows) -> None:
        """Cases and stays."""
        cases = cases_of(rows, self.codes)
        self._write("cases", bucket, cases)
        if self.with_stays:
            self._write("stays", bucket, stays_of(rows, cases, self.codes))

    def _write(self, name: TableName, bucket: int, table: pa.Table) -> None:
        path = bucket_path(self.folder, name, bucket)
        path.parent.mkdir(exist_ok=True)
        pq.write_table(table, path, compression="lz4", use_dictionary=_few(table), row_group_size=_ROWS_TOGETHER)


def _few(table: pa.Table) -> list[str]:
    """Columns with few values: codes, days, steps and counts. Written with a dictionary an engine groups by them
    quicker."""
    return [each.name for each in table.schema if each.type in (pa.int16(), pa.int32())]


def described(path: Path) -> Mapping[str, Any]:
    """SHA-256 and rows of a Parquet file, for the manifest."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"sha256": digest, "rows": pq.read_metadata(path).num_rows}
