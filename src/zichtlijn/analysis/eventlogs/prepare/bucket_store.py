"""Rows and case numbers by bucket while a log is being prepared: in memory, or in files when there are many."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Records = NDArray[Any]
KEYS = pa.schema([("case_no", pa.int64()), ("case_key", pa.string())])


class BucketStore:
    """``records`` are rows of one type of NumPy; ``keys`` tables of ``KEYS``. With a ``folder`` nothing stays in
    memory: each bucket has a file of rows and one of keys, to which every addition is appended."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            folder.mkdir()
        self._records: dict[int, list[Records]] = defaultdict(list)
        self._keys: dict[int, list[pa.Table]] = defaultdict(list)
        self._rows: dict[int, int] = defaultdict(int)

    @property
    def rows(self) -> dict[int, int]:
        """How many each bucket has; no bucket without."""
        return dict(self._rows)

    def add(self, bucket: int, records: Records, keys: pa.Table) -> None:
        """Behind what there is."""
        self._rows[bucket] += len(records)
        if self._folder is None:
            self._records[bucket].append(records.copy())
            self._keys[bucket].append(keys)
            return
        with self._path(bucket, "rows").open("ab") as file:
            records.tofile(file)
        with self._path(bucket, "keys").open("ab") as file, pa.ipc.new_stream(file, KEYS) as stream:
            stream.write_table(keys)

    def records(self, bucket: int, dtype: np.dtype[Any]) -> Records:
        """All of a bucket, in the order in which they were added."""
        if self._folder is None:
            return np.concatenate(self._records[bucket])
        return np.fromfile(self._path(bucket, "rows"), dtype)

    def keys(self, bucket: int) -> pa.Table:
        """All of a bucket; a case that was added more than once is there more than once."""
        if self._folder is None:
            return pa.concat_tables(self._keys[bucket])
        path, tables = self._path(bucket, "keys"), []
        with pa.memory_map(str(path)) as file:
            while file.tell() < file.size():
                tables.append(pa.ipc.open_stream(file).read_all())
        return pa.concat_tables(tables)

    def drop(self, bucket: int) -> None:
        """A bucket that is done with."""
        self._records.pop(bucket, None)
        self._keys.pop(bucket, None)
        if self._folder is not None:
            self._path(bucket, "rows").unlink()
            self._path(bucket, "keys").unlink()

    def _path(self, bucket: int, kind: str) -> Path:
        return (self._folder or Path()) / f"{bucket:05d}.{kind}"
