"""XES (IEEE 1849), plain or gzipped: events with their attributes, and cases with theirs.

Two readers give the same tables. The scanner (``xes_scan``) goes over the bytes once, in compiled code; what it does
not understand, and every file that is broken, goes to the reader on expat (``xes_expat``). Attributes within
attributes, lists and containers are left, and counted as a problem. Default values of globals are not filled in.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.readers.broken import broken
from zichtlijn.analysis.eventlogs.readers.xes_expat import ExpatReader
from zichtlijn.analysis.eventlogs.readers.xes_parts import Findings, PartWriter, Settled
from zichtlijn.analysis.eventlogs.readers.xes_text import XesText, ahead

Progress = Callable[[float, int], None]


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
    settled: Settled = {}
    while True:
        findings = Findings(settled)
        log = _pass(path, folder, findings, progress, max_bytes, {"filename": filename, "sha256": sha256})
        if log is not None:
            return log
        settled = {**settled, **findings.unsettled()}


def _pass(
    path: Path,
    folder: Path,
    findings: Findings,
    progress: Progress | None,
    max_bytes: int | None,
    about: dict[str, str],
) -> RawLog | None:
    """None when it must be read again, because attributes have values of several kinds."""
    text = XesText(path, max_bytes=max_bytes)
    with PartWriter(folder, findings) as writer:
        reader = ExpatReader(writer, findings)
        for events in reader.read(ahead(text.blocks())):
            if progress is not None:
                progress(text.share, events)
        if not writer.events:
            raise broken("log-empty")
        if findings.unsettled():
            return None
        details: dict[str, Any] = {**reader.header.details(), "encoding": text.encoding}
        return writer.finish(**about, details=details)
