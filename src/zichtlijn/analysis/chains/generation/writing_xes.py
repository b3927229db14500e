"""Writing a generated log as XES (IEEE 1849), block by block; the lines are put together by column."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zichtlijn.analysis.chains.generation.columns import CASE, OF_CASE, OF_EVENT, XES_NAMES
from zichtlijn.analysis.chains.generation.writing import Writing

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2023" xes.features="">
 <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
 <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
 <string key="concept:name" value={name}/>
 <boolean key="demo" value="true"/>
"""
ZONE = "Europe/Amsterdam"
ROWS_AT_ONCE = 100_000


class WritingXes(Writing):
    """One file; what a case has stands in its trace."""

    def __init__(self, path: Path, name: str) -> None:
        self._file = path.open("wb")
        self._file.write(HEAD.format(name=quoteattr(name)).encode())

    def write(self, table: pa.Table) -> None:
        """See ``Writing``."""
        case = table[CASE].combine_chunks().indices.to_numpy()
        first = np.diff(case, prepend=-1) != 0
        last = np.append(first[1:], True)
        for row in range(0, len(table), ROWS_AT_ONCE):
            rows = slice(row, row + ROWS_AT_ONCE)
            self._write(table[rows], pa.array(first[rows]), pa.array(last[rows]))

    def _write(self, rows: pa.Table, first: pa.Array, last: pa.Array) -> None:
        opening = pc.binary_join_element_wise(_text(" <trace>\n"), *_lines(rows, OF_CASE, "  "), _text(""))
        event = [_text("  <event>\n"), *_lines(rows, OF_EVENT, "   "), _text("  </event>\n")]
        before = pc.if_else(first, opening, _text(""))
        after = pc.if_else(last, _text(" </trace>\n"), _text(""))
        lines = pc.binary_join_element_wise(before, *event, after, _text(""))
        # The texts of an Arrow column lie next to each other: together they are the file.
        self._file.write(lines.buffers()[2])

    def finish(self) -> None:
        """See ``Writing``."""
        self._file.write(b"</log>\n")
        self._file.close()


def _text(value: str) -> pa.Scalar:
    return pa.scalar(value, pa.large_string())


def _lines(table: pa.Table, names: tuple[str, ...], indent: str) -> list[pa.Array]:
    return [_line(table[name].combine_chunks(), name, indent) for name in names]


def _line(column: pa.Array, name: str, indent: str) -> pa.Array:
    """An attribute per row, empty where the column says nothing."""
    key = quoteattr(XES_NAMES.get(name, name))
    if pa.types.is_timestamp(column.type):
        element, values = "date", _with_offset(column)
    else:
        element, values = "string", pa.array([quoteattr(text)[1:-1] for text in column.dictionary.to_pylist()])
        values = values.take(column.indices)
    head, tail = _text(f'{indent}<{element} key={key} value="'), _text('"/>\n')
    line = pc.binary_join_element_wise(head, values.cast(pa.large_string()), tail, _text(""))
    return pc.fill_null(line, _text(""))


def _with_offset(times: pa.Array) -> pa.Array:
    """``2021-01-04T09:12:00.000+0100``: local times with their distance to UTC."""
    zoned = pc.assume_timezone(times.cast(pa.timestamp("ms")), ZONE)
    return pc.strftime(zoned, "%Y-%m-%dT%H:%M:%S%z")
