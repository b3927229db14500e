"""The bytes of a file, unpacked on the way when it is gzipped, and never more than allowed."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any

from zichtlijn.analysis.eventlogs.readers.broken import broken

_GZIP, _BLOCK = b"\x1f\x8b", 1 << 20


class Unpacked(io.RawIOBase):
    """A readable file. ``share`` is how far it is. Raises LogError when it is damaged or unpacks to too much."""

    def __init__(self, path: Path, max_bytes: int | None = None) -> None:
        self._size = max(path.stat().st_size, 1)
        self._file = path.open("rb")
        self._inflater = zlib.decompressobj(wbits=31) if self._file.peek(2)[:2] == _GZIP else None
        self._ready = memoryview(b"")
        self._given, self._limit = 0, max_bytes

    @property
    def share(self) -> float:
        """Between 0 and 1, of the file as it is on disk."""
        return min(self._file.tell() / self._size, 1.0)

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As of any file."""
        if not self._ready:
            self._ready = memoryview(self._next())
        size = min(len(buffer), len(self._ready))
        memoryview(buffer)[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        self._given += size
        if self._limit is not None and self._given > self._limit:
            raise broken("file-too-large", limit=self._limit)
        return size

    def _next(self) -> bytes:
        if self._inflater is None:
            return self._file.read(_BLOCK)
        while True:
            packed = self._inflater.unconsumed_tail or self._inflater.unused_data or self._file.read(_BLOCK)
            if not packed:
                if self._inflater.eof:
                    return b""
                raise broken("gzip-truncated")
            if self._inflater.eof:  # a file of several members
                self._inflater = zlib.decompressobj(wbits=31)
            try:
                found = self._inflater.decompress(packed, 4 * _BLOCK)
            except zlib.error as error:
                raise broken("gzip-broken") from error
            if found:
                return found

    def close(self) -> None:
        """Let the file go."""
        self._file.close()
        super().close()


def unpacked(path: Path, max_bytes: int | None = None) -> io.BufferedReader:
    """The same with a buffer; ``.raw.share`` says how far it is."""
    return io.BufferedReader(Unpacked(path, max_bytes), _BLOCK)
