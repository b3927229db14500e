"""What a user can do with a job."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record

from .models import Job
from .queue import start_on_commit
from .transitions import JOB


@action("tasks.restart", permission="tasks.restart_job", on="job")
def restart_job(*, actor: Any, job: Job) -> Job:
    """Start a failed, interrupted or forgotten job again.

    Raises StepRefused in any other state, and ValidationError when the same work is under way already.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    before = {"state": job.state, "attempt": job.attempt}
    job.state = JOB.after(job.state, "restart")
    job.attempt += 1
    job.step, job.error, job.fraction, job.result_url = [], [], 0.0, ""
    job.asked_at, job.started_at, job.finished_at, job.heartbeat = timezone.now(), None, None, None
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:
        raise ValidationError(_("The same work is already under way."), code="already-under-way") from None
    record(
        actor=actor,
        action="tasks.restart",
        about=job,
        before=before,
        after={"state": job.state, "attempt": job.attempt},
    )
    start_on_commit(job)
    return job
