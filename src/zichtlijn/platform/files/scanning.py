"""Having files from outside looked at by the virus scanner, and keeping what it said.

Only the scanner makes a file clean. While it is gone files wait, with growing pauses between the tries.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .attachments import Attachment, ScanState
from .clamd import ScannerGoneError, Verdict, ask
from .models import StoredFile
from .storing import FileIsGoneError, open_file
from .transitions import SCAN

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
MOST_AT_ONCE = 200
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Scanned:
    """What one round did."""

    done: int = 0
    infected: int = 0
    still_waiting: int = 0


def first_state() -> str:
    """In which state a new file from outside begins: it waits where there is a scanner, else it is unscanned."""
    return ScanState.WAITING if settings.CLAMD_ADDRESS else ScanState.UNSCANNED


def scan_on_commit() -> None:
    """Ask for a round once the files that were just taken in can be seen by all."""
    if settings.CLAMD_ADDRESS:
        transaction.on_commit(_ask_for_a_round)


def scan_waiting() -> Scanned:
    """Look at every file that waits and is due. Stops at the first sign that the scanner is gone."""
    scanned = Scanned()
    if not settings.CLAMD_ADDRESS:
        return scanned
    for attachment in _due():
        if not _claim(attachment):
            continue
        try:
            verdict = _verdict(attachment)
        except ScannerGoneError as error:
            logger.warning("the virus scanner does not answer, files wait: %s", error)
            scanned.still_waiting = waiting().number
            break
        _keep(attachment, verdict)
        scanned.done += 1
        scanned.infected += verdict.step == "find_infected"
    return scanned


def rescan(attachment: Attachment) -> None:
    """Put a file in the row again. Raises StepRefused for one that is infected or already waits."""
    after = SCAN.after(attachment.scan_state, "rescan")
    rows = type(attachment)._base_manager.filter(pk=attachment.pk, scan_state=attachment.scan_state)
    rows.update(scan_state=after, scan_attempts=0, scan_finding="", scanned_at=None)


@transaction.atomic
def remove_infected(attachment: Attachment) -> None:
    """Let go of the bytes of an infected file; name, finding and day stay. Raises StepRefused for any other file."""
    from .unused import let_go

    SCAN.after(attachment.scan_state, "remove")
    file_id = attachment.file_id
    type(attachment)._base_manager.filter(pk=attachment.pk).update(file=None)
    if file_id is not None:
        let_go([file_id])


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many files wait for the scanner, and since when the oldest does."""

    number: int
    since: datetime | None


def waiting() -> Waiting:
    """For who watches over the installation: files wait when the scanner is gone."""
    number, since = 0, None
    for model in attachment_models():
        rows = model._base_manager.filter(scan_state=ScanState.WAITING).order_by("id")
        number += rows.count()
        first = rows.values_list("added_at", flat=True).first()
        since = min(filter(None, (since, first)), default=None)
    return Waiting(number, since)


def attachment_models() -> list[type[Attachment]]:
    """Every kind of attachment of every app."""
    return [model for model in apps.get_models() if issubclass(model, Attachment)]


def _ask_for_a_round() -> None:
    from zichtlijn.platform.tasks.queue import enqueue

    enqueue("files.scan", actor=None, payload={})


def _due() -> Iterator[Any]:
    now = timezone.now()
    for model in attachment_models():
        rows = model._base_manager.filter(scan_state=ScanState.WAITING, file__isnull=False).select_related("file")
        for attachment in rows.order_by("scan_attempts", "id")[:MOST_AT_ONCE]:
            if attachment.scanned_at is None or attachment.scanned_at + pause_after(attachment.scan_attempts) <= now:
                yield attachment


def pause_after(attempts: int) -> timedelta:
    """How long a file waits after this many tries."""
    doubled: int = 2 ** min(max(attempts - 1, 0), 20)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def _claim(attachment: Any) -> bool:
    """Take a file on; of two rounds at once only one gets it."""
    mine = type(attachment)._base_manager.filter(
        pk=attachment.pk, scan_state=ScanState.WAITING, scan_attempts=attachment.scan_attempts
    )
    attachment.scan_attempts = min(attachment.scan_attempts + 1, 1000)
    return bool(mine.update(scan_attempts=attachment.scan_attempts, scanned_at=timezone.now()))


def _verdict(attachment: Any) -> Verdict:
    stored: StoredFile = attachment.file
    try:
        with open_file(stored) as file:
            return ask(settings.CLAMD_ADDRESS, file)
    except FileIsGoneError:
        return Verdict("give_up", "the file is no longer in the store")


def _keep(attachment: Any, verdict: Verdict) -> None:
    after = SCAN.after(ScanState.WAITING, verdict.step)
    row = type(attachment)._base_manager.filter(pk=attachment.pk, scan_state=ScanState.WAITING)
    row.update(scan_state=after, scan_finding=verdict.finding, scanned_at=timezone.now())
