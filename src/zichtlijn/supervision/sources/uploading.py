"""Taking an upload in: refusing what is too large before it is read, keeping it for the job."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from zichtlijn.platform.files.storing import store
from zichtlijn.platform.tasks.models import Job
from zichtlijn.platform.tasks.queue import enqueue

CHUNK = 256 * 1024
SECONDS_TO_DRAIN = 3.0
ROOM_FOR_FIELDS = 1024 * 1024
UNKNOWN_MEDIA_TYPE = "application/octet-stream"


def largest_request() -> int:
    """The most bytes that one upload may have: the file with its page layers and the other fields."""
    return int(settings.ZICHTLIJN_UPLOAD_LIMIT) + ROOM_FOR_FIELDS


def is_too_large(request: HttpRequest) -> bool:
    """True when the browser announces more than the limit; known before anything is read."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > largest_request()
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

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and pass on to the next handler."""
        self._received += len(raw_data)
        if self._received > largest_request():
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handlers make the file."""


def enqueue_import(*, actor: Any, form: Any) -> Job:
    """Keep the files of a valid upload form and ask for the import."""
    values = form.cleaned_data
    stored = store(values["file"], UNKNOWN_MEDIA_TYPE)
    layers = [
        [page, store(layer, UNKNOWN_MEDIA_TYPE).pk, layer.name] for page, layer in sorted(values["layers"].items())
    ]
    payload = {
        "file": stored.pk,
        "filename": values["file"].name,
        "layers": layers,
        "given": {name: values[name] or None for name in ("title", "publisher", "year")},
        "details": {
            "published_on": values["published_on"].isoformat() if values["published_on"] else None,
            "licence": values["licence"],
            "origin": values["origin"],
        },
        "edition_of": values["edition_of"].pk if values["edition_of"] else None,
        "replaces": values["replaces"].pk if values["replaces"] else None,
    }
    return enqueue("sources.import", actor=actor, payload=payload)
