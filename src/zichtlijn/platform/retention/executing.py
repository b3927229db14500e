"""Carrying out an approved list: record by record, each in a transaction of its own, so that a crash loses nothing.

What was done is written with what was destroyed. Whoever goes on afterwards begins at the first line without a result;
two at once wait for each other, and nothing is done or counted twice.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.db.models import F, ProtectedError, RestrictedError
from django.utils import timezone
from django.utils.timezone import localdate

from zichtlijn.platform.events.digests import canonical
from zichtlijn.platform.events.recording import record
from zichtlijn.platform.files.unused import erase

from .destroying import forget_words
from .due import rule_and_day
from .models import Decision, DestructionLine, DestructionList, ListState, Tally
from .proof import digest_of, proof_of
from .registry import Counted, Item, Kept, Went, kind_named
from .rules import Rulebook
from .scrubbing import scrub, scrubbing

CHUNK = 100


def go_on() -> int:
    """Carry out every list that somebody set going, also one that was cut off; how many came to an end.

    A list that fails keeps none behind it waiting; the first error is raised when all had their turn.
    """
    ended, errors = 0, []
    for found in DestructionList.objects.filter(state=ListState.DESTROYING).order_by("pk"):
        try:
            ended += carry_out(found)
        except Exception as error:  # noqa: BLE001 - raised below
            errors.append(error)
    if errors:
        raise errors[0]
    return ended


def carry_out(found: DestructionList) -> bool:
    """Destroy what is left of a list, and close it with its proof. False when it was not to be carried out."""
    if DestructionList.objects.get(pk=found.pk).state != ListState.DESTROYING:
        return False
    with scrubbing():
        while chunk := list(_left(found).values_list("pk", flat=True)[:CHUNK]):
            for pk in chunk:
                destroy_line(pk)
        _finish(found)
    scrub()
    return True


def destroy_line(pk: int) -> None:
    """Destroy the record of one line, or write down why it cannot go after all."""
    try:
        with transaction.atomic():
            rows = DestructionLine.objects.select_for_update(of=("self",))
            line = rows.select_related("list__started_by", "rule").get(pk=pk)
            if line.destroyed_at is None and not line.stopped_by:
                _settle(line)
    except (ProtectedError, RestrictedError):
        DestructionLine.objects.filter(pk=pk, destroyed_at__isnull=True).update(stopped_by="used")


def _left(found: DestructionList) -> Any:
    chosen = DestructionLine.objects.filter(list=found, decision=Decision.DESTROY)
    return chosen.filter(destroyed_at__isnull=True, stopped_by="").order_by("pk")


def _settle(line: DestructionLine) -> None:
    kept = kind_named(line.kind)
    item = kept.locked(line.key) if kept else None
    if kept is None or item is None:
        there = kept is not None and line.key in kept.exists([line.key])
        _stop(line, "open" if there else "gone")
    elif stopped := kept.stops([line.key]).get(line.key) or _not_due(kept, item):
        _stop(line, stopped)
    else:
        _destroy(line, kept)


def _stop(line: DestructionLine, code: str) -> None:
    line.stopped_by = code
    line.save(update_fields=["stopped_by"])


def _not_due(kept: Kept, item: Item) -> str:
    """It was closed anew, or the rule was changed, since the list was made."""
    _rule, day = rule_and_day(kept, item, Rulebook())
    return "" if day is not None and day <= localdate() else "rule"


def _destroy(line: DestructionLine, kept: Kept) -> None:
    about = kept.about(line.key)
    if about is not None:
        # Written before it goes, in one transaction with its going.
        after = {"list": line.list_id}
        record(actor=line.list.started_by, action=kept.told_as, about=about, after=after)
    went = kept.destroy(line.key)
    forget_words(line.kind, line.key)
    count(line.kind, went.counted)
    _write(line, went)


def _write(line: DestructionLine, went: Went) -> None:
    line.destroyed_at, line.content_digest = timezone.now(), went.digest
    line.parts, line.files = canonical(went.parts), "\n".join(went.files)
    line.reason = ""
    line.save()
    transaction.on_commit(lambda: erase(went.files))


def count(kind: str, counted: Counted | None) -> None:
    """Add what went to the figures of its year."""
    if counted is None:
        return
    where: dict[str, Any] = {"year": counted.year, "sort": counted.sort, "outcome": counted.outcome}
    where |= {"subject_label": counted.subject_label, "subject_id": counted.subject_id}
    row, _new = Tally.objects.get_or_create(kind=kind, **where)
    Tally.objects.filter(pk=row.pk).update(number=F("number") + counted.number)


@transaction.atomic
def _finish(found: DestructionList) -> None:
    """Close the list with its proof, once."""
    fresh = DestructionList.objects.select_for_update().get(pk=found.pk)
    if fresh.state != ListState.DESTROYING or _left(fresh).exists():
        return
    for files in fresh.lines.exclude(files="").values_list("files", flat=True):
        erase(files.split("\n"))  # those whose bytes were still there when somebody was cut off
    fresh.state, fresh.destroyed_at = ListState.DESTROYED, timezone.now()
    fresh.proof = proof_of(fresh)
    fresh.proof_digest = digest_of(fresh.proof)
    fresh.save()
    fresh.lines.update(is_running=False, files="")
    totals = json.loads(fresh.proof)["totals"]
    after = {"state": fresh.state, "proof_digest": fresh.proof_digest, **totals}
    record(actor=fresh.started_by, action="retention.finish", about=fresh, before={"state": "destroying"}, after=after)
