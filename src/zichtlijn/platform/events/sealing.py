"""Sealing events in batches, and proving that nothing was changed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import guards
from .digests import event_digest, merkle_root, seal_root
from .models import Event, Seal, SealedEvent

FIRST_ROOT = merkle_root([])
BATCH = 4096
CHUNK = 2000
LONGEST_TRANSACTION = timedelta(days=1)
CONTENT = [
    "uid",
    "at",
    "actor_id",
    "actor_name",
    "action",
    "object_type",
    "object_id",
    "object_label",
    "before",
    "after",
    "reason",
    "legal_basis",
    "request_id",
]


@dataclass
class Verdict:
    """What verification found. ``problems`` is empty when the record is whole; each names its event or seal."""

    events: int = 0
    sealed: int = 0
    seals: int = 0
    root: str = FIRST_ROOT
    problems: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """True when nothing was changed, removed or put in between."""
        return not self.problems


def seal_events(*, from_the_first: bool = False) -> list[Seal]:
    """Seal every event that is not sealed yet, at most ``BATCH`` to a seal; returns the new seals.

    Looks at what came in since everything was sealed; ``from_the_first`` looks at every event there is.
    """
    after = 0 if from_the_first else _low_mark()
    seals = []
    while seal := _seal_batch(after):
        seals.append(seal)
        after = max(after, seal.leaves.aggregate(newest=models.Max("event_id"))["newest"])
    return seals


@transaction.atomic
def _seal_batch(after: int) -> Seal | None:
    _let_other_sealers_finish()
    last = Seal.objects.order_by("-id").first()
    batch = list(_unsealed(after).values_list("id", "digest")[:BATCH])
    if not batch:
        return None
    previous = last.root if last else FIRST_ROOT
    digests = [digest for _id, digest in batch]
    root = seal_root(digests, previous)
    seal = Seal.objects.create(at=timezone.now(), size=len(batch), root=root, previous_root=previous)
    SealedEvent.objects.bulk_create(
        SealedEvent(seal=seal, position=position, event_id=event_id, digest=digest)
        for position, (event_id, digest) in enumerate(batch)
    )
    return seal


def _unsealed(after: int) -> models.QuerySet[Event]:
    """Events that are not sealed, oldest first. EXISTS, because NOT IN would read all that was ever sealed."""
    sealed = SealedEvent.objects.filter(event_id=models.OuterRef("pk"))
    return Event.objects.filter(~models.Exists(sealed), id__gt=after).order_by("id")


def _low_mark() -> int:
    """The id up to which everything is sealed, where the search for the unsealed begins.

    A transaction that began early can commit an event with a lower id than one that is sealed already. That is over
    after ``LONGEST_TRANSACTION``: what was the newest sealed event then is the mark.
    """
    settled = Seal.objects.filter(at__lt=timezone.now() - LONGEST_TRANSACTION).order_by("-id").first()
    if settled is None:
        return 0
    newest: int | None = settled.leaves.aggregate(newest=models.Max("event_id"))["newest"]
    return newest or 0


def _let_other_sealers_finish() -> None:
    """One sealer at a time, so that the chain cannot fork. On SQLite the transaction itself is the only writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Locking the newest seal is not enough: who waited for it would still hold it for the newest.
            cursor.execute(f"LOCK TABLE {Seal._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def verify_events() -> Verdict:
    """Recompute every digest and every seal.

    Finds an event that was changed (its content no longer gives its digest, or its digest is not the sealed one), an
    event that was removed after sealing, a seal that was changed, and damage to the database file itself.
    """
    verdict = Verdict()
    verdict.problems += _damage() + _lost_guards()
    present = dict(_read_digests(verdict))
    verdict.events = len(present)
    _check_seals(verdict, present)
    return verdict


def _damage() -> list[str]:
    """What SQLite itself says of its file; PostgreSQL guards its pages with checksums of its own."""
    if connection.vendor != "sqlite":
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(20)")
            found = [row[0] for row in cursor.fetchall()]
    except DatabaseError as error:
        found = [str(error)]
    return [_("database file: %(line)s") % {"line": line} for line in found if line != "ok"]


def _lost_guards() -> list[str]:
    """Tables that can be changed again because somebody took their triggers off."""

    def rows(query: str) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())

    unguarded = guards.missing(rows, connection.vendor)
    return [_("the table %(table)s is no longer guarded against changes") % {"table": table} for table in unguarded]


def _read_digests(verdict: Verdict) -> Iterator[tuple[int, str]]:
    last = 0
    while True:
        chunk, last = _read_chunk(last, verdict)
        if not chunk:
            return
        yield from chunk


def _read_chunk(after: int, verdict: Verdict) -> tuple[list[tuple[int, str]], int]:
    numbers = list(Event.objects.filter(id__gt=after).order_by("id").values_list("id", flat=True)[:CHUNK])
    if not numbers:
        return [], after
    try:
        rows = list(Event.objects.filter(id__in=numbers).order_by("id"))
    except Exception:  # noqa: BLE001 - one damaged row spoils the chunk: read its rows one by one to name it
        rows = _read_one_by_one(numbers, verdict)
    return [(row.pk, _checked(row, verdict)) for row in rows], numbers[-1]


def _read_one_by_one(numbers: list[int], verdict: Verdict) -> list[Event]:
    rows = []
    for number in numbers:
        try:
            rows.append(Event.objects.get(id=number))
        except Exception as error:  # noqa: BLE001 - whatever a damaged row raises, it is reported by its number
            verdict.problems.append(_("event %(id)d cannot be read: %(error)s") % {"id": number, "error": error})
    return rows


def _checked(event: Event, verdict: Verdict) -> str:
    content: dict[str, Any] = {name: getattr(event, name) for name in CONTENT}
    content["uid"] = str(event.uid)
    try:
        expected = event_digest(**content)
    except Exception:  # noqa: BLE001 - content that cannot even be hashed was changed
        expected = ""
    if expected != event.digest:
        said = {"id": event.pk, "action": event.action, "type": event.object_type, "object": event.object_id}
        verdict.problems.append(
            _("event %(id)d was changed: %(action)s on %(type)s %(object)s no longer matches its digest") % said
        )
    return event.digest


def _check_seals(verdict: Verdict, present: dict[int, str]) -> None:
    previous = FIRST_ROOT
    for seal in Seal.objects.order_by("id").iterator():
        leaves = list(seal.leaves.order_by("position"))
        verdict.seals += 1
        verdict.sealed += len(leaves)
        for leaf in leaves:
            said = {"id": leaf.event_id, "seal": seal.pk}
            if leaf.event_id not in present:
                verdict.problems.append(_("event %(id)d was removed after seal %(seal)d") % said)
            elif present[leaf.event_id] != leaf.digest:
                verdict.problems.append(_("event %(id)d was changed after seal %(seal)d") % said)
        root = _root_of([leaf.digest for leaf in leaves], previous)
        if root != seal.root or len(leaves) != seal.size or previous != seal.previous_root:
            verdict.problems.append(
                _("seal %(seal)d was changed: its root no longer follows from its events") % {"seal": seal.pk}
            )
        previous = seal.root
    verdict.root = previous


def _root_of(digests: list[str], previous: str) -> str:
    """The root as it should be; empty when a digest is no longer one."""
    try:
        return seal_root(digests, previous)
    except ValueError:
        return ""
