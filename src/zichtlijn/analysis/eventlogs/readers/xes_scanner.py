"""Drives the scan over a file: cuts the text into blocks at the end of a trace, and makes parts of what is found."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import chain

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zichtlijn.analysis.eventlogs.raw import LINE, SEQUENCE, TRACE
from zichtlijn.analysis.eventlogs.readers.xes_bytes import CROWDED, END, FULL, MORE, PADDING
from zichtlijn.analysis.eventlogs.readers.xes_columns import BlockColumns, ColumnNumbers
from zichtlijn.analysis.eventlogs.readers.xes_header import Start
from zichtlijn.analysis.eventlogs.readers.xes_parts import MOST_PLACES, Findings, PartWriter, Unusual
from zichtlijn.analysis.eventlogs.readers.xes_scan import EVENTS, NESTED, NEWLINES, POSITION, TRACES, Block, Known, scan

SHORTEST_CELL, SHORTEST_EVENT = len('<id key="" value=""/>'), len("<event/>")
FIRST_SLOTS = 1 << 18
LARGEST_BLOCK = 256 << 20
LARGEST_TAIL = 1 << 16
COMMENT_OR_BLANK = rb"(?:\s|<!--(?:[^-]|-[^-])*-->)*"


class Scanner:
    """Reads the traces of a log and writes parts; what comes before them is in ``start``."""

    def __init__(self, writer: PartWriter, findings: Findings, start: Start, *, attributes: int = 1024) -> None:
        self._writer, self._findings = writer, findings
        self._line = start.line
        self._rest = start.text
        self._root = start.header.root.encode()
        self._seed = np.uint64(int.from_bytes(os.urandom(8), "little"))
        self._known = _room_for_attributes(attributes)
        self._block: Block | None = None
        self._numbers = ColumnNumbers()
        self._events = self._traces = 0

    def read(self, blocks: Iterator[bytes]) -> Iterator[int]:
        """Yields the number of events so far after each block. Raises Unusual when another reader must do it."""
        status, waiting, needed = MORE, [], 0
        for block in chain([self._rest], blocks):
            if status == END:
                self._rest += block
                if len(self._rest) > LARGEST_TAIL:
                    raise Unusual
                continue
            waiting.append(block)
            size = sum(map(len, waiting))
            if size >= needed:
                status = self._scanned(b"".join([*waiting, PADDING]))
                waiting = [self._rest]
                # A trace larger than a block: twice as much each time, or it would be walked over and over.
                needed = 2 * size if len(self._rest) == size else 0
                yield self._events
        if status != END:
            status = self._scanned(b"".join([*waiting, PADDING]))
            yield self._events
        self._check_tail(status)

    def _scanned(self, text: bytes) -> int:
        """Scan as far as whole traces go, and keep the rest."""
        size = len(text) - len(PADDING)
        if size > LARGEST_BLOCK:
            raise Unusual
        letters = np.frombuffer(text, np.uint8)
        block = self._room_for(size)
        while (status := scan(letters, size, self._seed, self._known, block)) in (FULL, CROWDED):
            if status == FULL:
                self._known = _room_for_attributes(4 * len(self._known.level))
                self._numbers.reset()
                self._block = _room_for_block(size, len(self._known.level), len(block.slots))
            else:
                self._block = block._replace(slots=np.empty(4 * len(block.slots), np.int32))
            block = self._block
        if status not in (MORE, END):
            raise Unusual
        if block.state[TRACES]:
            self._write(letters, block)
        self._rest = text[int(block.state[POSITION]) : size]
        return int(status)

    def _room_for(self, size: int) -> Block:
        block = self._block
        if block is None or len(block.cell_row) * SHORTEST_CELL < size + SHORTEST_CELL:
            slots = FIRST_SLOTS if block is None else len(block.slots)
            block = self._block = _room_for_block(size, len(self._known.level), slots)
        return block

    def _write(self, letters: NDArray[np.uint8], block: Block) -> None:
        state, findings = block.state, self._findings
        events, traces = int(state[EVENTS]), int(state[TRACES])
        self._note_nested(block)
        try:
            self._numbers.update(self._known)
            found = BlockColumns(letters, block, self._numbers, self._line).arrays(self._known, findings)
        except (ValueError, OverflowError) as error:
            raise Unusual from error
        own = {
            SEQUENCE: pa.array(np.arange(self._events, self._events + events)),
            LINE: pa.array(block.event_line[:events].astype(np.int64) + self._line),
            TRACE: pa.array(block.event_trace[:events].astype(np.int64) + self._traces),
        }
        cases = {TRACE: pa.array(np.arange(self._traces, self._traces + traces))}
        self._writer.write({"events": pa.table(own | found["event"]), "cases": pa.table(cases | found["case"])})
        self._events += events
        self._traces += traces
        self._line += int(state[NEWLINES])

    def _note_nested(self, block: Block) -> None:
        nested = int(block.state[NESTED])
        if nested:
            lines = block.nested_lines[: min(nested, MOST_PLACES)] + self._line
            self._findings.note("nested-values", lines.tolist(), count=nested)

    def _check_tail(self, status: int) -> None:
        tail = COMMENT_OR_BLANK + rb"</" + re.escape(self._root) + rb"\s*>" + COMMENT_OR_BLANK
        if status != END or not re.fullmatch(tail, self._rest):
            raise Unusual


def _room_for_attributes(most: int) -> Known:
    return Known(
        size=np.zeros(2, np.int64),
        letters=np.zeros(most * 256, np.uint8),
        level=np.zeros(most, np.uint8),
        element=np.zeros(most, np.uint8),
        key_start=np.zeros(most, np.int64),
        key_length=np.zeros(most, np.int64),
        tag_start=np.zeros(most, np.int64),
        tag_length=np.zeros(most, np.int64),
        follower=np.full(most + 2, -1, np.int32),
        slots=np.full(4 * most, -1, np.int32),
    )


def _room_for_block(size: int, attributes: int, slots: int) -> Block:
    """Enough for any text of ``size`` bytes; pages that are not written to take no memory."""
    cells, events = size // SHORTEST_CELL + 1, size // SHORTEST_EVENT + 1
    return Block(
        cell_row=np.empty(cells, np.int32),
        cell_entry=np.empty(cells, np.int32),
        cell_line=np.empty(cells, np.int32),
        event_line=np.empty(events, np.int32),
        event_trace=np.empty(events, np.int32),
        entry_start=np.empty(cells, np.int64),
        entry_length=np.empty(cells, np.int32),
        entry_attribute=np.empty(cells, np.int32),
        entry_hash=np.empty(cells, np.uint64),
        entry_escaped=np.empty(cells, np.bool_),
        last_entry=np.empty(attributes, np.int32),
        slots=np.empty(slots, np.int32),
        nested_lines=np.empty(MOST_PLACES, np.int64),
        state=np.zeros(7, np.int64),
    )
