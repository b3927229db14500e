"""Deleting records with everything that hangs on them: rows, comments, notices, holds, accesses, files."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models.deletion import Collector
from django.db.transaction import TransactionManagementError

from zichtlijn.platform.casefiles.models import FileAccess, Reading
from zichtlijn.platform.casefiles.registry import casefile_models
from zichtlijn.platform.comments.models import Comment
from zichtlijn.platform.events.digests import canonical
from zichtlijn.platform.events.guards import READINGS, lifted
from zichtlijn.platform.events.recording import snapshot
from zichtlijn.platform.files.models import StoredFile
from zichtlijn.platform.files.unused import let_go
from zichtlijn.platform.notices.models import Notice

from .models import DestructionLine, Hold
from .registry import Counted, Went


class Destruction:
    """What goes in one go. ``delete`` as often as needed, parts that others protect first; then ``end``."""

    def __init__(self) -> None:
        if not connection.in_atomic_block:
            raise TransactionManagementError("a record is destroyed in one transaction with its line")
        self._rows: list[str] = []
        self._parts: Counter[str] = Counter()
        self._files: set[int] = set()

    def delete(self, records: Iterable[models.Model]) -> None:
        """Delete records with all that the database ties to them, and what is tied by label and key.

        Raises ProtectedError when something else refers to them.
        """
        found = list(records)
        if not found:
            return
        collector = Collector(using=connection.alias)
        collector.collect(found)
        going = [row for rows in collector.data.values() for row in rows]
        going += [row for rows in collector.fast_deletes for row in rows]
        for row in going:
            self._note(row)
        for rows in _tied_to(going):
            for row in rows:
                self._note(row)
            rows.delete()
        collector.delete()

    def end(self, counted: Counted | None = None, *, is_guessable: bool = False) -> Went:
        """What went. Files that nothing refers to any more are forgotten; their digests say which bytes have to go."""
        digests = dict(StoredFile.objects.filter(pk__in=self._files).values_list("pk", "sha256"))
        let_go(self._files)
        left = set(StoredFile.objects.filter(pk__in=self._files).values_list("pk", flat=True))
        gone = tuple(sorted(digest for key, digest in digests.items() if key not in left))
        digest = "" if is_guessable else hashlib.sha256("\n".join(sorted(self._rows)).encode()).hexdigest()
        return Went(dict(sorted(self._parts.items())), digest, gone, counted)

    def _note(self, row: models.Model) -> None:
        label = row._meta.label_lower
        self._rows.append(canonical([label, str(row.pk), snapshot(row)]))
        self._parts[label] += 1
        for column in row._meta.concrete_fields:
            if column.related_model is StoredFile and (key := getattr(row, column.attname)) is not None:
                self._files.add(key)


def close_file(file_key: Any) -> None:
    """Who was named on a case file, and why, once no record of that file is left. The trail keeps who read it, when."""
    if any(model._base_manager.filter(file_key=file_key).exists() for model in casefile_models()):
        return
    FileAccess.objects.filter(file_key=file_key).delete()
    readings = Reading.objects.filter(file_key=file_key).exclude(purpose="")
    if readings.exists():
        with lifted(READINGS):
            readings.update(purpose="")


def forget_words(kind: str, key: str) -> None:
    """What reviewers wrote about something that is gone now: their decisions stay, their words go with it."""
    DestructionLine.objects.filter(kind=kind, key=key).exclude(reason="").update(reason="")


def _tied_to(going: Iterable[models.Model]) -> Iterable[Any]:
    """What is tied to these by label and key, which the database does not know of."""
    keys: dict[type[models.Model], list[Any]] = {}
    for row in going:
        keys.setdefault(type(row), []).append(row.pk)
    for model, pks in keys.items():
        label = model._meta.label_lower
        about = ContentType.objects.get_for_model(model)
        yield Comment.objects.filter(content_type=about, object_id__in=pks)
        yield Notice.objects.filter(model_label=label, object_id__in=pks)
        yield Hold.objects.filter(model_label=label, object_id__in=pks)
