"""Storing and reading files by their content: SHA-256 names the file, two folders of two signs hold it.

The bytes are on the disk, whole, before the row is written; a row without its bytes cannot come about. Bytes without a
row (a transaction that was undone, a killed process) do no harm and are taken away by ``sweep_leftovers``.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from .models import StoredFile

CHUNK = 1024 * 1024
DAY = 24 * 3600.0


class FileTooLargeError(ValidationError):
    """The file is larger than this installation accepts."""


class FileIsGoneError(FileNotFoundError):
    """The bytes of a stored file are no longer on the disk."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that stand on the disk, whole. Without a row they are a leftover."""

    sha256: str
    size: int


def store(data: bytes | IO[bytes], media_type: str, *, limit: int | None = None) -> StoredFile:
    """Keep the bytes and return their row; the same bytes again return the same row.

    ``limit`` in bytes (default: ``settings.ZICHTLIJN_UPLOAD_LIMIT``). Raises FileTooLargeError beyond it, having kept
    nothing.
    """
    return enter(keep(data, limit=limit), media_type)


def enter(kept: Kept, media_type: str) -> StoredFile:
    """The row of bytes that are kept. Inside a transaction that is undone, only a leftover remains."""
    stored, _new = StoredFile.objects.get_or_create(
        sha256=kept.sha256, defaults={"size": kept.size, "media_type": media_type}
    )
    return stored


def keep(data: bytes | IO[bytes], *, limit: int | None = None) -> Kept:
    """Put bytes on the disk, without a row yet: long work that belongs before a transaction. Raises as ``store``."""
    limit = settings.ZICHTLIJN_UPLOAD_LIMIT if limit is None else limit
    incoming = settings.ZICHTLIJN_FILES / "incoming"
    incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=incoming)
    try:
        with os.fdopen(handle, "wb") as target:
            digest, size = _copy(_chunks(data), target, limit)
            target.flush()
            os.fsync(target.fileno())
        _put_in_place(Path(name), path_of(digest))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Kept(digest, size)


def open_file(stored: StoredFile) -> IO[bytes]:
    """The file, opened for reading; the caller closes it. Raises FileIsGoneError."""
    try:
        return path_of(stored.sha256).open("rb")
    except FileNotFoundError as error:
        raise FileIsGoneError(stored.sha256) from error


def path_of(digest: str) -> Path:
    """Where the bytes with this SHA-256 stand."""
    folder: Path = settings.ZICHTLIJN_FILES
    return folder / digest[:2] / digest[2:4] / digest


def digest_on_disk(path: Path) -> str:
    """The SHA-256 of what stands at ``path`` now."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sweep_leftovers(*, older_than_seconds: float = DAY) -> list[Path]:
    """Take away half-written files and bytes without a row; returns what went. Younger ones may still get their row."""
    youngest = time.time() - older_than_seconds
    known = set(StoredFile.objects.values_list("sha256", flat=True))
    gone = []
    for path in settings.ZICHTLIJN_FILES.rglob("*"):
        if path.is_file() and path.name not in known and path.stat().st_mtime < youngest:
            path.unlink(missing_ok=True)
            gone.append(path)
    return gone


def _chunks(data: bytes | IO[bytes]) -> Iterable[bytes]:
    if isinstance(data, bytes):
        yield data
        return
    while chunk := data.read(CHUNK):
        yield chunk


def _copy(chunks: Iterable[bytes], target: IO[bytes], limit: int) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            message = _("The file is larger than %(limit)s, the most that can be stored here.")
            raise FileTooLargeError(message, code="file-too-large", params={"limit": filesizeformat(limit)})
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest(), size


def _put_in_place(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Replacing is atomic, also over a file that is there: the content is the same, or is repaired by this.
    source.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
