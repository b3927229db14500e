"""Finding jobs whose worker is gone."""

from __future__ import annotations

import os
import socket
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.recording import record

from .messages import Sentence
from .models import Job, JobQuerySet
from .transitions import JOB, State

SILENT_TOO_LONG = timedelta(minutes=3)


def mark_interrupted(jobs: JobQuerySet) -> list[Job]:
    """Those of ``jobs`` that run without a living worker become interrupted, with a message; returns them.

    A worker of this machine is gone when its process is; any worker is gone after three minutes without heartbeat.
    """
    return [job for job in jobs.filter(state=State.RUNNING) if _is_lost(job) and _mark(job)]


def _is_lost(job: Job) -> bool:
    silent = job.heartbeat is None or timezone.now() - job.heartbeat > SILENT_TOO_LONG
    return silent or process_is_gone(job.worker)


def process_is_gone(worker: str) -> bool:
    """True when the process was on this machine and is no longer; of other machines nothing is known."""
    host, _colon, number = worker.rpartition(":")
    if host != socket.gethostname() or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


@transaction.atomic
def _mark(job: Job) -> bool:
    message = _("The work was cut off before it was finished: the process that did it is gone. You can start it again.")
    error = [Sentence(message).stored()]
    state = JOB.after(job.state, "lose")
    # Only when nobody else wrote in the meantime, the worker itself included.
    same = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=job.state, heartbeat=job.heartbeat)
    if not same.update(state=state, error=error, finished_at=timezone.now()):
        return False
    record(actor=None, action="tasks.lose", about=job, before={"state": job.state}, after={"state": state})
    job.refresh_from_db()
    return True
