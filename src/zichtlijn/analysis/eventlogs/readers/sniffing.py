"""What kind of event log a file is: by what is in it first, by its name where that does not tell."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import Literal

from zichtlijn.analysis.eventlogs.readers.broken import broken
from zichtlijn.analysis.eventlogs.readers.wide_text import seems_wide, wide_encoding

LogKind = Literal["xes", "ocel", "parquet", "workbook", "delimited"]
START_BYTES = 4096
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # also a workbook locked with a password; its reader says so
GZIP, ZIP, PARQUET, SQLITE = b"\x1f\x8b", b"PK\x03\x04", b"PAR1", b"SQLite format 3\x00"
ROOT = re.compile(r"<(?![?!])\s*([\w.:-]+)([^>]*)", re.ASCII)
BY_NAME: dict[str, LogKind] = {
    ".xes": "xes",
    ".jsonocel": "ocel",
    ".xmlocel": "ocel",
    ".xlsx": "workbook",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".txt": "delimited",
}


def kind_of(path: Path, filename: str) -> LogKind:
    """Raises LogError for a file that is missing, empty, or of no known kind."""
    try:
        with path.open("rb") as file:
            start = file.read(START_BYTES)
    except OSError as error:
        raise broken("file-missing") from error
    if not start:
        raise broken("file-empty")
    name = filename.lower()
    if start.startswith(GZIP):
        start, name = _inflated(start), name.removesuffix(".gz")
    return _by_magic(start) or _by_text(start, name)


def _inflated(start: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(start, START_BYTES)
    except zlib.error as error:
        raise broken("gzip-broken") from error


def _by_magic(start: bytes) -> LogKind | None:
    if start.startswith(PARQUET):
        return "parquet"
    if start.startswith(SQLITE):
        return "ocel"
    return "workbook" if start.startswith((ZIP, OLD_OFFICE)) else None


def _by_text(start: bytes, name: str) -> LogKind:
    text = _decoded(start).lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return "ocel" if _is_ocel_xml(text, name) else "xes"
    if text.startswith(("{", "[")):
        return "ocel"
    if "\x00" in text:
        raise broken("utf-16-unsaid" if seems_wide(start) else "file-unknown")
    return next((kind for ending, kind in BY_NAME.items() if name.endswith(ending)), "delimited")


def _decoded(start: bytes) -> str:
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff")) or start[:2] in (b"<\x00", b"\x00<")
    if not wide:
        return start.decode(wide_encoding(start) or "utf-8", errors="replace")
    little = start.startswith((b"\xff\xfe", b"<\x00"))
    return start.decode("utf-16-le" if little else "utf-16-be", errors="replace")


def _is_ocel_xml(text: str, name: str) -> bool:
    root = ROOT.search(text)
    if root is None:
        return name.endswith(".xmlocel")
    inside = text[root.end() :]
    return "xes" not in root[2] and bool(re.search(r"<\s*(object-types|event-types|objects)\b", inside))
