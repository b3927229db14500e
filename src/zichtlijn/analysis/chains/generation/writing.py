"""Writing a generated log block by block, in the format that is asked; nothing is kept in memory."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from zichtlijn.analysis.chains.generation.columns import COLUMNS, TYPES, plain
from zichtlijn.analysis.eventlogs.raw import LINE, SEQUENCE, RawLog, RawWriter

SCHEMA = pa.schema([(name, TYPES[name]) for name in COLUMNS])


class Writing(ABC):
    """Takes the blocks in order."""

    @abstractmethod
    def write(self, table: pa.Table) -> None:
        """The next block."""

    @abstractmethod
    def finish(self) -> None:
        """All blocks are there."""


class WritingParquet(Writing):
    """One file, a row group per block."""

    def __init__(self, path: Path) -> None:
        self._writer = pq.ParquetWriter(path, SCHEMA, compression="zstd", compression_level=1)

    def write(self, table: pa.Table) -> None:
        """See ``Writing``."""
        self._writer.write_table(plain(table))

    def finish(self) -> None:
        """See ``Writing``."""
        self._writer.close()


class WritingCsv(Writing):
    """One file with a line of names, comma between, times as ``2021-01-04 09:12:00``."""

    def __init__(self, path: Path) -> None:
        as_texts = pa.schema([(name, pa.string()) for name in COLUMNS])
        self._writer = pa_csv.CSVWriter(path, as_texts, write_options=pa_csv.WriteOptions(quoting_style="needed"))

    def write(self, table: pa.Table) -> None:
        """See ``Writing``."""
        seconds = {name: pa.timestamp("s") for name, kind in TYPES.items() if pa.types.is_timestamp(kind)}
        whole = table.cast(pa.schema([(name, seconds.get(name, TYPES[name])) for name in COLUMNS]))
        self._writer.write(whole.cast(pa.schema([(name, pa.string()) for name in COLUMNS])))

    def finish(self) -> None:
        """See ``Writing``."""
        self._writer.close()


class WritingRaw(Writing):
    """A raw log, as a reader would write it."""

    def __init__(self, folder: Path, filename: str, sha256: str) -> None:
        self._writer, self._filename, self._sha256 = RawWriter(folder), filename, sha256
        self.log: RawLog | None = None

    def write(self, table: pa.Table) -> None:
        """See ``Writing``."""
        sequence = np.arange(self._writer.rows["events"], self._writer.rows["events"] + len(table))
        own = pa.table({SEQUENCE: sequence, LINE: sequence + 1})
        for name, column in zip(COLUMNS, plain(table).columns, strict=True):
            own = own.append_column(name, column)
        self._writer.write("events", own)

    def finish(self) -> None:
        """See ``Writing``."""
        self.log = self._writer.finish(
            filename=self._filename, file_format="generated", sha256=self._sha256, details={"demo": True}
        )
