"""Which format a file has, from its first bytes; the extension only decides what to say when it has none."""

from __future__ import annotations

import re
from typing import Literal

Format = Literal["pdf", "zip", "ole", "text", "other"]

_OTHER_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!\x1a", "RAR"),
    (b"%!PS", "PostScript"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3\x00", "SQLite"),
)
_HTML = re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"^#{1,6} \S|^\[\^[^\]\s]+\]:|\[\^[^\]\s]+\]|\[[^\]\n]+\]\([^)\s]+\)|\*\*\S|(?<![\w*])\*\w[^*\n]*\w\*(?![\w*])|^\|.*\|$|<https?://",
    re.MULTILINE,
)


def sniff(data: bytes) -> Format:
    """The family of formats that the first bytes show."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return "zip"
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "ole"
    return "other" if other_format(data) else "text"


def other_format(data: bytes) -> str | None:
    """The name of a known format that is not read, or None."""
    if _HTML.match(data[:1024].lstrip(b"\xef\xbb\xbf")):
        return "HTML"
    return next((name for magic, name in _OTHER_FORMATS if data.startswith(magic)), None)


def extension(filename: str) -> str:
    """The extension in lower case without the dot, or an empty string."""
    return filename.rsplit(".", 1)[-1].lower() if "." in filename else ""


def is_markdown(text: str, filename: str) -> bool:
    """Whether a text uses Markdown marks or is named as Markdown."""
    return extension(filename) in ("md", "markdown") or _MARKDOWN.search(text) is not None
