"""What a user can ask about jobs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from .interruption import mark_interrupted
from .models import Job, JobQuerySet
from .transitions import State

LONG_WAIT = timedelta(minutes=1)


def jobs_of(user: Any) -> JobQuerySet:
    """The jobs that the user may see; those whose worker is gone are marked first."""
    visible = Job.objects.visible_to(user)
    mark_interrupted(visible)
    return visible.select_related("owner")


def waits_long(job: Job) -> bool:
    """True when no worker took the job for a minute: perhaps no worker is running."""
    return job.state == State.WAITING and timezone.now() - job.asked_at > LONG_WAIT
