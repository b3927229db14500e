"""What both XES readers keep besides the rows (kinds of columns, problems, offsets), and the parts they write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa

from zichtlijn.analysis.eventlogs.model import Level, Problem
from zichtlijn.analysis.eventlogs.raw import Part, RawLog, RawWriter
from zichtlijn.analysis.eventlogs.readers.xes_values import Kind, offset_name

MOST_PLACES = 5
Noted = tuple[str, str, Level | None]
Settled = Mapping[tuple[Level, str], Kind]


class Unusual(Exception):
    """What stands in the file is not for the scanner: broken, or of a corner of XML that logs seldom are in."""


@dataclass
class Findings:
    """What was met on the way through a file.

    ``kinds``: per attribute the kinds of its values. An attribute must have one kind in all parts; where it has more
    the file is read again with ``settled`` saying which.
    """

    settled: Settled = field(default_factory=dict)
    kinds: dict[tuple[Level, str], set[Kind]] = field(default_factory=dict)
    offsets: Counter[str] = field(default_factory=Counter)
    counts: Counter[Noted] = field(default_factory=Counter)
    places: dict[Noted, list[str]] = field(default_factory=dict)

    def note(
        self,
        code: str,
        places: Iterable[int],
        detail: str = "",
        *,
        level: Level | None = None,
        count: int | None = None,
    ) -> None:
        """A problem at these line numbers, or ``count`` times, of which some at these; of an attribute, its level."""
        key, number = (code, detail, level), 0
        kept = self.places.setdefault(key, [])
        for place in places:
            number += 1
            if len(kept) < MOST_PLACES:
                kept.append(str(place))
        self.counts[key] += number if count is None else count

    def saw(self, level: Level, name: str, kinds: Iterable[Kind]) -> None:
        """Values of these kinds in an attribute."""
        self.kinds.setdefault((level, name), set()).update(kinds)

    def saw_offset(self, minutes: int, count: int) -> None:
        """Times with this offset from UTC."""
        self.offsets[offset_name(minutes)] += count

    def unsettled(self) -> dict[tuple[Level, str], Kind]:
        """The kind that attributes of several kinds must be given: numbers become float, all else text."""
        return {
            key: "float" if kinds == {"int", "float"} else "string"
            for key, kinds in self.kinds.items()
            if len(kinds) > 1 and key not in self.settled
        }

    def problems(self) -> tuple[Problem, ...]:
        """In a fixed order. Attributes with values of several kinds are among them."""
        found = [
            Problem(code, count, tuple(self.places[code, detail, level]), detail)
            for (code, detail, level), count in sorted(self.counts.items(), key=str)
        ]
        found += [Problem("mixed-kinds", 1, (), name) for _level, name in self.settled]
        return tuple(sorted(found, key=lambda each: (each.code, each.detail)))


class PartWriter:
    """Writes parts in another thread, one at a time, while the next is made; nothing once a second pass is needed."""

    def __init__(self, folder: Path, findings: Findings) -> None:
        self._writer = RawWriter(folder)
        self._findings = findings
        self._pool = ThreadPoolExecutor(1)
        self._writing: Future[None] | None = None
        self.rows: dict[Part, int] = {"events": 0, "cases": 0}

    def write(self, tables: Mapping[Part, pa.Table]) -> None:
        """Rows of one or both parts."""
        for part, table in tables.items():
            self.rows[part] += table.num_rows
        if not self._findings.unsettled():
            self._wait()
            self._writing = self._pool.submit(self._write, tables)

    def finish(self, *, filename: str, sha256: str, details: Mapping[str, Any]) -> RawLog:
        """Wait for the last part and describe the log."""
        self._wait()
        return self._writer.finish(
            filename=filename,
            file_format="xes",
            sha256=sha256,
            problems=self._findings.problems(),
            details={**details, "offsets": dict(sorted(self._findings.offsets.items()))},
        )

    def _write(self, tables: Mapping[Part, pa.Table]) -> None:
        for part, table in tables.items():
            if table.num_rows:
                self._writer.write(part, table)

    def _wait(self) -> None:
        if self._writing is not None:
            self._writing.result()

    def __enter__(self) -> PartWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """After an error, and before a second pass, what was written goes."""
        self._pool.shutdown()
        if error is not None or self._findings.unsettled():
            self._writer.discard()
