"""The values of attributes, gathered as text and made into typed columns."""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

import pyarrow as pa

from zichtlijn.analysis.eventlogs.model import Level
from zichtlijn.analysis.eventlogs.raw import OWN
from zichtlijn.analysis.eventlogs.readers.xes_parts import Findings
from zichtlijn.analysis.eventlogs.readers.xes_values import READ, TYPES, Kind, moment

Cell = tuple[int, str, str, int]


def column_name(key: str) -> str:
    """An attribute's key, unless it is the name of a column of our own."""
    return f"{key} (XES)" if key in OWN else key


class Cells:
    """Per attribute its cells: row, element name, text and line."""

    def __init__(self, level: Level) -> None:
        self.level = level
        self._cells: dict[str, list[Cell]] = {}

    def add(self, key: str, row: int, tag: str, text: str, line: int) -> bool:
        """False when the row had a value already: the last one counts."""
        cells = self._cells.setdefault(column_name(key), [])
        is_new = not cells or cells[-1][0] != row
        if not is_new:
            cells.pop()
        cells.append((row, tag, text, line))
        return is_new

    def arrays(self, rows: int, findings: Findings) -> dict[str, pa.Array]:
        """Typed columns in the order of first appearance; without those in which no value could be read."""
        found = {}
        for name, cells in self._cells.items():
            array = _array(self.level, name, cells, rows, findings)
            if array is not None:
                found[name] = array
        return found


def _array(level: Level, name: str, cells: list[Cell], rows: int, findings: Findings) -> pa.Array | None:
    settled = findings.settled.get((level, name))
    values: list[Any] = [None] * rows
    kinds: set[Kind] = set()
    offsets: Counter[int] = Counter()
    for row, tag, text, line in cells:
        kind, value, offset = read_cell(tag, text, settled)
        if value is None or kind is None:
            findings.note("value-unreadable", [line], name, level=level)
            continue
        values[row] = value
        kinds.add(kind)
        if offset is not None:
            offsets[offset] += 1
    findings.saw(level, name, kinds)
    for minutes, count in offsets.items():
        findings.saw_offset(minutes, count)
    return pa.array(values, TYPES[kinds.pop()]) if len(kinds) == 1 else None


def read_cell(tag: str, text: str, settled: Kind | None) -> tuple[Kind | None, Any, int | None]:
    """Kind, value (None: unreadable) and the minutes of its offset from UTC."""
    if settled is not None:
        return settled, READ[settled](text), None
    if tag == "date":
        read = moment(text)
        if read is None:
            return None, None, None
        return ("naive" if read[1] is None else "zoned"), read[0], read[1]
    kind = cast(Kind, "string" if tag == "id" else tag)
    return kind, READ[kind](text), None
