"""Letting go of files in the store that no record refers to any more."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

from .models import StoredFile
from .storing import DAY, path_of


def let_go(keys: Iterable[int]) -> int:
    """Forget those of these files that no record of any app refers to; how many.

    Their bytes go with the next sweep of the store. Every model with a foreign key to a stored file is asked, so that
    a new one is in it by itself.
    """
    wanted = set(keys)
    for manager, name in _referring():
        if wanted:
            wanted -= set(manager.filter(**{f"{name}__in": wanted}).values_list(name, flat=True))
    if not wanted:
        return 0
    gone: int = StoredFile.objects.filter(pk__in=wanted).delete()[0]
    return gone


def erase(digests: Iterable[str]) -> int:
    """Take the bytes of files that were let go off the disk at once; how many.

    Those that were put there within the last day stay for the sweep: the same content may be on its way in again.
    """
    wanted = {digest for digest in digests if digest}
    wanted -= set(StoredFile.objects.filter(sha256__in=wanted).values_list("sha256", flat=True))
    youngest, gone = time.time() - DAY, 0
    for path in map(path_of, sorted(wanted)):
        if path.is_file() and path.stat().st_mtime < youngest:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _referring() -> Iterator[tuple[Any, str]]:
    """Manager and field of every model that refers to stored files, also where the file does not lead back."""
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete:
            referring: Any = relation
            yield referring.related_model._base_manager, referring.field.name
