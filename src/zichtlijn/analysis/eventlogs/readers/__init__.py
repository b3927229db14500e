"""Readers of event logs: one per format, all of them writing the same raw log (see ``eventlogs.raw``)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.readers.sniffing import kind_of

Progress = Callable[[float, int], None]


def read_log(
    path: Path,
    folder: Path,
    *,
    filename: str | None = None,
    progress: Progress | None = None,
    max_bytes: int | None = None,
) -> RawLog:
    """Read an event log of any format into ``folder``, which must not exist yet or be empty.

    ``filename`` is the name it was given, where that is not the name it has here. ``progress(share, events)`` is called
    now and then. ``max_bytes`` bounds what a compressed file may unpack to. Raises LogError, with nothing left behind,
    for a file that is of no known kind, broken, empty or too large.
    """
    name = filename or path.name
    kind = kind_of(path, name)
    # Only the reader that is needed is loaded: some of them bring large libraries.
    reader = import_module(f"{__name__}.{kind}")
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    log: RawLog = reader.read(path, folder, filename=name, sha256=sha256, progress=progress, max_bytes=max_bytes)
    return log
