"""Reads XES element by element. Slow, and at home in every corner of XML: for files the scanner does not understand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from zichtlijn.analysis.eventlogs.model import Level
from zichtlijn.analysis.eventlogs.raw import LINE, SEQUENCE, TRACE
from zichtlijn.analysis.eventlogs.readers.xes_cells import Cells, column_name
from zichtlijn.analysis.eventlogs.readers.xes_header import Header, checked_root, fed, local, new_parser
from zichtlijn.analysis.eventlogs.readers.xes_parts import Findings, PartWriter
from zichtlijn.analysis.eventlogs.readers.xes_values import TAGS

ROWS_PER_PART = 50_000
NESTING = ("list", "container")


@dataclass
class _Rows:
    """Rows that are not written yet."""

    lines: list[int] = field(default_factory=list)
    traces: list[int | None] = field(default_factory=list)
    cases: list[int] = field(default_factory=list)
    event_cells: Cells = field(default_factory=lambda: Cells("event"))
    case_cells: Cells = field(default_factory=lambda: Cells("case"))


class ExpatReader:
    """Takes the text in blocks and writes parts. ``header`` is complete when the text is."""

    def __init__(self, writer: PartWriter, findings: Findings, *, rows_per_part: int = ROWS_PER_PART) -> None:
        self.header = Header()
        self._writer, self._findings, self._rows_per_part = writer, findings, rows_per_part
        self._open: list[str] = []
        self._rows = _Rows()
        self._events = self._traces = 0
        self._parser = new_parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def read(self, blocks: Iterator[bytes]) -> Iterator[int]:
        """Yields the number of events so far after each block. Raises LogError with the line of what is broken."""
        for block in blocks:
            fed(self._parser, block)
            yield self._events
        fed(self._parser, b"", is_last=True)
        self._flush_events()
        self._flush_cases()

    def _start(self, name: str, given: dict[str, str]) -> None:
        parent = self._open[-1] if self._open else ""
        self._open.append(self._opened(parent, name, given))

    def _opened(self, parent: str, name: str, given: dict[str, str]) -> str:
        """What an element is, given what it stands in: log, trace, event, attribute, header, or within one of them."""
        line, known = self._parser.CurrentLineNumber, local(name)
        if not parent:
            checked_root(name, line)
            self.header.start(name, given)
            return "log"
        if parent in ("log", "trace") and known == "event":
            return self._event(parent, line)
        if parent == "log" and known == "trace":
            return self._trace()
        if parent in ("log", "header"):
            self.header.start(name, given)
            return "header"
        if parent in ("event", "trace"):
            return self._attribute("event" if parent == "event" else "case", known, given, line)
        if parent.startswith("attribute "):
            self._findings.note("nested-values", [int(parent.split()[1])])
        return "nested"

    def _trace(self) -> str:
        self._rows.cases.append(self._traces)
        self._traces += 1
        return "trace"

    def _event(self, parent: str, line: int) -> str:
        self._rows.lines.append(line)
        self._rows.traces.append(self._traces - 1 if parent == "trace" else None)
        self._events += 1
        if parent == "log":
            self._findings.note("event-outside-trace", [line])
        return "event"

    def _attribute(self, level: Level, tag: str, given: dict[str, str], line: int) -> str:
        if tag in NESTING:
            self._findings.note("nested-values", [line])
        elif tag not in TAGS:
            self._findings.note("element-unknown", [line], tag[:50])
        elif not given.get("key") or "value" not in given:
            self._findings.note("attribute-incomplete", [line])
        else:
            rows = self._rows
            cells, row = (
                (rows.event_cells, len(rows.lines) - 1) if level == "event" else (rows.case_cells, len(rows.cases) - 1)
            )
            if not cells.add(given["key"], row, tag, given["value"], line):
                self._findings.note("attribute-repeated", [line], column_name(given["key"]), level=level)
            return f"attribute {line}"
        return "nested"

    def _end(self, _name: str) -> None:
        closed, rows = self._open.pop(), self._rows
        if closed in ("log", "header"):
            self.header.end()
        elif closed == "event" and len(rows.lines) >= self._rows_per_part:
            self._flush_events()
        elif closed == "trace" and len(rows.cases) >= self._rows_per_part:
            self._flush_cases()

    def _flush_events(self) -> None:
        rows, count = self._rows, len(self._rows.lines)
        own = {
            SEQUENCE: pa.array(range(self._events - count, self._events), pa.int64()),
            LINE: pa.array(rows.lines, pa.int64()),
            TRACE: pa.array(rows.traces, pa.int64()),
        }
        self._writer.write({"events": pa.table(own | rows.event_cells.arrays(count, self._findings))})
        rows.lines, rows.traces, rows.event_cells = [], [], Cells("event")

    def _flush_cases(self) -> None:
        rows, count = self._rows, len(self._rows.cases)
        own = {TRACE: pa.array(rows.cases, pa.int64())}
        self._writer.write({"cases": pa.table(own | rows.case_cells.arrays(count, self._findings))})
        rows.cases, rows.case_cells = [], Cells("case")
