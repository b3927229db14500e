"""Refusing what is too large before it is read."""

from __future__ import annotations

import time

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

CHUNK = 256 * 1024
SECONDS_TO_DRAIN = 3.0


def announces_more_than(request: HttpRequest, most: int) -> bool:
    """True when the browser announces more bytes than that; known before anything is read."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > most
    except ValueError:
        return True


def drain(request: HttpRequest) -> None:
    """Read and drop what a browser still sends, for a few seconds at most and without keeping any of it.

    A browser only shows the answer when it could send its request; a server that hangs up gives a network error.
    """
    until = time.monotonic() + SECONDS_TO_DRAIN
    while time.monotonic() < until and request.read(CHUNK):
        pass


class SizeGuard(FileUploadHandler):
    """Stops an upload that turns out larger than it was announced to be."""

    def __init__(self, request: HttpRequest | None = None, *, most: int = 0) -> None:
        super().__init__(request)
        self._most, self._received = most, 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and pass on to the next handler."""
        self._received += len(raw_data)
        if self._received > self._most:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handlers make the file."""
