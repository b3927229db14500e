"""The rows of a bucket, in the codes of the log to be, sorted; with those of an earlier log where events are added."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from zichtlijn.analysis.eventlogs.prepare.bucket_store import KEYS
from zichtlijn.analysis.eventlogs.prepare.coding import Spreading, keys_in_order
from zichtlijn.analysis.eventlogs.prepare.dictionaries import Values
from zichtlijn.analysis.eventlogs.prepare.sorted_rows import NO_CODE, NO_TIME, Array, SortedRows
from zichtlijn.analysis.eventlogs.prepared import KEPT, bucket_path


class SortedBuckets:
    """``values``: of the log to be; ``source``: the number of the file that was spread."""

    def __init__(self, spreading: Spreading, values: Values, source: int) -> None:
        self._spreading, self._source = spreading, source
        self._recoded = {}
        for name, found in spreading.coder.values.items():
            code_of = {value: code for code, value in enumerate(values.get(name, ()))}
            self._recoded[name] = np.array([*(code_of[value] for value in found), NO_CODE], np.int16)

    @property
    def numbers(self) -> list[int]:
        """The buckets with rows."""
        return sorted(self._spreading.store.rows)

    def rows(self, bucket: int) -> SortedRows:
        """Of the file alone. Raises LogError when two cases have one number."""
        columns, keys = self._taken(bucket)
        return SortedRows.of(columns, keys_in_order(keys), self._source)

    def rows_with(self, bucket: int, before: Path) -> SortedRows:
        """Together with those of the prepared log in ``before``. Raises LogError when two cases have one number."""
        events, cases = bucket_path(before, "events", bucket), bucket_path(before, "cases", bucket)
        if not events.exists():
            return self.rows(bucket)
        columns, keys = self._taken(bucket)
        columns["source"] = np.full(len(columns["case_no"]), self._source)
        kept = {name[1:]: name for name in KEPT.names}
        names = {name: kept.get(name, name) for name in columns}
        # Read as the one file: the name of its folder says nothing
        old = pq.ParquetFile(events).read(columns=list(names.values()))
        together = {name: np.concatenate([_known(old[names[name]]), values]) for name, values in columns.items()}
        old_keys = pq.ParquetFile(cases).read(columns=KEYS.names).select(KEYS.names).cast(KEYS)
        return SortedRows.of(together, keys_in_order(pa.concat_tables([old_keys, keys])))

    def unsorted_into(self, target: Path, bucket: int) -> None:
        """Write the rows of a bucket for another engine, with what every case is called as ``case_key``."""
        columns, keys = self._taken(bucket)
        numbers, called = np.unique(keys["case_no"].to_numpy()), keys_in_order(keys)
        case_key = called.take(pa.array(np.searchsorted(numbers, columns["case_no"])))
        source = np.full(len(columns["case_no"]), self._source)
        arrays = {name: _arrow(values) for name, values in columns.items()}
        pq.write_table(pa.table({**arrays, "source": source, "case_key": case_key}), target, compression="zstd")

    def _taken(self, bucket: int) -> tuple[dict[str, Array], pa.Table]:
        store = self._spreading.store
        records, keys = store.records(bucket, self._spreading.dtype), store.keys(bucket)
        store.drop(bucket)
        columns: dict[str, Array] = {name: np.ascontiguousarray(records[name]) for name in records.dtype.names or ()}
        return columns | {name: code_of[columns[name]] for name, code_of in self._recoded.items()}, keys


def _known(column: pa.ChunkedArray) -> Array:
    absent = NO_CODE if column.type == pa.int16() else NO_TIME
    return np.asarray((pc.fill_null(column, absent) if column.null_count else column).to_numpy())


def _arrow(values: Array) -> pa.Array:
    absent = values == (NO_CODE if values.dtype == np.int16 else NO_TIME)
    return pa.array(values, mask=absent if absent.any() else None)
