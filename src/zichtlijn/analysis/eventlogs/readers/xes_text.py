"""The text of an XES file in blocks of UTF-8: compression, encoding and byte order taken off, limits kept."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, TypeVar

from zichtlijn.analysis.eventlogs.readers.broken import broken

BLOCK_BYTES = 16 << 20
READ_BYTES = 1 << 20
GZIP = b"\x1f\x8b"
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UNMARKED = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
DECLARED = re.compile(rb"""\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")

Item = TypeVar("Item")


class XesText:
    """Reads one file; ``share`` tells how far it is, from 0 to 1, and ``encoding`` what the file is written in."""

    def __init__(self, path: Path, *, max_bytes: int | None = None, block_bytes: int = BLOCK_BYTES) -> None:
        self.path, self.max_bytes, self.block_bytes = path, max_bytes, block_bytes
        self.share = 0.0
        self.encoding = "utf-8"
        self._line = 1

    def blocks(self) -> Iterator[bytes]:
        """Blocks of UTF-8, cut anywhere. Raises LogError for what cannot be unpacked, decoded or is too large."""
        with self.path.open("rb") as file:
            yield from self._decoded(self._within_limit(self._unpacked(file)))

    def _raw(self, file: BinaryIO, at_once: int) -> Iterator[bytes]:
        size = max(self.path.stat().st_size, 1)
        while piece := file.read(at_once):
            self.share = min(file.tell() / size, 1.0)
            yield piece

    def _unpacked(self, file: BinaryIO) -> Iterator[bytes]:
        packed = file.read(2) == GZIP
        file.seek(0)
        yield from self._inflated(file) if packed else self._raw(file, self.block_bytes)

    def _inflated(self, file: BinaryIO) -> Iterator[bytes]:
        """All members of a gzip file, never more than a block at a time however much is packed into it."""
        member = zlib.decompressobj(wbits=31)
        for piece in self._raw(file, READ_BYTES):
            rest = piece
            while rest or member.unconsumed_tail:
                if member.eof:
                    rest = rest.lstrip(b"\x00")  # padding between and after members is allowed
                    if not rest:
                        break
                    member = zlib.decompressobj(wbits=31)
                try:
                    block = member.decompress(rest, self.block_bytes)
                except zlib.error as error:
                    raise broken("gzip-broken", self._line) from error
                if block:
                    yield block
                rest = member.unused_data if member.eof else member.unconsumed_tail
        if not member.eof:
            raise broken("gzip-truncated", self._line)

    def _within_limit(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        taken = 0
        for block in blocks:
            taken += len(block)
            if self.max_bytes is not None and taken > self.max_bytes:
                raise broken("file-too-large", limit=self.max_bytes)
            yield block

    def _decoded(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        first = next(blocks, b"")
        mark, self.encoding = _encoding_of(first)
        decoder = codecs.getincrementaldecoder(self.encoding)()
        plain = self.encoding in ("utf-8", "ascii")
        block = first[mark:]
        while True:
            following = next(blocks, b"")
            yield self._as_utf8(block, decoder, is_last=not following, plain=plain)
            if not following:
                return
            block = following

    def _as_utf8(self, block: bytes, decoder: codecs.IncrementalDecoder, *, is_last: bool, plain: bool) -> bytes:
        waiting = plain and not decoder.getstate()[0]
        if waiting and block.isascii():
            text = block
        else:
            try:
                decoded = decoder.decode(block, is_last)
                text = decoded.encode("utf-8")
            except UnicodeError as error:
                start = getattr(error, "start", 0)
                line = self._line + block[:start].count(b"\n")
                raise broken("xes-encoding", line, encoding=self.encoding) from error
            if any(illegal in text for illegal in NO_CHARACTERS):
                raise broken("xes-encoding", self._line, encoding=self.encoding)
        self._line += text.count(b"\n")
        return text


def _encoding_of(start: bytes) -> tuple[int, str]:
    """How many bytes the byte order mark takes, and the name of the codec."""
    for mark, name in MARKS:
        if start.startswith(mark):
            return len(mark), name
    for begin, name in UNMARKED:
        if start.startswith(begin):
            return 0, name
    declared = DECLARED.match(start[:1024])
    if declared is None:
        return 0, "utf-8"
    name = declared[1].decode("ascii")
    try:
        codec = codecs.lookup(name)
    except LookupError as error:
        raise broken("xes-encoding-unknown", 1, encoding=name) from error
    if not codec._is_text_encoding or codec.name.startswith("utf-16"):  # 16 bits cannot be, or the "<" was double
        raise broken("xes-encoding-unknown", 1, encoding=name)
    return 0, codec.name


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The same items, each made in another thread while the one before it is used."""
    end = object()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(next, items, end)
        while (item := waiting.result()) is not end:
            waiting = pool.submit(next, items, end)
            yield item  # type: ignore[misc]
