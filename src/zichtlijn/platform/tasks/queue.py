"""Putting a job in the queue: once, however often the button is pressed."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction

from zichtlijn.platform.events.digests import canonical
from zichtlijn.platform.events.recording import record

from .interruption import mark_interrupted
from .models import Job
from .registry import is_registered
from .running import run_job


@transaction.atomic
def enqueue(kind: str, *, actor: Any, payload: dict[str, Any], key: str = "") -> Job:
    """Ask for a job; it starts when the transaction is committed.

    The same work (``key``, default: the payload) of the same person that is still waiting or running is returned
    instead of a second one. ``payload`` is plain JSON. Raises KeyError for an unregistered kind.
    """
    if not is_registered(kind):
        raise KeyError(kind)
    digest = _key(kind, actor, key or payload)
    mark_interrupted(Job.objects.filter(key=digest))
    try:
        with transaction.atomic():
            job = Job.objects.create(kind=kind, owner=actor, payload=payload, key=digest)
    except IntegrityError:
        return Job.objects.unfinished().get(key=digest)
    record(actor=actor, action="tasks.enqueue", about=job, after={"kind": kind, "payload": payload})
    start_on_commit(job)
    return job


def start_on_commit(job: Job) -> None:
    """Hand the job to a worker once it is in the database for all to see."""
    transaction.on_commit(partial(run_job.enqueue, job.pk, job.attempt))


def _key(kind: str, actor: Any, what: Any) -> str:
    return hashlib.sha256(canonical([kind, actor.pk if actor else None, what]).encode()).hexdigest()
