"""Typed Arrow columns from what a scan found in one block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zichtlijn.analysis.eventlogs.model import Level
from zichtlijn.analysis.eventlogs.readers import xes_numbers
from zichtlijn.analysis.eventlogs.readers.xes_bytes import BOOLEAN, DATE, ELEMENTS, FLOAT, ID, INT, STRING
from zichtlijn.analysis.eventlogs.readers.xes_cells import column_name, read_cell
from zichtlijn.analysis.eventlogs.readers.xes_parts import Findings
from zichtlijn.analysis.eventlogs.readers.xes_pivot import fill, gather, group, number_within
from zichtlijn.analysis.eventlogs.readers.xes_scan import CELLS, ENTRIES, EVENTS, TRACES, Block, Known
from zichtlijn.analysis.eventlogs.readers.xes_values import TYPES, Kind, unescaped

Names = tuple[Level, str]
LEVELS: tuple[Level, Level] = ("case", "event")


class ColumnNumbers:
    """Which column each attribute of the scan belongs to: level and name make a column, whatever the element is."""

    def __init__(self) -> None:
        self._numbers: dict[Names, int] = {}
        self.of_attribute: list[int] = []
        self.elements: list[set[int]] = []

    @property
    def names(self) -> list[Names]:
        """Of every column, in the order in which they appeared."""
        return list(self._numbers)

    def update(self, known: Known) -> None:
        """Take in the attributes that are new. Raises ValueError for a key with a broken entity."""
        for attribute in range(len(self.of_attribute), int(known.size[0])):
            start, length = int(known.key_start[attribute]), int(known.key_length[attribute])
            key = unescaped(known.letters[start : start + length].tobytes())
            name: Names = (LEVELS[known.level[attribute]], column_name(key))
            number = self._numbers.setdefault(name, len(self._numbers))
            if number == len(self.elements):
                self.elements.append(set())
            self.elements[number].add(int(known.element[attribute]))
            self.of_attribute.append(number)

    def reset(self) -> None:
        """Begin again, for attributes that are numbered anew."""
        self.__init__()  # type: ignore[misc]


@dataclass
class _Column:
    """One column of one block: its entries, and per row the place of its entry among them."""

    level: Level
    name: str
    elements: NDArray[np.uint8]
    text: NDArray[np.uint8]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int32]
    escaped: NDArray[np.bool_]
    codes: NDArray[np.int32]
    valid: NDArray[np.uint8]
    uses: NDArray[np.int64]
    is_uniform: bool

    def texts(self) -> list[str]:
        """Of every entry. Raises ValueError for a broken entity."""
        return [self.text_of(place) for place in range(len(self.starts))]

    def text_of(self, place: int) -> str:
        """Of one entry."""
        start = int(self.starts[place])
        raw = self.text[start : start + int(self.lengths[place])].tobytes()
        return unescaped(raw) if self.escaped[place] else raw.decode("utf-8")

    @cached_property
    def indices(self) -> pa.Array:
        """The places as Arrow has them."""
        return pa.Array.from_buffers(pa.int32(), len(self.codes), [pa.py_buffer(self.valid), pa.py_buffer(self.codes)])

    def as_strings(self) -> pa.Array:
        """A dictionary when the entries are all different for sure; entities may make them the same."""
        if not self.is_uniform or self.escaped.any():
            return pa.array(self.texts(), pa.string()).take(self.indices)
        offsets = np.empty(len(self.starts) + 1, np.int32)
        letters = np.empty(int(self.lengths.sum()), np.uint8)
        gather(self.text, self.starts, self.lengths, offsets, letters)
        buffers = [None, pa.py_buffer(offsets), pa.py_buffer(letters)]
        return pa.DictionaryArray.from_arrays(
            self.indices, pa.Array.from_buffers(pa.string(), len(self.starts), buffers)
        )


class BlockColumns:
    """All columns of a block. ``first_line`` is the line at which the block begins."""

    def __init__(self, text: NDArray[np.uint8], block: Block, numbers: ColumnNumbers, first_line: int) -> None:
        self._text, self._block, self._numbers, self._first_line = text, block, numbers, first_line
        cells, entries = int(block.state[CELLS]), int(block.state[ENTRIES])
        self._rows: dict[Level, int] = {"case": int(block.state[TRACES]), "event": int(block.state[EVENTS])}
        self._entry_attribute = block.entry_attribute[:entries]
        column_of = np.array(numbers.of_attribute, np.int32)
        self._cell_order, self._cell_starts = _grouped(
            column_of[self._entry_attribute], block.cell_entry[:cells], len(numbers.names)
        )
        self._entry_order, self._entry_starts = _grouped(column_of, self._entry_attribute, len(numbers.names))
        self._entry_place = np.empty(entries, np.int32)
        number_within(self._entry_order, self._entry_starts, self._entry_place)

    def arrays(self, known: Known, findings: Findings) -> dict[Level, dict[str, pa.Array]]:
        """Per level the columns in which there is a value. Raises ValueError for a broken entity."""
        found: dict[Level, dict[str, pa.Array]] = {"event": {}, "case": {}}
        for number, (level, name) in enumerate(self._numbers.names):
            cells = self._cell_order[self._cell_starts[number] : self._cell_starts[number + 1]]
            if len(cells):
                column = self._column(number, cells, known, findings)
                array = self._typed(column, cells, findings)
                if array is not None:
                    found[level][name] = array
        return found

    def _column(self, number: int, cells: NDArray[np.int32], known: Known, findings: Findings) -> _Column:
        (level, name), block = self._numbers.names[number], self._block
        entries = self._entry_order[self._entry_starts[number] : self._entry_starts[number + 1]]
        rows = self._rows[level]
        codes, valid = np.zeros(rows, np.int32), np.zeros((rows + 7) // 8, np.uint8)
        uses = np.zeros(len(entries), np.int64)
        if fill(cells, block.cell_row, block.cell_entry, self._entry_place, codes, valid, uses):
            findings.note("attribute-repeated", self._repeated_lines(cells), name, level=level)
        return _Column(
            level=level,
            name=name,
            elements=known.element[self._entry_attribute[entries]],
            text=self._text,
            starts=block.entry_start[entries],
            lengths=block.entry_length[entries],
            escaped=block.entry_escaped[entries],
            codes=codes,
            valid=valid,
            uses=uses,
            is_uniform=self._numbers.of_attribute.count(number) == 1,
        )

    def _repeated_lines(self, cells: NDArray[np.int32]) -> Iterator[int]:
        rows = self._block.cell_row[cells]
        for cell in cells[1:][rows[1:] == rows[:-1]]:
            yield self._first_line + int(self._block.cell_line[cell])

    def _typed(self, column: _Column, cells: NDArray[np.int32], findings: Findings) -> pa.Array | None:
        settled = findings.settled.get((column.level, column.name))
        elements = set(column.elements[column.uses > 0].tolist())
        if settled == "string" or elements <= {STRING, ID}:
            findings.saw(column.level, column.name, ["string"])
            return column.as_strings()
        values = _Values.read(column, settled, elements.pop() if len(elements) == 1 else None)
        if not values.is_read.all():
            self._note_unreadable(column, cells, values.is_read, findings)
        used = values.is_read & (column.uses > 0)
        kinds = {kind for kind, chosen in values.kinds.items() if (chosen & used).any()}
        findings.saw(column.level, column.name, kinds)
        for minutes in np.unique(values.offsets[used & (values.offsets != xes_numbers.NO_OFFSET)]).tolist():
            findings.saw_offset(minutes, int(column.uses[used & (values.offsets == minutes)].sum()))
        return values.taken(column, kinds.pop()) if len(kinds) == 1 else None

    def _note_unreadable(
        self, column: _Column, cells: NDArray[np.int32], is_read: NDArray[np.bool_], findings: Findings
    ) -> None:
        block = self._block
        lines = {}
        for cell in cells[~is_read[self._entry_place[block.cell_entry[cells]]]]:
            row = int(block.cell_row[cell])
            if column.codes[row] == self._entry_place[block.cell_entry[cell]]:
                lines[row] = self._first_line + int(block.cell_line[cell])
        if lines:
            findings.note("value-unreadable", lines.values(), column.name, level=column.level)


@dataclass
class _Values:
    """The entries of a column that is not text: value, offset from UTC, whether it was read, and which kind it is."""

    values: NDArray[Any]
    offsets: NDArray[np.int32]
    is_read: NDArray[np.bool_]
    kinds: dict[Kind, NDArray[np.bool_]]

    @classmethod
    def read(cls, column: _Column, settled: Kind | None, element: int | None) -> _Values:
        """The compiled readers first, where the element is one and nothing is settled; then what they left."""
        count = len(column.starts)
        offsets = np.full(count, xes_numbers.NO_OFFSET, np.int32)
        status = np.zeros(count, np.uint8)
        values: NDArray[Any] = np.zeros(count, _dtype_of(settled, element))
        where = (column.text, column.starts, column.lengths, values)
        if settled is None and element == INT:
            xes_numbers.ints(*where, status)
        elif settled is None and element == FLOAT:
            xes_numbers.floats(*where, status)
        elif settled is None and element == DATE:
            xes_numbers.dates(*where, offsets, status)
        kind = _kind_of(settled, element)
        found = cls(values, offsets, status != 0, {} if kind is None else {kind: np.ones(count, np.bool_)})
        # An entry that a later one of the same row replaced is in no cell, and need not be of this kind.
        for place in np.flatnonzero((status == 0) & (column.uses > 0)).tolist():
            found._read_slowly(place, column, settled)
        if element == DATE and settled is None:
            found.kinds = {"zoned": offsets != xes_numbers.NO_OFFSET, "naive": offsets == xes_numbers.NO_OFFSET}
        return found

    def _read_slowly(self, place: int, column: _Column, settled: Kind | None) -> None:
        tag = ELEMENTS[column.elements[place]].decode()
        kind, value, offset = read_cell(tag, column.text_of(place), settled)
        if kind is None or value is None:
            return
        self.is_read[place] = True
        self.kinds.setdefault(kind, np.zeros(len(self.values), np.bool_))[place] = True
        if kind != "string":  # a column with text as well is read again, as text
            self.values[place] = value
        if offset is not None:
            self.offsets[place] = offset

    def taken(self, column: _Column, kind: Kind) -> pa.Array:
        """The values in their rows; of text that stands among what could not be read, the text."""
        if kind == "string":
            texts = [text if is_read else None for text, is_read in zip(column.texts(), self.is_read, strict=True)]
            return pa.array(texts, pa.string()).take(column.indices)
        is_other = ~(self.is_read & self.kinds[kind])
        if kind in ("zoned", "naive"):
            return pa.array(self.values, pa.int64(), mask=is_other).cast(TYPES[kind]).take(column.indices)
        values = self.values.astype(np.bool_) if kind == "boolean" else self.values
        return pa.array(values, TYPES[kind], mask=is_other).take(column.indices)


def _dtype_of(settled: Kind | None, element: int | None) -> type:
    if element == FLOAT or settled == "float":
        return np.float64
    return object if settled is None and element is None else np.int64


def _kind_of(settled: Kind | None, element: int | None) -> Kind | None:
    """The kind that all entries have; None when each must tell."""
    if settled is not None:
        return settled
    return cast("Kind", ELEMENTS[element].decode()) if element in (INT, FLOAT, BOOLEAN) else None


def _grouped(keys: NDArray[np.int32], of: NDArray[np.int32], groups: int) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """The places of ``of`` grouped by key, and where each group starts."""
    order, starts = np.empty(len(of), np.int32), np.zeros(groups + 1, np.int64)
    group(keys, of, starts, order)
    return order, starts
