"""Taking an upload in: refusing what is too large before it is read, keeping it for the job."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from zichtlijn.platform.files import guarding
from zichtlijn.platform.files.guarding import drain
from zichtlijn.platform.files.storing import store
from zichtlijn.platform.tasks.models import Job
from zichtlijn.platform.tasks.queue import enqueue

__all__ = ["SizeGuard", "drain", "enqueue_import", "is_too_large", "largest_request"]
ROOM_FOR_FIELDS = 1024 * 1024
UNKNOWN_MEDIA_TYPE = "application/octet-stream"


def largest_request() -> int:
    """The most bytes that one upload may have: the file with its page layers and the other fields."""
    return int(settings.ZICHTLIJN_UPLOAD_LIMIT) + ROOM_FOR_FIELDS


def is_too_large(request: HttpRequest) -> bool:
    """True when the browser announces more than the limit; known before anything is read."""
    return guarding.announces_more_than(request, largest_request())


class SizeGuard(guarding.SizeGuard):
    """Stops an upload that turns out larger than it was announced to be."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request, most=largest_request())


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
