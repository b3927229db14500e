"""Our own record of events as an event log: what is done in the register, by which role, without names of people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from zichtlijn.analysis.eventlogs.model import Column, Mapping
from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.casefiles.models import Access
from zichtlijn.platform.casefiles.registry import is_casefile, is_need_to_know
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.events.wording import action_name

if TYPE_CHECKING:
    from zichtlijn.analysis.eventlogs.raw import RawLog

ROWS_AT_ONCE = 20_000
RECORD, ACTION, MOMENT, ROLE, KIND = "record", "action", "moment", "role", "kind"
MAPPING = Mapping(
    roles={
        "case": Column(RECORD),
        "activity": Column(ACTION),
        "time": Column(MOMENT),
        "organisation": Column(ROLE),
        "group": Column(KIND),
    }
)


def events_visible_to(user: Any) -> models.QuerySet[Event]:
    """The events about objects that the user may see, and all of them for who may see the whole record."""
    events = Event.objects.order_by("id")
    if user is None or user.has_perm("accounts.see_events"):
        return events
    seen = Q(pk__in=())
    for label in events.order_by().values_list("object_type", flat=True).distinct():
        keys = _keys_visible_to(user, label)
        if keys is not None:
            seen |= Q(object_type=label, object_id__in=keys)
    return events.filter(seen)


def _keys_visible_to(user: Any, label: str) -> Any:
    """A subquery of keys as text, as events hold them; None for a kind of object without a scope.

    Of case files only those that are open to all staff, because the log stays when an access ends.
    """
    try:
        model = apps.get_model(label)
    except LookupError:
        return None
    manager: Any = model._default_manager
    if not hasattr(manager, "visible_to") or (is_need_to_know(model) and not is_casefile(model)):
        return None
    visible = manager.visible_to(user).order_by()
    if is_casefile(model):
        visible = visible.filter(access=Access.OPEN)
    return visible.annotate(key_text=Cast("pk", models.CharField())).values("key_text")


def write_raw(events: models.QuerySet[Event], folder: Path) -> RawLog:
    """Write the events as a raw log; its SHA-256 is that of their digests in order."""
    from zichtlijn.analysis.eventlogs.raw import RawWriter

    writer, digest = RawWriter(folder), hashlib.sha256()
    try:
        for first, rows in _parts(events):
            for row in rows:
                digest.update(row["digest"].encode())
            writer.write("events", _table(rows, first))
    except BaseException:
        writer.discard()
        raise
    name = _("record of events")
    return writer.finish(filename=name, file_format="own-record", sha256=digest.hexdigest())


def _parts(events: models.QuerySet[Event]) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    wanted = ("object_type", "object_id", "action", "at", "actor__role", "digest")
    first, part = 0, []
    for row in events.values(*wanted).iterator(chunk_size=ROWS_AT_ONCE):
        part.append(row)
        if len(part) == ROWS_AT_ONCE:
            yield first, part
            first, part = first + len(part), []
    if part:
        yield first, part


def _table(rows: list[dict[str, Any]], first: int) -> Any:
    import pyarrow as pa

    from zichtlijn.analysis.eventlogs.raw import LINE, SEQUENCE

    names, roles = _Names(), {role.value: str(role.label) for role in Role}
    sequence = list(range(first, first + len(rows)))
    return pa.table(
        {
            SEQUENCE: pa.array(sequence, pa.int64()),
            LINE: pa.array([number + 1 for number in sequence], pa.int64()),
            RECORD: [f"{names.of(row['object_type'])} {row['object_id']}" for row in rows],
            ACTION: [str(action_name(row["action"])) for row in rows],
            MOMENT: pa.array([row["at"] for row in rows], pa.timestamp("us", "UTC")),
            ROLE: [roles.get(row["actor__role"], _("the system")) for row in rows],
            KIND: [names.of(row["object_type"]) for row in rows],
        }
    )


class _Names:
    """What kinds of objects are called."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def of(self, label: str) -> str:
        """The name of a kind of object; its label when the kind no longer exists."""
        if label not in self._known:
            try:
                self._known[label] = str(apps.get_model(label)._meta.verbose_name)
            except LookupError:
                self._known[label] = label
        return self._known[label]
