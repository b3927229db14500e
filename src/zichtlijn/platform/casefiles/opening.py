"""The one way to a record that only some may know of: whoever opens a restricted one leaves a reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.shortcuts import get_object_or_404

from zichtlijn.platform.accounts.access import is_outsider
from zichtlijn.platform.accounts.scope import is_seen
from zichtlijn.platform.events.middleware import request_id

from .models import FileAccess, NeedToKnow, Reading, ReadingKind
from .registry import casefile_of


def open_record(request_user: Any, records: Any, *, kind: str = ReadingKind.PAGE, **wanted: Any) -> Any:
    """The one record of ``records`` (a model, manager or queryset) that the user may see, else Http404.

    When it is, or is part of, a restricted case file, the read trail says who opened it, how, and for which purpose.
    """
    source: Any = getattr(records, "_default_manager", records)
    record = get_object_or_404(source.visible_to(request_user), **wanted)
    is_seen(request_user, record)
    note_readings(request_user, [record], kind=kind)
    return record


def note_readings(user: Any, records: Iterable[models.Model | None], *, kind: str) -> None:
    """Write in the read trail that a user read these; open case files, and anything else, leave nothing.

    For lists of them (exports, lists of the API): one query for the purposes and one INSERT.
    """
    files: dict[tuple[str, int], NeedToKnow] = {}
    for record in records:
        found = casefile_of(record)
        if found is not None and _leaves_a_trace(user, found):
            files[found._meta.label_lower, found.pk] = found
    if not files:
        return
    held = FileAccess.objects.holding().filter(user=user.pk, file_key__in={file.file_key for file in files.values()})
    purposes = dict(held.values_list("file_key", "purpose"))
    Reading.objects.bulk_create(
        Reading(
            user=user,
            user_name=str(user)[:150],
            kind=kind,
            model_label=label,
            object_id=number,
            object_label=str(file)[:120],
            file_key=file.file_key,
            purpose=purposes.get(file.file_key, ""),
            request_id=request_id.get(),
        )
        for (label, number), file in files.items()
    )


def _leaves_a_trace(user: Any, file: NeedToKnow) -> bool:
    """Restricted files do; and whatever a partner from outside reads, because all of it was shared by name."""
    return file.is_restricted or (is_outsider(user) and user.has_role("partner"))
