"""Rows of text on disk until it is known what the columns hold; then they get their types."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from zichtlijn.analysis.eventlogs.raw import LINE, SEQUENCE
from zichtlijn.analysis.eventlogs.readers.written_values import WrittenColumn

_PART_ROWS = 50_000


class StagedTexts:
    """Takes rows with their line one by one; one part is held in memory."""

    def __init__(self, folder: Path, names: tuple[str, ...]) -> None:
        self._folder = folder
        folder.mkdir(parents=True)
        self.columns = [WrittenColumn(name) for name in names]
        self._rows: list[tuple[int, list[str | None]]] = []
        self._parts = 0
        self.rows = 0

    def add(self, line: int, texts: list[str | None]) -> None:
        """One text or nothing for each column."""
        self._rows.append((line, texts))
        self.rows += 1
        if len(self._rows) == _PART_ROWS:
            self._flush()

    def typed(self) -> Iterator[pa.Table]:
        """All rows, with ``.sequence`` and ``.line`` and each column in its type. Takes the texts away."""
        self._flush()
        sequence = 0
        for path in sorted(self._folder.glob("*.parquet")):
            part = pq.read_table(path)
            numbers = np.arange(sequence, sequence + part.num_rows, dtype=np.int64)
            values = {each.name: each.read(part[each.name].combine_chunks()) for each in self.columns}
            yield pa.table({SEQUENCE: numbers, LINE: part[LINE], **values})
            sequence += part.num_rows
        shutil.rmtree(self._folder)

    def _flush(self) -> None:
        if not self._rows:
            return
        lines = pa.array([line for line, _ in self._rows], pa.int64())
        texts = zip(*(row for _, row in self._rows), strict=True)
        values = {each.name: pa.array(column, pa.string()) for each, column in zip(self.columns, texts, strict=True)}
        for each in self.columns:
            each.look(values[each.name])
        pq.write_table(pa.table({LINE: lines, **values}), self._folder / f"{self._parts:05d}.parquet")
        self._rows, self._parts = [], self._parts + 1
