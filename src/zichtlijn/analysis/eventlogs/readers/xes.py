"""XES (IEEE 1849), plain or gzipped: events with their attributes, and cases with theirs.

Two readers give the same tables. The scanner (``xes_scan``) goes over the bytes once, in compiled code; what it does
not understand, and every file that is broken, goes to the reader on expat (``xes_expat``). Attributes within
attributes, lists and containers are left, and counted as a problem. Default values of globals are not filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.readers.broken import broken
from zichtlijn.analysis.eventlogs.readers.xes_expat import ExpatReader
from zichtlijn.analysis.eventlogs.readers.xes_header import Header, read_header
from zichtlijn.analysis.eventlogs.readers.xes_parts import Findings, PartWriter, Settled, Unusual
from zichtlijn.analysis.eventlogs.readers.xes_text import BLOCK_BYTES, XesText, ahead

SMALL_BYTES = 8 << 20
Progress = Callable[[float, int], None]
Pass = Callable[[Iterator[bytes], PartWriter, Findings, Callable[[int], None]], Header]


def read(
    path: Path,
    folder: Path,
    *,
    filename: str,
    sha256: str,
    progress: Progress | None = None,
    max_bytes: int | None = None,
) -> RawLog:
    """Read a file into ``folder``.

    ``progress`` is told the share of the file and the number of events. Raises LogError, with nothing left in the
    folder, for a file that is broken, refused, empty or larger than ``max_bytes`` once it is unpacked.
    """
    reading = Reading(path, folder, filename, sha256, progress, max_bytes)
    if not _is_small(path):
        try:
            return reading.to_the_end(scanned)
        except Unusual:
            pass
    return reading.to_the_end(parsed)


@dataclass(frozen=True)
class Reading:
    """What is read, and where to."""

    path: Path
    folder: Path
    filename: str
    sha256: str
    progress: Progress | None = None
    max_bytes: int | None = None

    def to_the_end(self, reader: Pass) -> RawLog:
        """With one of the two readers. A second time when attributes turn out to have values of several kinds."""
        settled: Settled = {}
        while True:
            findings = Findings(settled)
            log = self._once(findings, reader)
            if log is not None:
                return log
            settled = {**settled, **findings.unsettled()}

    def _once(self, findings: Findings, reader: Pass) -> RawLog | None:
        text = XesText(self.path, max_bytes=self.max_bytes, block_bytes=BLOCK_BYTES)
        with PartWriter(self.folder, findings) as writer:
            header = reader(ahead(text.blocks()), writer, findings, self._telling(text))
            if not writer.rows["events"]:
                raise broken("log-empty")
            if findings.unsettled():
                return None
            details: dict[str, Any] = {**header.details(), "encoding": text.encoding}
            return writer.finish(filename=self.filename, sha256=self.sha256, details=details)

    def _telling(self, text: XesText) -> Callable[[int], None]:
        progress = self.progress
        return (lambda events: progress(text.share, events)) if progress else (lambda _events: None)


def _is_small(path: Path) -> bool:
    """Whether the reader on expat is done before the compiled one is even loaded."""
    try:
        return sum(1 for _block in islice(XesText(path, block_bytes=SMALL_BYTES).blocks(), 2)) < 2
    except LogError:
        return True


def scanned(blocks: Iterator[bytes], writer: PartWriter, findings: Findings, tell: Callable[[int], None]) -> Header:
    """By the scanner. Raises Unusual for what is not for it."""
    # Loading compiled code takes a second, which a small file does not need.
    from zichtlijn.analysis.eventlogs.readers.xes_scanner import Scanner

    start = read_header(blocks)
    for events in Scanner(writer, findings, start).read(blocks):
        tell(events)
    return start.header


def parsed(blocks: Iterator[bytes], writer: PartWriter, findings: Findings, tell: Callable[[int], None]) -> Header:
    """By the reader on expat."""
    reader = ExpatReader(writer, findings)
    for events in reader.read(blocks):
        tell(events)
    return reader.header
